"""Which newer operation does what a deprecated one does: as the description says, or /api for /rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from vcsdk.ir import Api, Operation
from vcsdk.ir.requests import request_key
from vcsdk.load import Document
from vcsdk.load.pointer import find

_REPLACED = "x-vmw-deprecated"
_OLD, _NEW = "/rest/", "/api/"


def with_successors(operations: Sequence[Operation], said: Mapping[str, str]) -> list[Operation]:
    """The named operations; a deprecated one says what its newer form is called, where there is one.

    Args:
        operations: All of an API.
        said: What the description says, as `replacements` gives it.
    """
    newer = {request_key(o): o.python_path for o in operations if o.path.startswith(_NEW) and not o.deprecated}
    names = {operation.key: operation.python_path for operation in operations}
    found = []
    for operation in operations:
        name = names.get(said.get(operation.key, ""), "") if operation.deprecated else ""
        if not name and operation.deprecated and operation.path.startswith(_OLD):
            method, path, constants = request_key(operation)
            name = newer.get((method, _NEW + path.removeprefix(_OLD), constants), "")
        found.append(replace(operation, successor=name) if name else operation)
    return found


def replacements(api: Api, document: Document) -> dict[str, str]:
    """The key of the operation that replaces a deprecated one, by that one's key.

    As vAPI's descriptions say it: `x-vmw-deprecated` has a reference to what replaces the operation.
    """
    if api.profile != "vapi":
        return {}
    places = {operation.origin.pointer: operation.key for operation in api.operations}
    found = {}
    for operation in api.operations:
        said = find(document.data, operation.key.lstrip("#")).get(_REPLACED)
        target = said.get("replacement") if isinstance(said, dict) else None
        newer = places.get(target.partition("#")[2]) if isinstance(target, str) else None
        if newer is not None and newer != operation.key:
            found[operation.key] = newer
    return found
