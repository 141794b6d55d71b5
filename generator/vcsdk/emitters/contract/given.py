"""What the target has, as the configuration names it (`contract.values`): it stands in paths as if they said it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from vcsdk.config.contract_values import is_plain
from vcsdk.ir import Api, In, Operation, Safety
from vcsdk.load.grammar import METHODS, OTHERS, operations_in, put
from vcsdk.load.pointer import as_reference, find, from_fragment, join, split

_PARAMETER = re.compile(r"\{([^{}]+)\}")
_REFERENCES = ("$ref", "operationRef")
_REASON = "it changes what the configuration says is there (`contract.values`)"


class Given(msgspec.Struct, frozen=True):
    """Which parameters of an operation's path have a value, by its key in the document: `{"owner": "octocat"}`."""

    values: Mapping[str, Mapping[str, str]]

    def __bool__(self) -> bool:
        return bool(self.values)

    def pointers(self, pointers: Mapping[str, str]) -> dict[str, str]:
        """The places of the operations in the description as it is with the values in its paths."""
        return {key: _place(pointer, self.values.get(key, {})) for key, pointer in pointers.items()}

    def description(self, description: dict[str, Any], pointers: Mapping[str, str]) -> dict[str, Any]:
        """The description with the values in its paths; what is theirs alone is no parameter any more.

        References into paths follow.
        """
        paths: dict[str, Any] = {}
        of: dict[str, dict[tuple[str, ...], Mapping[str, str]]] = {}
        moved: dict[str, str] = {}
        for key, values in self.values.items():
            _, path, *tokens = split(pointers[key].removeprefix("#"))
            of.setdefault(path, {})[*tokens,] = values
            moved[pointers[key]] = _place(pointers[key], values)
        for path, item in description.get("paths", {}).items():
            apart = of.get(path, {})
            left = {name: node for name, node in item.items() if (name,) not in apart}
            others = {name: node for name, node in item.get(OTHERS, {}).items() if (OTHERS, name) not in apart}
            left = {name: others if name == OTHERS else node for name, node in left.items() if name != OTHERS or others}
            if not apart or any(operations_in(left)):
                paths[path] = left
            about = {name: node for name, node in left.items() if name not in (*METHODS, OTHERS, "parameters")}
            for place, values in apart.items():
                into = _filled(path, values)
                paths[into] = put(paths.get(into, about), place, _without(description, item, place, values))
        followed: dict[str, Any] = _followed({**description, "paths": paths}, moved)
        return followed


def given(api: Api, values: Mapping[str, str]) -> Given:
    """The values of a configuration where they can stand.

    A key is a parameter's name, or a path up to a parameter and with it (`/repos/{owner}/{repo}`), which comes first.
    A path that they would make another one of the description gets none.
    """
    if not values:
        return Given({})
    paths: dict[str, list[Operation]] = {}
    for operation in api.operations:
        paths.setdefault(operation.path, []).append(operation)
    found = {path: names for path, several in paths.items() if (names := _of(path, several, values))}
    taken = Counter(_filled(path, found.get(path, {})) for path in paths)
    kept = {path: names for path, names in found.items() if taken[_filled(path, names)] == 1}
    return Given({o.key: kept[o.path] for o in api.operations if o.path in kept})


def with_given(api: Api, found: Given) -> Api:
    """The API as the contract package tests it: with the values in paths.

    What changes the very thing that a path names is destructive there: it is not the run's own.
    """
    if not found:
        return api
    return replace(api, operations=tuple(_with(o, found.values.get(o.key, {})) for o in api.operations))


def values_of(values: Mapping[str, str], path: str) -> dict[str, str]:
    """Those that the parameters of a path have, by the parameters' names."""
    found = {}
    for match in _PARAMETER.finditer(path):
        value = values.get(path[: match.end()], values.get(match[1]))
        if value is not None:
            found[match[1]] = value
    return found


def _of(path: str, operations: Iterable[Operation], values: Mapping[str, str]) -> dict[str, str]:
    found = values_of(values, path)
    for operation in operations:
        simple = {p.wire_name for p in operation.parameters if is_plain(p)}
        found = {name: value for name, value in found.items() if name in simple}
    return found


def _with(operation: Operation, values: Mapping[str, str]) -> Operation:
    if not values:
        return operation
    left = tuple(p for p in operation.parameters if p.location is not In.PATH or p.wire_name not in values)
    made = replace(operation, path=_filled(operation.path, values), parameters=left)
    is_its_own = operation.path.rstrip("/").endswith(tuple(f"{{{name}}}" for name in values))
    if is_its_own and operation.safety is not Safety.READ:
        return replace(made, safety=Safety.DESTRUCTIVE, safety_reason=_REASON)
    return made


def _filled(path: str, values: Mapping[str, str]) -> str:
    return _PARAMETER.sub(lambda match: values.get(match[1], match[0]), path)


def _place(pointer: str, values: Mapping[str, str]) -> str:
    _, path, *tokens = split(pointer.removeprefix("#"))
    return "#" + join("/paths", _filled(path, values), *tokens)


def _without(
    description: Mapping[str, Any], item: Mapping[str, Any], tokens: Sequence[str], values: Mapping[str, str]
) -> dict[str, Any]:
    """The operation with the parameters of its path item, but for those with a value."""
    declared: dict[tuple[Any, Any], Any] = {}
    whole = find(item, join("", *tokens))
    for written in (*item.get("parameters", ()), *whole.get("parameters", ())):
        reference = written.get("$ref", "")
        parameter = find(description, from_fragment(reference[1:])) if reference else written
        # What stands in a path may be gone from there.
        kept = parameter if reference.startswith("#/paths/") else written
        declared[parameter.get("in"), parameter.get("name")] = kept
    left = [written for key, written in declared.items() if key[0] != "path" or key[1] not in values]
    operation = {name: node for name, node in whole.items() if name != "parameters"}
    return {**operation, "parameters": left} if left else operation


def _followed(node: Any, moved: Mapping[str, str]) -> Any:
    """The node with references to what was moved leading there."""
    if isinstance(node, dict):
        return {
            name: _followed(_led(value, moved) if name in _REFERENCES else value, moved) for name, value in node.items()
        }
    return [_followed(each, moved) for each in node] if isinstance(node, list) else node


def _led(reference: Any, moved: Mapping[str, str]) -> Any:
    if not isinstance(reference, str) or not reference.startswith("#"):
        return reference
    pointer = from_fragment(reference[1:])
    # An operation stands in its path item, or among those of other methods there.
    heads = ("/".join(pointer.split("/")[:length]) for length in (5, 4))
    head = next((head for head in heads if f"#{head}" in moved), "")
    new = moved.get(f"#{head}")
    return reference if new is None else as_reference(new.removeprefix("#") + pointer[len(head) :])
