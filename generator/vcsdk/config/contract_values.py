"""Holds what a configuration says that targets have (`contract.values`) to the parameters there are."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping

from vcsdk.config.table import nearest
from vcsdk.ir import Api, Enumeration, In, Kind, Operation, Parameter, Scalar
from vcsdk.ir.resolving import resolve
from vcsdk.ir.types import wire_text


def unknown_values(values: Mapping[str, str], api: Api) -> Iterator[tuple[str, str, str | None]]:
    """Each key that names no parameter of a path, or whose value the parameter does not take: key, message, hint."""
    if not values:
        return
    named: dict[str, list[Parameter]] = {}
    for operation in api.operations:
        for key, parameter in _keys(operation):
            named.setdefault(key, []).append(parameter)
    for key, value in values.items():
        if key not in named:
            hint = (
                nearest(key, named) or 'a key is the parameter\'s name, or the path up to it: "/repos/{owner}/{repo}"'
            )
            yield key, f"no path has a parameter `{key}`", hint
        elif not any(is_plain(parameter) for parameter in named[key]):
            yield key, f"the parameter `{key}` is written in a style of its own, in which no value can be named", None
        elif not any(_takes(api, parameter, value) for parameter in named[key]):
            yield key, f"`{value}` is no value of the parameter `{key}`", None


def is_plain(parameter: Parameter) -> bool:
    """Whether a value of the parameter stands in a path as it is."""
    return parameter.location is In.PATH and parameter.style == "simple" and parameter.content_type is None


def _keys(operation: Operation) -> Iterator[tuple[str, Parameter]]:
    declared = {p.wire_name: p for p in operation.parameters if p.location is In.PATH}
    for match in re.finditer(r"\{([^{}]+)\}", operation.path):
        if match[1] in declared:
            yield match[1], declared[match[1]]
            yield operation.path[: match.end()], declared[match[1]]


def _takes(api: Api, parameter: Parameter, value: str) -> bool:
    match resolve(parameter.type, api.schemas):
        case Enumeration(members=members):
            return value in [wire_text(member.value) for member in members]
        case Scalar(kind=Kind.INTEGER):
            return re.fullmatch(r"-?\d+", value, re.ASCII) is not None
        case Scalar(kind=Kind.UUID):
            try:
                uuid.UUID(value)
            except ValueError:
                return False
    return True
