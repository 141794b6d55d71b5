"""Lists in lists of Swagger 2.0, each with its own `collectionFormat`, off the wire and in headers onto it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

_PLAIN = {"spaceDelimited": " ", "pipeDelimited": "[|]", "tabDelimited": "\t"}
_ENCODED = {"spaceDelimited": "%20", "pipeDelimited": "%7[Cc]|[|]", "tabDelimited": "%09"}
_READ: dict[str, Callable[[str], str]] = {"path": unquote, "header": str.strip}


def readings(texts: Sequence[str], place: str, outer: str | None, inner: Sequence[str]) -> Iterator[Any]:
    """The lists that the texts may stand for, the likeliest first; where separators differ there is one.

    `outer` is the style of the list itself, None where each of `texts` is an item of it; `inner` are those of the lists
    in it, from the outside in.  In a path the texts are still percent-encoded, so that a comma in a value is told from
    one between two.  Where two lists have the same between their values, those inside are taken for equally long.
    """
    separators = _ENCODED if place == "path" else _PLAIN
    cuts = [separators.get(style, ",") for style in (*(() if outer is None else (outer,)), *inner)]
    read = _READ.get(place, str)
    if len(set(cuts)) == len(cuts):
        found = [_taken_apart(text, cuts, read) for text in texts]
        yield found if outer is None else found[0]
    elif outer is not None and len(cuts) == 2:
        flat = _taken_apart(texts[0], cuts[:1], read)
        for length in range(len(flat), 0, -1):
            if len(flat) % length == 0:
                yield [flat[at : at + length] for at in range(0, len(flat), length)]


def _taken_apart(text: str, cuts: Sequence[str], read: Callable[[str], str]) -> Any:
    if not cuts:
        return read(text)
    return [_taken_apart(piece, cuts[1:], read) for piece in re.split(cuts[0], text)] if text else []


def header_text(value: Any, styles: Sequence[str], *, explode: bool) -> str:
    """A value as it stands in a header (OpenAPI 3.0.3, "Style Values"), what has no style there as JSON.

    `styles` are those of the list, and of the lists in it.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list) and styles:
        between = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}.get(styles[0], ",")
        return between.join(header_text(item, styles[1:], explode=explode) for item in value)
    if isinstance(value, Mapping) and styles:
        pairs = ((key, header_text(member, (), explode=explode)) for key, member in value.items())
        return ",".join(f"{key}={text}" if explode else f"{key},{text}" for key, text in pairs)
    return json.dumps(value)
