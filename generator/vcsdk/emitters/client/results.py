"""What operations give."""

from __future__ import annotations

from vcsdk.ir import ANY, Kind, Media, Operation, Response, Scalar, Type, Union
from vcsdk.ir.media import WITHOUT_CONTENT, is_stream, read

_NULL = Scalar(Kind.NULL)


def result_type(operation: Operation) -> Type | None:
    """The type of a successful answer, a union where several differ; None where none has a body.

    A documented redirect is an answer like a success: it is not followed.  Streams are left out (`streams`).
    """
    successes = _successes(operation)
    if operation.method == "HEAD" or not successes:
        return None if successes else ANY
    media = [(response, each) for response in successes for each in read(response)]
    types = [each.type if each.type is not None else ANY for _, each in media if not is_stream(each.content_type)]
    if any(is_stream(each.content_type) for _, each in media):
        silent = False  # a stream without anything in it
    else:
        silent = any(_may_be_silent(response, operation) for response in successes)
    distinct = tuple(dict.fromkeys([*types, *([_NULL] if types and silent else [])]))
    if not distinct:
        return None
    return distinct[0] if len(distinct) == 1 else Union(distinct)


def streams(operation: Operation) -> tuple[Media, ...]:
    """The content types of a successful answer that come as streams."""
    found = [media for response in _successes(operation) for media in read(response)]
    return tuple(media for media in found if is_stream(media.content_type))


def _successes(operation: Operation) -> list[Response]:
    successes = [r for r in operation.responses if r.status.startswith(("2", "3"))]
    # Where no success is documented but by `default`, that is what the client reads one as.
    return successes or [r for r in operation.responses if r.status == "default"]


def _may_be_silent(response: Response, operation: Operation) -> bool:
    """Whether an answer can have no content: 2XX has 204 in it, and a redirect says all in its headers."""
    if response.status.startswith("3") or response.status in WITHOUT_CONTENT:
        return True
    return not read(response) or (response.status == "2XX" and all(o.status != "204" for o in operation.responses))


def without_task(operation: Operation) -> tuple[object, ...]:
    """What an operation shares with its twin that answers at once: request line without `vmw-task=true`."""
    query = tuple(pair for pair in operation.fixed_query if pair != ("vmw-task", "true"))
    return (operation.method, operation.path, query, operation.fixed_headers)
