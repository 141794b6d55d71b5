"""Reading `multipart/form-data` off the wire (RFC 7578): fields as texts, files by what they hold."""

from __future__ import annotations

import json
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from vcsdk.simulator.extent import is_deep


def multipart_fields(content_type: str, raw: bytes) -> dict[str, Any] | None:
    """The fields by name, those that come more than once as lists; None where the body is no form.

    A part that is JSON is its value; a file is a text of as many characters as it has bytes.
    """
    try:
        return _fields(content_type, raw)
    except Exception:
        # Python's parser of messages fails in as many ways as there are odd headers: encodings that are none, indexes.
        return None


def _fields(content_type: str, raw: bytes) -> dict[str, Any] | None:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + raw)
    if not message.is_multipart() or message.defects:
        return None
    fields: dict[str, list[Any]] = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            return None
        content = part.get_payload(decode=True)
        fields.setdefault(name, []).append(_value(part, content if isinstance(content, bytes) else b""))
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def _value(part: Any, content: bytes) -> Any:
    if part.get_filename() is not None:
        return content.decode("latin-1")
    text = content.decode("utf-8", "replace")
    if part.get_content_type() == "application/json":
        try:
            value = json.loads(text)
            return text if is_deep(value) else value
        except (ValueError, RecursionError):
            return text
    return text
