"""Where the header `Link` of an answer leads (RFC 8288)."""

from __future__ import annotations

import re

_VALUE = r"""(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*)"""
_LINK = re.compile(rf"<([^>]*)>((?:\s*;\s*[^\s;,=\"<>]*\s*(?:=\s*{_VALUE})?)*)")
_RELATION = re.compile(rf";\s*rel\s*=\s*({_VALUE})", re.IGNORECASE)
_ANCHOR = re.compile(r";\s*anchor\s*=", re.IGNORECASE)


def next_in(value: str) -> str | None:
    """The target of the first link to what comes next; None where there is none."""
    for target, parameters in _LINK.findall(value):
        # A link with an anchor is about something else; of several `rel` the first counts (RFC 8288, 3.2 and 3.3).
        relation = _RELATION.search(parameters)
        if relation is None or _ANCHOR.search(parameters):
            continue
        if "next" in relation[1].strip('"').lower().split():
            return str(target).strip()
    return None
