"""Values of resources: an identifier as text, a scalar's schema, a patched value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


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
    """The value after a JSON Patch (RFC 6902); a step that leads nowhere, or into a list, changes nothing."""
    for step in steps:
        place = _place(step["path"])
        match step["op"]:
            case "add" | "replace" if place and "value" in step:
                value = _put(value, place, step["value"])
            case "copy" | "move" if place:
                source = _place(step.get("from"))
                value = _put(value, place, _at(value, source))
                value = _put(value, source, ...) if step["op"] == "move" and source != place else value
            case "remove" if place:
                value = _put(value, place, ...)
    return value


def _place(pointer: Any) -> list[str]:
    steps = str(pointer).split("/")[1:]
    return [step.replace("~1", "/").replace("~0", "~") for step in steps]


def _at(value: Any, place: list[str]) -> Any:
    for name in place:
        value = value.get(name, ...) if isinstance(value, Mapping) else ...
    return value


def _put(value: Any, place: list[str], inner: Any) -> Any:
    """With this there, `...` for nothing."""
    if not isinstance(value, Mapping) or not place:
        return value
    name, *below = place
    if below and not isinstance(value.get(name), Mapping):
        return value
    found = _put(value.get(name), below, inner) if below else inner
    rest = {key: each for key, each in value.items() if key != name}
    return rest if found is ... else {**rest, name: found}
