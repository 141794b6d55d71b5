"""Values as vAPI's JSON-RPC writes them: what JSON has no word for stands in an object that names it.

`{"STRUCTURE": {name: {field: value}}}`, `{"OPTIONAL": value or null}`, `{"SECRET": text}`, `{"BINARY": base64}`,
`{"ERROR": {name: {field: value}}}`; a map is a list of structures with a `key` and a `value`, whatever it is in REST.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import Values
from vcsdk.ir.vapi import is_list_of_pairs
from vcsdk.simulator.jsonrpc.names import Structures

Flatten = Callable[[Any], dict[str, Any]]
STANDARD_ERRORS = "com.vmware.vapi.std.errors."
_ERROR_TYPE = re.compile(r"[A-Z_]+")
_ENTRY = "map-entry"
_ABSENT = object()
_DEEPEST = 64
_WHOLE = re.compile(r"-?\d{1,19}")
# What a structure is called whose form nothing describes; its fields speak for themselves.
_DYNAMIC = "com.vmware.vapi.std.dynamic_structure"


class MalformedValueError(Exception):
    """What stands there is no value of vAPI."""


def plain(value: Any) -> Any:
    """A value as REST writes it: optional fields that are not set are left out, maps are objects.

    Raises:
        MalformedValueError: It is not written as vAPI writes values.
    """
    return _plain_or_null(value, 0)


def _plain_or_null(value: Any, depth: int) -> Any:
    found = _plain(value, depth)
    return None if found is _ABSENT else found


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise MalformedValueError
    if isinstance(value, list):
        # What is not set is nothing only where it would have a name.
        items = [_plain_or_null(item, depth + 1) for item in value]
        return dict(map(_pair, items)) if value and all(map(_is_entry, value)) else items
    if not isinstance(value, dict):
        return value
    if len(value) != 1:
        raise MalformedValueError
    ((form, content),) = value.items()
    if form == "OPTIONAL":
        return _ABSENT if content is None else _plain(content, depth + 1)
    if form in ("SECRET", "BINARY") and isinstance(content, str):
        return content
    if form in ("STRUCTURE", "ERROR") and isinstance(content, dict) and len(content) == 1:
        (fields,) = content.values()
        if isinstance(fields, dict):
            members = {name: _plain(member, depth + 1) for name, member in fields.items()}
            return {name: member for name, member in members.items() if member is not _ABSENT}
    raise MalformedValueError


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(entry := value.get("STRUCTURE"), dict) and [*entry] == [_ENTRY]


def _pair(entry: Any) -> tuple[str, Any]:
    if "key" not in entry or not set(entry) <= {"key", "value"}:
        raise MalformedValueError
    return str(entry["key"]), entry.get("value")


def error_name(body: Mapping[str, Any], otherwise: str) -> str:
    """The name of the error that a body is by its type, where it says one."""
    kind = body.get("error_type")
    known = isinstance(kind, str) and _ERROR_TYPE.fullmatch(kind) is not None
    return STANDARD_ERRORS + str(kind).lower() if known else otherwise


class Typed:
    """Writes plain values with the types that schemas give them."""

    def __init__(self, schemas: Schemas, structures: Structures) -> None:
        self._schemas = schemas
        self._values = Values(schemas)
        self._structures = structures

    def value(self, value: Any, schema: Any) -> Any:
        """A value of a schema; members that the schema does not know are optional, as all are that came later."""
        flat = self._values.flatten(schema)
        if isinstance(value, dict):
            if flat.get("properties"):
                name = self._name(schema)
                form = "ERROR" if name.startswith(STANDARD_ERRORS) else "STRUCTURE"
                return {form: {error_name(value, name) if form == "ERROR" else name: self._fields(value, flat)}}
            members = flat.get("additionalProperties")
            return self._map(value, members) if isinstance(members, dict) and members else _dynamic(value)
        if isinstance(value, list):
            items = flat.get("items", {})
            if is_list_of_pairs(flat):
                return [
                    _entry(pair.get("key"), self.value(pair.get("value"), items["properties"]["value"]))
                    for pair in value
                ]
            return [self.value(item, items) for item in value]
        if isinstance(value, str) and flat.get("format") == "password":
            return {"SECRET": value}
        if isinstance(value, str) and flat.get("format") in ("byte", "binary"):
            return {"BINARY": value}
        if isinstance(value, int) and not isinstance(value, bool) and flat.get("type") == "number":
            return float(value)
        return value

    def member(self, schema: Any, name: str) -> Any:
        """The schema of a property; one that says nothing where there is none."""
        return self._values.flatten(schema).get("properties", {}).get(name, {})

    def error(self, body: Mapping[str, Any], name: str, schema: Any) -> Any:
        """An error of this name, with the fields that the schema gives it."""
        return {"ERROR": {name: self._fields(body, self._values.flatten(schema))}}

    def _fields(self, value: Mapping[str, Any], flat: Mapping[str, Any]) -> dict[str, Any]:
        properties: Mapping[str, Any] = flat.get("properties", {})
        required = flat.get("required") or ()
        fields: dict[str, Any] = {}
        for name, schema in properties.items():
            typed = self.value(value[name], schema) if value.get(name) is not None else None
            if name not in required:
                fields[name] = {"OPTIONAL": typed}
            elif name in value:
                fields[name] = typed
        fields.update({name: {"OPTIONAL": _dynamic(value[name])} for name in value if name not in properties})
        return fields

    def _map(self, value: Mapping[str, Any], members: Any) -> list[Any]:
        return [_entry(key, self.value(member, members)) for key, member in value.items()]

    def _name(self, schema: Any) -> str:
        """The structure's name by the reference that leads to it, directly or as the only part of a composition."""
        while isinstance(schema, dict):
            if isinstance(ref := schema.get("$ref"), str):
                return self._structures.name(ref.rpartition("/")[2])
            parts = schema.get("allOf") or ()
            schema = next((part for part in parts if "$ref" in part), None)
        return _DYNAMIC


def _entry(key: Any, value: Any) -> dict[str, Any]:
    return {"STRUCTURE": {_ENTRY: {"key": key, "value": value}}}


def as_described(value: Any, schema: Any, flatten: Flatten) -> Any:
    """A plain value with its maps as a schema describes them: objects, or lists of pairs in the older form."""
    flat = flatten(schema)
    if isinstance(value, list):
        is_map = not value and flat.get("type") == "object"
        return {} if is_map else [as_described(item, flat.get("items", {}), flatten) for item in value]
    if not isinstance(value, dict):
        return value
    if is_list_of_pairs(flat):
        entry = flat["items"]["properties"]
        whole = flatten(entry["key"]).get("type") == "integer"
        return [
            {
                "key": int(key) if whole and _WHOLE.fullmatch(key) else key,
                "value": as_described(item, entry["value"], flatten),
            }
            for key, item in value.items()
        ]
    members, others = flat.get("properties", {}), flat.get("additionalProperties", {})
    return {name: as_described(item, members.get(name, others), flatten) for name, item in value.items()}


def _dynamic(value: Any) -> Any:
    """A value that no schema describes."""
    if isinstance(value, dict):
        return {
            "STRUCTURE": {_DYNAMIC: {name: _dynamic(member) for name, member in value.items() if member is not None}}
        }
    if isinstance(value, list):
        return [_dynamic(item) for item in value]
    return value
