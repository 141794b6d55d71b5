"""The rule `types-of-json-schema`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.load.pointer import find, parent
from vcsdk.normalize.registry import Context, Repair, rule

_NAMES = ("string", "number", "integer", "boolean", "array", "object")
_EVERYTHING = frozenset(_NAMES) - {"integer"}
_NUMBERS = ("format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_OWN = {
    "string": ("format", "minLength", "maxLength", "pattern"),
    "number": _NUMBERS,
    "integer": _NUMBERS,
    "boolean": (),
    "array": ("items", "minItems", "maxItems", "uniqueItems"),
    "object": ("properties", "required", "additionalProperties", "minProperties", "maxProperties"),
}
_PYTHON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


@rule("types-of-json-schema", level="warning", reshapes=True)
def write_types_as_the_version_has_them(context: Context) -> Iterator[Repair]:
    """A schema lists types, or has the type `null`, where OpenAPI 3.0 and Swagger 2.0 know one type and `nullable`.

    Published descriptions do so as JSON Schema does, and validators of 2.0 accept it.  Several types become an `anyOf`
    whose members have the keywords that are about them; a member of a union that is only null makes the union nullable.
    `type:` alone, null in YAML, is the type `null`.
    """
    nulls: list[str] = []
    for pointer, schema in context.index.nodes["schema"]:
        types = schema.get("type")
        if "type" not in schema or (isinstance(types, str) and types != "null"):
            continue
        listed = [_name(name) for name in types] if isinstance(types, list) else [_name(types)]
        if not listed or not all(isinstance(name, str) for name in listed):
            continue
        origin = context.document.origin(f"{pointer}/type")
        if context.document.is_31:
            if listed not in (types, [types]):
                schema["type"] = listed if isinstance(types, list) else "null"
                yield Repair(origin, "a type without a name is the type `null`")
            continue
        if set(listed) == {"null"} and _is_member(pointer):
            nulls.append(pointer)
            yield Repair(origin, "a union with a member of the type `null` is nullable in words of 3.0")
        elif all(name in (*_NAMES, "null") for name in listed):
            _write(context, pointer, schema, list(dict.fromkeys(listed)))
            shown = ", ".join(listed)
            yield Repair(origin, f"the type `{shown}` is one of JSON Schema; wrote what it says in words of 3.0")

    for pointer in reversed(nulls):
        _let_union_be_null(context, pointer)


def _is_member(pointer: str) -> bool:
    return parent(pointer).endswith(("/anyOf", "/oneOf")) and pointer.rpartition("/")[2].isdigit()


def _let_union_be_null(context: Context, pointer: str) -> None:
    """Take the member out of its union; the last one stays, and says that there is nothing but null."""
    document, members = context.document, parent(pointer)
    if len(find(document.data, members)) == 1:
        _write(context, pointer, find(document.data, pointer), ["null"])
        return
    document.take_out(pointer)
    find(document.data, parent(members))["nullable"] = True


def _name(written: Any) -> Any:
    return "null" if written is None else written


def _write(context: Context, pointer: str, schema: dict[str, Any], listed: list[str]) -> None:
    names = [name for name in listed if name != "null"]
    if "integer" in names and "number" in names:
        names.remove("integer")
    values = schema.get("enum")
    if "null" in listed:
        schema["nullable"] = True
        if not names:
            values = [None]
        if isinstance(values, list):
            schema["enum"] = [*(value for value in values if value is not None), None]
    del schema["type"]
    if len(names) == 1:
        schema["type"] = names[0]
    elif names and not set(names) >= _EVERYTHING and "anyOf" not in schema:
        members = [_member(schema, name, values) for name in names]
        for key in {key for name in names for key in _OWN[name]} | {"enum"}:
            schema.pop(key, None)
        schema["anyOf"] = [member for member in members if member.get("enum") != []]
        context.document.added(f"{pointer}/anyOf", context.document.origin(f"{pointer}/type"))


def _member(schema: dict[str, Any], name: str, values: Any) -> dict[str, Any]:
    member = {"type": name, **{key: schema[key] for key in _OWN[name] if key in schema}}
    if isinstance(values, list):
        member["enum"] = [value for value in values if _is(value, name)]
    return member


def _is(value: Any, name: str) -> bool:
    return isinstance(value, _PYTHON[name]) and (name == "boolean") == isinstance(value, bool)
