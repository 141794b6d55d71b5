"""`Allow` of an answer to OPTIONS names every method that the path is described with (RFC 9110, 9.3.7 and 10.2.1).

What a single thing takes may depend on its state, so this holds for paths without an identifier.
"""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract

CHECK = Check("options-allow", __doc__, ("options-allow-short",), severity="content")
# A server may have these without naming them.
_ALWAYS = frozenset({"HEAD", "OPTIONS", "TRACE"})


def hold(answer: Answer, contract: Contract) -> None:
    """No documented method is left out."""
    operation = answer.operation
    header = answer.headers.get("allow")
    if answer.method != "OPTIONS" or operation is None or not 200 <= answer.status < 300 or header is None:
        return
    if operation.method != "OPTIONS" or "{" in operation.path or operation.query:
        return
    named = {name.strip().upper() for name in header.split(",") if name.strip()}
    documented = {o.method for o in contract.catalogue.operations if o.path == operation.path}
    missing = sorted(documented - named - _ALWAYS)
    if missing:
        told = f"`Allow: {header}` where the path also has {', '.join(missing)}"
        raise Finding(CHECK, told, answer, path="allow", observed=f"without {', '.join(missing)}")
