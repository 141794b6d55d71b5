"""JSON is UTF-8 without a byte order mark, and no parameter says that it is something else (RFC 8259, 8.1).

A charset that the description documents with the media type is what it says.
"""

from __future__ import annotations

import json
from email.message import Message

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract
from ..unwritable import is_json

CHECK = Check(
    "json-encoding", __doc__, ("json-with-mark", "json-in-utf-16", "json-charset-latin-1"), severity="content"
)
# US-ASCII is a part of UTF-8 (RFC 3629, 1).
_UTF_8 = frozenset(("utf-8", "utf8", "us-ascii", "ascii"))


def hold(answer: Answer, contract: Contract) -> None:
    """The bytes are UTF-8, and so is what the content type says of them."""
    if not answer.content or not is_json(answer.content_type):
        return
    charset = _charset(answer.headers.get("content-type", ""))
    if charset and charset in _documented(answer, contract):
        return
    encoding = json.detect_encoding(answer.content)
    if encoding != "utf-8":
        told = "JSON begins with a byte order mark" if encoding == "utf-8-sig" else f"JSON is {encoding.upper()}"
        raise Finding(CHECK, told, answer, path="$", observed=encoding)
    if charset and charset not in _UTF_8:
        told = "the content type gives JSON a charset that is not UTF-8"
        raise Finding(CHECK, told, answer, path="content-type", observed="another charset")


def _charset(content_type: str) -> str:
    """The parameter, without quotes and in lower case; "" where there is none."""
    field = Message()
    field["content-type"] = content_type
    found = field.get_param("charset", "")
    return str(found).strip().strip("'\"").lower() if isinstance(found, str) else ""


def _documented(answer: Answer, contract: Contract) -> set[str]:
    """The charsets of the documented media types of this answer."""
    response = contract.description.response(answer.operation, answer.status) if answer.operation is not None else None
    return {_charset(declared) for declared in (response or {}).get("content", {})}
