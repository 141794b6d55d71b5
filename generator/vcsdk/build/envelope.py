"""Opens the envelope `{"value": …}` that the `/rest` form of vCenter's API puts around every answer.

Behind this point an answer's type is what callers asked for; `Media.envelope` tells that it travels wrapped.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from vcsdk.ir import Media, Operation, Ref, Response, Schema, Struct
from vcsdk.ir.media import is_json
from vcsdk.ir.vapi import is_enveloped


def open_envelopes(operation: Operation, schemas: Mapping[str, Schema], prefix: str) -> Operation:
    """The operation with the types of its successful answers taken out of their envelopes.

    Args:
        operation: Of the profile `vapi`.
        schemas: The declared schemas by key.
        prefix: The path of the server.
    """
    if not is_enveloped(prefix, operation.path):
        return operation
    return replace(operation, responses=tuple(_opened(response, schemas) for response in operation.responses))


def _opened(response: Response, schemas: Mapping[str, Schema]) -> Response:
    if not response.status.startswith("2"):
        return response
    return replace(response, content=tuple(_media(media, schemas) for media in response.content))


def _media(media: Media, schemas: Mapping[str, Schema]) -> Media:
    schema = schemas.get(media.type.key) if isinstance(media.type, Ref) and is_json(media.content_type) else None
    if not isinstance(schema, Struct) or [field.wire_name for field in schema.fields] != ["value"]:
        return media
    return replace(media, type=schema.fields[0].type, envelope=True)
