"""What every vCenter has although a description does not say so: sessions, and the records of tasks.

VMware describes the session in `cis.json` and the operations that need it in other files.  The client, the simulator
and the contract suite of such a file use these operations; they are no part of what is generated for callers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vcsdk.build.envelope import open_envelopes
from vcsdk.build.operations import OperationBuilder
from vcsdk.build.schemas import SchemaBuilder
from vcsdk.diagnostics import Diagnostics
from vcsdk.ir import Operation, Role, SecurityScheme
from vcsdk.ir.vapi import API, REST, SESSION, SESSION_HEADER, TASK
from vcsdk.load import Document

_TEXT: dict[str, Any] = {"type": "string"}
_ANY: dict[str, Any] = {}
_CREATE = "session.create"


def undescribed_paths(
    operations: Sequence[Operation], prefix: str, schemes: Mapping[str, SecurityScheme]
) -> dict[str, Any]:
    """Path items in the fragment form for each dialect in use whose sessions, or records of tasks, are not described.

    Args:
        operations: Of the profile `vapi`, roles set.
        prefix: The path of the server.
        schemes: Those that the description declares; an account and a session's header are among them.
    """
    roles = {operation.role for operation in operations}
    account = [key for key, scheme in schemes.items() if scheme.kind == "basic"]
    session = [key for key, scheme in schemes.items() if scheme.wire_name.lower() == SESSION_HEADER]
    found: dict[str, Any] = {}
    for root, written in _roots(operations, prefix) if operations else ():
        if Role.SESSION_CREATE not in roles:
            found |= _session(root, written + SESSION[root])
        if Role.TASK_GET not in roles:
            found |= _tasks(root, written + TASK)
    for operation in (each for item in found.values() for name, each in item.items() if name != "parameters"):
        needed = account if operation["operationId"] == _CREATE else session
        operation["security"] = [{key: []} for key in needed[:1]]
    return found


def build_undescribed(document: Document, prefix: str) -> tuple[Operation, ...]:
    """The operations of `document.undescribed`, roles and names not set, their envelopes opened."""
    data = {**document.data, "paths": document.undescribed}
    part = Document(data, document.file, document.version, document.sources)
    schemas = SchemaBuilder(part, Diagnostics(), "vapi")
    made = tuple(OperationBuilder(part, schemas, Diagnostics()).operations())
    return tuple(open_envelopes(operation, schemas.declared, prefix) for operation in made)


def _roots(operations: Sequence[Operation], prefix: str) -> Iterator[tuple[str, str]]:
    """The dialects in use, each with what its paths start with; the newer one first."""
    for root in (API, REST):
        if prefix.endswith(root):
            yield root, ""
        elif not prefix.endswith((API, REST)) and any(o.path.startswith(f"{root}/") for o in operations):
            yield root, root


def _session(root: str, path: str) -> dict[str, Any]:
    made = _operation(_CREATE, "201" if root == API else "200", _TEXT, root)
    gone = _operation("session.delete", "204" if root == API else "200", None, root)
    read = _operation("session.get", "200", _ANY, root)
    if root == API:
        return {path: {"post": made, "get": read, "delete": gone}}
    read["parameters"] = [_constant("~action", "get")]
    return {path: {"post": made, "delete": gone}, f"{path}#get": {"post": read}}


def _tasks(root: str, path: str) -> dict[str, Any]:
    task = {"name": "task", "in": "path", "required": True, "schema": _TEXT}
    read = _operation("tasks.get", "200", _ANY, root)
    cancel = _operation("tasks.cancel", "204" if root == API else "200", None, root)
    cancel["parameters"] = [_constant("action", "cancel")]
    return {path: {"parameters": [task], "get": read}, f"{path}#cancel": {"parameters": [task], "post": cancel}}


def _operation(name: str, status: str, schema: dict[str, Any] | None, root: str) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "It is done."}
    if schema is not None:
        wrapped = {"type": "object", "required": ["value"], "properties": {"value": schema}}
        answer["content"] = {"application/json": {"schema": wrapped if root == REST else schema}}
    return {"operationId": name, "responses": {status: answer, "default": {"description": "An error."}}}


def _constant(name: str, value: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": True, "schema": {"type": "string", "enum": [value]}}
