"""Parameters of the query that tell requests apart by being there: `…/file` and `…/file?name`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from vcsdk.ir import In, Operation
from vcsdk.load import Document
from vcsdk.load.pointer import split
from vcsdk.normalize.query_key import split_key

_Constants = tuple[str, str, frozenset[tuple[str, str]], frozenset[tuple[str, str]]]


def tell_by_presence(operations: Sequence[Operation], document: Document) -> tuple[Operation, ...]:
    """The operations with their `presence`.

    A required parameter of the query counts where the vendor's path key names it, and where another operation of the
    same path, method and constants does not take it.
    """
    twins: dict[_Constants, list[Operation]] = defaultdict(list)
    for operation in operations:
        twins[_constants(operation)].append(operation)
    found = []
    for operation in operations:
        required = [p.wire_name for p in operation.parameters if p.location is In.QUERY and p.required]
        if required:
            named = _named_in_key(operation, document)
            others = twins[_constants(operation)]
            takes = [{p.wire_name for p in other.parameters if p.location is In.QUERY} for other in others]
            telling = (name for name in required if name in named or any(name not in other for other in takes))
            operation = replace(operation, presence=tuple(telling))  # noqa: PLW2901  the loop's own copy of it
        found.append(operation)
    return tuple(found)


def _constants(operation: Operation) -> _Constants:
    return operation.method, operation.path, frozenset(operation.fixed_query), frozenset(operation.fixed_headers)


def _named_in_key(operation: Operation, document: Document) -> set[str]:
    vendor = document.vendor_paths.get(split(operation.key.removeprefix("#"))[1], "")
    return {part.key for part in split_key(vendor)[2]}
