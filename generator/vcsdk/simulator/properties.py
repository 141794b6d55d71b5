"""Values of resources: an identifier as text, a scalar's schema, a patched value."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from vcsdk.simulator.extent import is_deep, size

MOST_COPIED = 100_000
"""How many values the copies of one patch may make."""


def as_text(value: Any) -> str:
    """An identifier as it stands in a path."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def is_scalar(flat: Mapping[str, Any]) -> bool:
    """True for the schema of a text or a number."""
    named = flat.get("type")
    kinds = set(named) - {"null"} if isinstance(named, list) else {named}
    return bool(kinds) and kinds <= {"string", "integer", "number"}


def patched(value: Any, patch: Any) -> Any:
    """The value after a JSON Merge Patch (RFC 7396)."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(value) if isinstance(value, Mapping) else {}
    for name, member in patch.items():
        if member is None:
            result.pop(name, None)
        else:
            result[name] = patched(result.get(name), member)
    return result


def is_stepwise(patch: Any) -> bool:
    """True for a JSON Patch: a list of steps, each with what it does and where (RFC 6902, 4)."""
    return isinstance(patch, list) and all(
        isinstance(step, Mapping) and {"op", "path"} <= step.keys() for step in patch
    )


def stepped(value: Any, steps: list[Mapping[str, Any]]) -> Any:
    """The value after a JSON Patch (RFC 6902); a step that leads nowhere, or into a list, changes nothing.

    Nor does one that copies too much, as copies of copies soon do, nor a patch after which the value would be too deep.
    """
    made, left = deepcopy(value), MOST_COPIED
    for step in steps:
        place = _place(step["path"])
        match step["op"]:
            case "add" | "replace" if place and "value" in step:
                _put(made, place, deepcopy(step["value"]))
            case "copy" | "move" if place:
                source = _place(step.get("from"))
                found = _at(made, source)
                left -= size(found)
                if left < 0:
                    break
                found = deepcopy(found)
                _put(made, place, found)
                if step["op"] == "move" and source != place:
                    _put(made, source, ...)
            case "remove" if place:
                _put(made, place, ...)
    return value if is_deep(made) else made


def _place(pointer: Any) -> list[str]:
    steps = str(pointer).split("/")[1:]
    return [step.replace("~1", "/").replace("~0", "~") for step in steps]


def _at(value: Any, place: list[str]) -> Any:
    for name in place:
        value = value.get(name, ...) if isinstance(value, Mapping) else ...
    return value


def _put(value: Any, place: list[str], inner: Any) -> None:
    """Set what is there, `...` for nothing."""
    *above, name = place or [""]
    parent = _at(value, above) if place else ...
    if not isinstance(parent, dict):
        return
    if inner is ...:
        parent.pop(name, None)
    else:
        parent[name] = inner
