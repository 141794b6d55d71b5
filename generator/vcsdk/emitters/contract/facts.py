"""The operations as the suite knows them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vcsdk.copied.suite.operations import Catalogue, Effect
from vcsdk.copied.suite.operations import Operation as Fact
from vcsdk.emitters.contract.candidates import candidates
from vcsdk.emitters.contract.cases import every, json_media
from vcsdk.emitters.contract.fitting import Fitting
from vcsdk.emitters.contract.requests import headers_of
from vcsdk.emitters.contract.security import alternatives, schemes
from vcsdk.emitters.contract.smallest import NoValueError
from vcsdk.ir import Api, In, Operation, Ref, Role, Union
from vcsdk.ir.finite import endless
from vcsdk.ir.media import is_json
from vcsdk.ir.resolving import resolve

IN_SEQUENCES = (Role.SESSION_CREATE, Role.SESSION_DELETE, Role.TASK_GET, Role.TASK_CANCEL)
"""What only tests of several operations together show."""


def facts(api: Api, pointers: dict[str, str], description: Mapping[str, Any], fitting: Fitting) -> Catalogue:
    """The operations as the suite knows them; `pointers` go from an operation's key to its place in the bundle.

    `description` is the document, for what the API does not keep of it, and `fitting` judges values for it.
    """
    basic = {key for key, scheme in api.security_schemes.items() if scheme.kind == "basic"}
    without = frozenset(endless(api.schemas))
    with_sessions = api.playing(Role.SESSION_CREATE) is not None
    errors = tuple((error.value, status) for error in api.error_types for status in error.statuses)
    alike = _indistinct(api)
    made = [_fact(api, o, pointers[o.key], basic, without) for o in api.operations]
    return Catalogue(
        operations=tuple(
            replace(
                fact,
                indistinct=operation.key in alike,
                unanswerable=fact.unanswerable or _is_ambiguous(api, operation, fitting),
            )
            for fact, operation in zip(made, api.operations, strict=True)
        ),
        undescribed=tuple(_fact(api, o, pointers[o.key], basic, without) for o in api.undescribed),
        prefix=api.prefix.rstrip("/"),
        session_header=api.session_header if with_sessions else "",
        error_schema=_error_schema(api),
        error_statuses=errors,
        schemes=schemes(api, description),
    )


def _is_ambiguous(api: Api, operation: Operation, fitting: Fitting) -> bool:
    """True where alternatives of the documented success take the same values, so that none is valid."""
    success = operation.success
    content = success.content if success is not None and api.profile != "vapi" else ()
    type_ = next((media.type for media in content if is_json(media.content_type)), None)
    if success is None or type_ is None or not isinstance(resolve(type_, api.schemas), Union):
        return False
    try:
        return fitting.is_ambiguous(operation, success.status, candidates(type_, api.schemas))
    except NoValueError:
        return False


def _indistinct(api: Api) -> frozenset[str]:
    """The keys of operations that have method, path and query in common with another, but for parameters' names."""
    groups: dict[object, list[str]] = defaultdict(list)
    for operation in api.operations if api.profile != "vapi" else ():
        path = re.sub(r"\{[^{}]*\}", "{}", operation.path)
        query = (frozenset(operation.fixed_query), frozenset(operation.presence))
        groups[operation.method, path, query].append(operation.key)
    return frozenset(key for keys in groups.values() if len(keys) > 1 for key in keys)


def _fact(api: Api, operation: Operation, pointer: str, basic: set[str], without: frozenset[str]) -> Fact:
    success = operation.success
    return Fact(
        name=operation.label,
        operation_id=operation.operation_id,
        method=operation.method,
        path=operation.path,
        query=operation.fixed_query,
        pointer=pointer,
        effect=Effect(operation.safety.value),
        secured=bool(operation.security) and () not in operation.security and not _only(operation, basic),
        disrupts=operation.disrupts_connection,
        role=operation.role.value if operation.role is not None else "",
        finite=_is_finite(api, operation),
        bare=operation.body is None and not operation.parameters,
        presence=operation.presence,
        security=alternatives(api, operation),
        envelope=operation.enveloped,
        headers=headers_of(api, operation),
        unanswerable=success is not None
        and any(isinstance(media.type, Ref) and media.type.key in without for media in success.content),
    )


def _is_finite(api: Api, operation: Operation) -> bool:
    """True if the tests send every well-formed request of the operation there is."""
    if operation.role in IN_SEQUENCES:
        return False
    free = [p for p in operation.parameters if every(p.type, api.schemas) is None]
    if free or len(operation.parameters) > 1 or any(p.location is not In.QUERY for p in operation.parameters):
        return False
    if operation.body is None:
        return True
    media = json_media(operation.body)
    if operation.parameters or media is None or media.type is None or len(operation.body.content) > 1:
        return False
    return every(media.type, api.schemas) is not None


def _only(operation: Operation, schemes: set[str]) -> bool:
    return all(set(alternative) <= schemes for alternative in operation.security)


def _error_schema(api: Api) -> str:
    """The error model of the `vapi` profile, where the description declares it."""
    key = "#/components/schemas/Std_Errors_Error"
    return key if api.profile == "vapi" and key in api.schemas else ""
