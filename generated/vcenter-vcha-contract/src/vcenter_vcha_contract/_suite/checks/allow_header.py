"""An answer 405 names in `Allow` the methods that its path has, and no others (RFC 9110, 15.5.6 and 10.2.1)."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract

CHECK = Check("allow-header", __doc__, ("allow-missing", "allow-wrong"), severity="content")
# A server may have these on every path without anybody documenting them.
_ALWAYS = frozenset({"HEAD", "OPTIONS"})


def hold(answer: Answer, contract: Contract) -> None:
    """`Allow` is there, names only documented methods of the path, and not the refused one."""
    if answer.status != 405:
        return
    header = answer.headers.get("allow")
    if header is None:
        raise Finding(CHECK, "405 without the header `Allow`", answer, path="allow", observed="missing")
    named = {name.strip().upper() for name in header.split(",") if name.strip()} - _ALWAYS
    path = answer.target.partition("?")[0]
    documented = {o.method for o in contract.catalogue.operations if o.stands_at(path)}
    if answer.method in named or not documented & named or named - documented:
        raise Finding(
            CHECK,
            f"`Allow: {header}` where the path has {', '.join(sorted(documented))}",
            answer,
            path="allow",
            observed=", ".join(sorted(named)) or "empty",
        )
