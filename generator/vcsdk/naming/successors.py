"""Which newer operation does what a deprecated one does: the `/api` form of a `/rest` request."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from vcsdk.ir import Operation
from vcsdk.ir.requests import request_key

_OLD, _NEW = "/rest/", "/api/"


def with_successors(operations: Sequence[Operation]) -> list[Operation]:
    """The named operations; a deprecated one says what its newer form is called, where there is one."""
    newer = {request_key(o): o.python_path for o in operations if o.path.startswith(_NEW) and not o.deprecated}
    found = []
    for operation in operations:
        name = ""
        if operation.deprecated and operation.path.startswith(_OLD):
            method, path, constants = request_key(operation)
            name = newer.get((method, _NEW + path.removeprefix(_OLD), constants), "")
        found.append(replace(operation, successor=name) if name else operation)
    return found
