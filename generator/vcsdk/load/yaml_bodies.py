"""Where the long mappings of a large YAML text are, and where they may be cut without reading them.

An entry seems to start at a line with the mapping's indentation.  libyaml reads from left to right: if what is between
two cuts is a whole block mapping by itself, nothing was open where it ended (no quotes, no brackets, no block scalar).
"""

from __future__ import annotations

import re
import string
from zlib import crc32

import msgspec

_LONG = 64_000
"""Characters from which on a mapping is cut."""
_EVERY = 16
_HOLDERS = {0: re.compile(r"\n([A-Za-z][\w-]*): *\r?(?=\n)"), 2: re.compile(r"\n {2}([A-Za-z][\w-]*): *\r?(?=\n)")}
_ENTRIES = {2: re.compile(r"\n {2}(?=[^ \r\n#])"), 4: re.compile(r"\n {4}(?=[^ \r\n#])")}
_SHALLOWER = {2: re.compile(r"\n(?=[^ \r\n#])"), 4: re.compile(r"\n {0,3}(?=[^ \r\n#])")}
_KEY = frozenset("?/_\"'.$" + string.ascii_letters + string.digits)
_CONTINUED = frozenset(":-")
"""What stands at the start of a line that belongs to the entry before: `? key` has its value behind `:`."""


class Body(msgspec.Struct, frozen=True):
    """A mapping below `path`, whose last key stands at `key`: from `start` to `end`, cut at `cuts` (`start` first)."""

    path: tuple[str, ...]
    key: int
    indent: int
    start: int
    end: int
    cuts: tuple[int, ...]


def bodies(text: str) -> list[Body]:
    """The long mappings of a text at its first level, or at the second where they are longer than that."""
    found: list[Body] = []
    for holder in _HOLDERS[0].finditer(text):
        start = holder.end() + 1
        end = _end(text, start, 2)
        if end - start < _LONG:
            continue
        within = [
            body
            for inner in _HOLDERS[2].finditer(text, start - 1, end)
            if (body := _body(text, (holder[1], inner[1]), inner.start(1), inner.end() + 1, 4)) is not None
        ]
        body = None if within else _body(text, (holder[1],), holder.start(1), start, 2)
        found += within if body is None else [body]
    return found


def _end(text: str, start: int, indent: int) -> int:
    found = _SHALLOWER[indent].search(text, start - 1)
    return found.start() + 1 if found is not None else len(text)


def _body(text: str, path: tuple[str, ...], key: int, start: int, indent: int) -> Body | None:
    end = _end(text, start, indent)
    if end - start < _LONG:
        return None
    lines = [found.start() + 1 for found in _ENTRIES[indent].finditer(text, start - 1, end)]
    entries = [line for line in lines if text[line + indent] in _KEY]
    odd = any(text[line + indent] not in _KEY and text[line + indent] not in _CONTINUED for line in lines)
    if odd or not entries or entries[0] != start or lines[0] != start:
        return None
    # Where a text is cut must not depend on what is before, or one more line would move every cut behind it.
    cuts = [entry for entry in entries[1:] if crc32(text[entry : text.find("\n", entry)].encode()) % _EVERY == 0]
    return Body(path, key, indent, start, end, (start, *cuts))
