"""The content type is a documented one, and an answer that is documented to have no body has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract
from ..reading import read_json

CHECK = Check(
    "content-documented", __doc__, ("wrong-content-type", "html-for-browsers", "error-not-json"), severity="content"
)


WITHOUT_CONTENT = frozenset({204, 205, 304})
"""Statuses whose answers have no content, whatever a description documents (RFC 9110, 15.3.5, 15.3.6, 15.4.5)."""


def hold(answer: Answer, contract: Contract) -> None:
    """The answer's content type is one of its documented ones."""
    response = contract.description.response(answer.operation, answer.status) if answer.operation is not None else None
    if response is None or answer.method == "HEAD":
        return
    content = response.get("content", {}) if answer.status not in WITHOUT_CONTENT else {}
    if not content:
        # OpenAPI 3 does not say that an answer without `content` is empty, and of errors most give the status only.
        # VMware's means it; no answer of these statuses has one.
        says_so = bool(contract.catalogue.error_statuses) or answer.status in WITHOUT_CONTENT
        if answer.content and answer.status < 400 and says_so:
            raise Finding(CHECK, f"{answer.status} is documented to have no body", answer, observed="a body")
        return
    if contract.description.media(answer.operation, answer) is None:
        raise _undocumented(answer, content)


def hold_named(answer: Answer, contract: Contract) -> None:
    """What is JSON as documented, an object, is not sent as something else.

    Other contents may be of a gateway, which knows nothing of the description.
    """
    response = contract.description.response(answer.operation, answer.status) if answer.operation is not None else None
    content = {} if response is None or answer.method == "HEAD" else response.get("content", {})
    schemas = [media["schema"] for name, media in content.items() if "json" in name.lower() and "schema" in media]
    if not schemas or "json" in answer.content_type.rpartition("/")[2].split("+"):
        return
    if contract.description.media(answer.operation, answer) is not None:
        return
    try:
        value = read_json(answer.content)
    except ValueError:
        return
    if isinstance(value, dict) and value and any(not contract.description.departures(each, value) for each in schemas):
        raise _undocumented(answer, content)


def _undocumented(answer: Answer, content: Mapping[str, Any]) -> Finding:
    return Finding(
        CHECK,
        f"content type {answer.content_type!r} is not documented ({', '.join(content)})",
        answer,
        path="content-type",
        observed=answer.content_type or "missing",
    )
