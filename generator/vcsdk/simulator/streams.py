"""Answers that are a sequence of values: two of them, and then the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from vcsdk.build.streams import item_of
from vcsdk.ir.media import is_event_stream, is_json_lines
from vcsdk.load.pointer import find

_COUNT = 2


def stream_body(
    content_type: str, media: Mapping[str, Any], data: dict[str, Any], example: Callable[[Any], Any]
) -> bytes | None:
    """The bytes of a stream in a medium of the description `data`; None for a medium that is none.

    No event has an identifier: a client that sees one asks again where the stream ends.
    """

    def resolve(reference: str) -> tuple[str, Any]:
        pointer = reference.removeprefix("#")
        return pointer, find(data, pointer)

    if not (is_event_stream(content_type) or is_json_lines(content_type)):
        return None
    item = item_of(resolve, content_type, media, "")
    value = example(item.schema)
    text = str(value) if item.is_text else json.dumps(value, ensure_ascii=False)
    if is_event_stream(content_type):
        record = "".join(f"data: {line}\n" for line in text.split("\n")) + "\n"
    else:
        record = f"\x1e{text}\n" if "json-seq" in content_type else f"{text}\n"
    return (record * _COUNT).encode("utf-8", "backslashreplace")
