"""The rule `type-by-another-name`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.load.pointer import find, parent, split
from vcsdk.normalize.registry import Context, Repair, rule

_TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")
_INTEGERS = {"int": "", "short": "", "long": "int64", "int32": "int32", "int64": "int64"}
_NUMBERS = {"float": "float", "double": "double"}
_STRINGS = {
    **dict.fromkeys(("str", "text", "char"), ""),
    **{name: name for name in ("date", "date-time", "uuid", "uri", "email", "password", "byte", "binary")},
    "datetime": "date-time",
    "guid": "uuid",
    "url": "uri",
    "file": "binary",
}
_MEANT: dict[str, tuple[str, str]] = {
    **{name: (name, "") for name in _TYPES},
    **{name: ("integer", form) for name, form in _INTEGERS.items()},
    **{name: ("number", form) for name, form in _NUMBERS.items()},
    **{name: ("string", form) for name, form in _STRINGS.items()},
    "bool": ("boolean", ""),
    "list": ("array", ""),
    "dict": ("object", ""),
    "map": ("object", ""),
}
"""Types by what programs and databases call them, in lower case, and the format that says the rest."""
_ANYTHING = ("any", "mixed")
_FLAGS = {"true": True, "false": False}


@rule("type-by-another-name", level="warning", reshapes=True)
def name_types_as_json_does(context: Context) -> Iterator[Repair]:
    """A type has a name that JSON Schema does not know (`String`, `int`, `date`, `file`, `any`) but means one thing.

    A format's name is the type that it is a format of.  A text stands for a schema where it names a type, and `"false"`
    where no further properties may come.
    """
    document = context.document
    for pointer, schema in context.index.nodes["schema"]:
        before = schema.get("type")
        if isinstance(before, list):
            schema["type"] = [_listed(name) for name in before]
        elif isinstance(before, str) and before not in _TYPES:
            _write(schema, before)
        if schema.get("type") != before:
            yield Repair(document.origin(f"{pointer}/type"), f"the type {_shown(before)} is {_said(schema)}")
    for problem in context.index.malformed:
        if problem.kind != "schema" or not isinstance(problem.found, str) or not problem.pointer:
            continue
        holder, name = find(document.data, parent(problem.pointer)), split(problem.pointer)[-1]
        if not isinstance(holder, dict) or holder.get(name) != problem.found:
            continue
        meant: dict[str, Any] = {}
        if name == "additionalProperties" and problem.found in _FLAGS:
            holder[name] = _FLAGS[problem.found]
        elif _write(meant, problem.found):
            holder[name] = meant
        else:
            continue
        said = f'`{name}` is the text "{problem.found}"; took {_said(meant) if meant else "the boolean"}'
        yield Repair(document.origin(problem.pointer), said)


def _listed(name: Any) -> Any:
    """One of several types, whose format nothing could say."""
    return _MEANT.get(name.lower(), (name, ""))[0] if isinstance(name, str) else name


def _write(schema: dict[str, Any], name: str) -> bool:
    """Whether a name means a type, which the schema then has."""
    if name.lower() in _ANYTHING:
        schema.pop("type", None)
        return True
    if name.lower() not in _MEANT:
        return False
    schema["type"], form = _MEANT[name.lower()]
    if form and not schema.get("format"):
        schema["format"] = form
    return True


def _shown(types: Any) -> str:
    return ", ".join(f"`{name}`" for name in types) if isinstance(types, list) else f"`{types}`"


def _said(schema: dict[str, Any]) -> str:
    types = schema.get("type")
    if types is None:
        return "any"
    return f"{_shown(types)} with the format `{schema['format']}`" if "format" in schema else _shown(types)
