"""What operations give."""

from __future__ import annotations

from vcsdk.ir import ANY, Kind, Operation, Scalar, Type, Union
from vcsdk.ir.media import read


def result_type(operation: Operation) -> Type | None:
    """The type of a successful answer, a union where several differ; None where none has a body."""
    successes = [r for r in operation.responses if r.status.startswith("2")]
    # Where only `default` is documented, it is what a success looks like.
    successes = successes or [r for r in operation.responses if r.status == "default" and len(operation.responses) == 1]
    types = [media.type if media.type is not None else ANY for response in successes for media in read(response)]
    silent = any(not read(r) for r in successes)
    distinct = tuple(dict.fromkeys([*types, *([Scalar(Kind.NULL)] if types and silent else [])]))
    if not distinct:
        return None if successes else ANY
    return distinct[0] if len(distinct) == 1 else Union(distinct)


def without_task(operation: Operation) -> tuple[object, ...]:
    """What an operation shares with its twin that answers at once: request line without `vmw-task=true`."""
    query = tuple(pair for pair in operation.fixed_query if pair != ("vmw-task", "true"))
    return (operation.method, operation.path, query, operation.fixed_headers)
