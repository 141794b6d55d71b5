"""An answer 401 says how to authenticate: `WWW-Authenticate` (RFC 9110, 15.5.2), and `challenge` after a sign-in.

vAPI's `Std_Errors_Unauthenticated` has a `challenge` for clients that cannot read headers.
"""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract

CHECK = Check("challenge", __doc__, ("www-authenticate-missing", "challenge-missing"), severity="content")


def hold(answer: Answer, contract: Contract) -> None:
    """The header is there; where the schema of a refused sign-in has a `challenge`, so is that."""
    if answer.status != 401 or not contract.catalogue.error_schema:
        return
    if not answer.headers.get("www-authenticate"):
        raise Finding(
            CHECK, "401 without the header `WWW-Authenticate`", answer, path="www-authenticate", observed="missing"
        )
    operation = answer.operation
    if operation is None or operation.role != "session-create" or not _has_challenge(answer, contract):
        return
    if not answer.value.get("challenge"):
        raise Finding(CHECK, "401 without a `challenge`", answer, path="$.challenge", observed="missing")


def _has_challenge(answer: Answer, contract: Contract) -> bool:
    media = contract.description.media(answer.operation, answer)
    return media is not None and "challenge" in contract.description.properties(media.get("schema", {}))
