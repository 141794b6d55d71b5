"""The header `Link` (RFC 8288)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_TARGET = re.compile(r"[\s,]*<([^>]*)>")
_PARAMETER = re.compile(r"""\s*;\s*([!#$%&'*+\-.^_`|~\w]+)?\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?""")
_ESCAPED = re.compile(r"\\(.)")


def target_of(values: Iterable[str], relation: str) -> str | None:
    """The target of the first link with this relation to what was answered; None where there is none."""
    for value in values:
        for target, parameters in _links(value):
            # A link with an anchor is about something else; of several `rel` the first counts (RFC 8288, 3.2 and 3.3).
            if "anchor" not in parameters and relation in parameters.get("rel", "").lower().split():
                return target.strip()
    return None


def _links(value: str) -> Iterator[tuple[str, dict[str, str]]]:
    place = 0
    while (found := _TARGET.match(value, place)) is not None:
        place = found.end()
        parameters: dict[str, str] = {}
        while (each := _PARAMETER.match(value, place)) is not None:
            place = each.end()
            quoted, token = each[2], each[3]
            said = _ESCAPED.sub(r"\1", quoted) if quoted is not None else token or ""
            parameters.setdefault((each[1] or "").lower(), said)
        yield found[1], parameters
        rest = value.find(",", place)
        if rest < 0:
            return
        place = rest
