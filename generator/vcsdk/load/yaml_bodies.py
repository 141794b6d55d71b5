"""Where the long mappings of a large YAML text are, and where they may be cut without reading them.

An entry seems to start at a line with the mapping's indentation.  libyaml reads from left to right: if what is between
two cuts is a whole block mapping by itself, nothing was open where it ended (no quotes, no brackets, no block scalar).
"""

from __future__ import annotations

import re
from zlib import crc32

import msgspec

_LONG = 64_000
"""Characters from which on a mapping is cut."""
_EVERY = 16
_HOLDER = re.compile(r"(?:^|(?<=\n))( {0,2})([A-Za-z][\w-]*): *\r?\n")
_ENTRIES = {2: re.compile(r"\n {2}(?=[^ \r\n#])"), 4: re.compile(r"\n {4}(?=[^ \r\n#])")}
_SHALLOWER = {2: re.compile(r"\n(?=[^ \r\n#])"), 4: re.compile(r"\n {0,3}(?=[^ \r\n#])")}
# `?`, `:` and `-` continue an entry of the line before.
_KEY = re.compile(r"[A-Za-z0-9/_\"'.$]")


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
    for holder in _holders(text, 0, len(text), 0):
        end = _end(text, holder.end(), 2)
        if end - holder.end() < _LONG:
            continue
        within = [
            body
            for inner in _holders(text, holder.end(), end, 2)
            if (body := _body(text, (holder[2], inner[2]), inner.start(2), inner.end(), 4)) is not None
        ]
        body = None if within else _body(text, (holder[2],), holder.start(2), holder.end(), 2)
        found += within if body is None else [body]
    return found


def _holders(text: str, start: int, end: int, indent: int) -> list[re.Match[str]]:
    return [found for found in _HOLDER.finditer(text, start, end) if len(found[1]) == indent]


def _end(text: str, start: int, indent: int) -> int:
    found = _SHALLOWER[indent].search(text, start - 1)
    return found.start() + 1 if found is not None else len(text)


def _body(text: str, path: tuple[str, ...], key: int, start: int, indent: int) -> Body | None:
    end = _end(text, start, indent)
    if end - start < _LONG:
        return None
    entries = [found.start() + 1 for found in _ENTRIES[indent].finditer(text, start - 1, end)]
    if not entries or entries[0] != start or not all(_KEY.match(text, entry + indent) for entry in entries):
        return None
    # Where a text is cut must not depend on what is before, or one more line would move every cut behind it.
    cuts = [entry for entry in entries[1:] if crc32(text[entry : text.find("\n", entry)].encode()) % _EVERY == 0]
    return Body(path, key, indent, start, end, (start, *cuts))
