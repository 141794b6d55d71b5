"""Members that `with_options` adds to the JSON object of a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from .content import as_json
from .errors import ArgumentError
from .media import is_json
from .request import Prepared
from .secret import Concealed
from .unsendable import is_text


def checked_members(body: Any) -> Mapping[str, msgspec.Raw]:
    """What a caller gave, each value as JSON.  Raises ArgumentError for what cannot be sent."""
    if not isinstance(body, Mapping):
        raise ArgumentError("body: expected a mapping of names to values")
    if not all(isinstance(name, str) and is_text(name) for name in body):
        raise ArgumentError("body: expected names that are text")
    try:
        return Concealed((name, msgspec.Raw(as_json(value))) for name, value in body.items())
    except UnicodeError:
        said = "body: holds half of a surrogate pair, which UTF-8 does not have"
    except ArgumentError as error:
        said = str(error)
    # Raised outside the handlers: an error of an encoding holds the whole text, and the frames of any the value.
    raise ArgumentError(said)


def with_members(prepared: Prepared, members: Mapping[str, msgspec.Raw]) -> Prepared:
    """The request with them, if it sends a JSON object; what that has already stays, to the byte."""
    content = prepared.content
    if not isinstance(content, bytes) or not is_json(prepared.headers.get("content-type", "")):
        return prepared
    try:
        own = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, RecursionError):
        return prepared  # another kind of value
    return replace(prepared, content=msgspec.json.encode({**own, **{k: v for k, v in members.items() if k not in own}}))
