"""The `vapi` profile: conventions of vCenter that VMware never wrote down as OpenAPI.

The error family (Std_Errors_Error and its 25 types), sessions, and operations that start a task
(`vmw-task=true`).  HTTP statuses of the error types: VMware's vSphere Automation API reference, "Errors".
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from vcsdk.ir import Body, Enumeration, ErrorType, In, Operation, Ref, Schema, Struct
from vcsdk.ir.vapi import SESSION_HEADER, role_of

ERROR_TYPES: Mapping[str, tuple[int, str]] = {
    "ERROR": (500, "Any error that has no more specific type."),
    "ALREADY_EXISTS": (400, "Something with this identity exists already."),
    "ALREADY_IN_DESIRED_STATE": (400, "The resource is in the requested state already."),
    "CANCELED": (400, "The operation was canceled on request."),
    "CONCURRENT_CHANGE": (409, "The resource changed between reading and writing it."),
    "FEATURE_IN_USE": (400, "The feature is in use and cannot be changed or switched off."),
    "INTERNAL_SERVER_ERROR": (500, "The server failed in a way it did not expect."),
    "INVALID_ARGUMENT": (400, "An argument has a value that is not allowed."),
    "INVALID_ELEMENT_CONFIGURATION": (400, "An element of a group has a configuration that does not fit."),
    "INVALID_ELEMENT_TYPE": (400, "An element has a type that the container does not take."),
    "INVALID_REQUEST": (400, "The request is malformed."),
    "NOT_ALLOWED_IN_CURRENT_STATE": (400, "The resource or service is in a state that does not allow this."),
    "NOT_FOUND": (404, "Something that the request names does not exist."),
    "OPERATION_NOT_FOUND": (404, "The server does not know this operation."),
    "RESOURCE_BUSY": (500, "The resource is busy with something else."),
    "RESOURCE_IN_USE": (400, "The resource is in use."),
    "RESOURCE_INACCESSIBLE": (500, "The resource cannot be reached."),
    "SERVICE_UNAVAILABLE": (503, "The service is not available now."),
    "TIMED_OUT": (504, "The operation did not end in the time it had."),
    "UNABLE_TO_ALLOCATE_RESOURCE": (500, "A resource that the operation needs could not be allocated."),
    "UNAUTHENTICATED": (401, "The caller is not logged in, or the session has ended."),
    "UNAUTHORIZED": (403, "The caller lacks a privilege."),
    "UNEXPECTED_INPUT": (400, "The request holds something that the operation does not know."),
    "UNSUPPORTED": (400, "The operation is not supported here."),
    "UNVERIFIED_PEER": (400, "The certificate of a peer could not be verified."),
}


def error_types(schemas: Mapping[str, Schema]) -> tuple[ErrorType, ...]:
    """The error family: VMware's standard types, then whatever more the description's enumeration lists."""
    listed = dict.fromkeys(ERROR_TYPES)
    docs: dict[str, str] = {}
    for schema in schemas.values():
        if isinstance(schema, Enumeration) and {"UNAUTHENTICATED", "NOT_FOUND"} <= {m.value for m in schema.members}:
            listed.update(dict.fromkeys(str(m.value) for m in schema.members))
            docs.update({str(m.value): m.description for m in schema.members if m.description})
    names = _class_names(listed)
    return tuple(
        ErrorType(
            value,
            names[value],
            ERROR_TYPES.get(value, (0, ""))[0],
            docs.get(value) or ERROR_TYPES.get(value, (0, "A type newer than the toolkit."))[1],
        )
        for value in listed
    )


def _class_names(values: Iterable[str]) -> dict[str, str]:
    """A class for each value, each of its own: `NOT_FOUND` gives `NotFound`."""
    names: dict[str, str] = {}
    for value in values:
        name = "".join(word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", value))
        if not name.isidentifier() or keyword.iskeyword(name):
            name = f"Error{name}"
        taken, number = set(names.values()), 2
        names[value] = name
        while names[value] in taken:
            names[value], number = f"{name}{number}", number + 1
    return names


def apply(operation: Operation, schemas: Mapping[str, Schema]) -> Operation:
    """The operation with its role, and whether it starts a task.

    A body with required properties is required where nothing is said: VMware's older files never say so of a body.
    Today's say `required: false` where the argument is optional in VMware's metadata.  The session's header is the
    client's affair and no parameter.
    """
    parameters = tuple(
        p for p in operation.parameters if p.location is not In.HEADER or p.wire_name.lower() != SESSION_HEADER
    )
    body = operation.body
    if body is not None and body.silent and _has_required(body, schemas):
        body = replace(body, required=True)
    role = role_of(operation.method, operation.path, operation.fixed_query)
    return replace(operation, role=role, task=_starts_task(operation), body=body, parameters=parameters)


def _has_required(body: Body, schemas: Mapping[str, Schema]) -> bool:
    type_ = body.content[0].type if body.content else None
    schema = schemas.get(type_.key) if isinstance(type_, Ref) else None
    return isinstance(schema, Struct) and any(field.required for field in schema.fields)


def _starts_task(operation: Operation) -> bool:
    return ("vmw-task", "true") in operation.fixed_query or operation.operation_id.lower().endswith("$task")
