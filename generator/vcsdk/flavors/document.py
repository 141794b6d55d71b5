"""The normalised document as other generators need it: with our class names, and a path for each operation."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from vcsdk.ir import Alias, Api, Operation, Scalar, Struct, Union
from vcsdk.ir.media import is_json
from vcsdk.ir.types import Kind
from vcsdk.load import Document
from vcsdk.load.extensions import is_extension
from vcsdk.load.grammar import path_item_of
from vcsdk.load.pointer import as_reference, escape, find, from_fragment, unescape

_SCHEMAS = "/components/schemas/"
_DATA = frozenset(("example", "examples", "default", "enum", "const"))
"""Fields that hold values, not nodes: what looks like a reference in them is none."""

_MAPS = frozenset(
    (
        "$defs",
        "callbacks",
        "content",
        "definitions",
        "dependentSchemas",
        "encoding",
        "headers",
        "links",
        "parameters",
        "pathItems",
        "paths",
        "patternProperties",
        "properties",
        "requestBodies",
        "responses",
        "schemas",
        "securitySchemes",
        "variables",
    )
)
"""Fields whose keys are the author's own: a schema may be called `default` or `properties`."""

_STRUCTURE = frozenset(("properties", "content", "schema", "application~1json", "requestBody", "responses"))
_STRINGS = frozenset((Kind.BINARY, Kind.BYTE, Kind.STRING))
_SPECIAL = re.compile(r"[%&=#?{}]")


@dataclass(frozen=True, slots=True)
class Named:
    """A document whose schemas have our names; `names` goes from the pointer a schema had to the name it has now."""

    data: dict[str, Any]
    names: Mapping[str, str]


def with_own_names(
    document: Document,
    api: Api,
    *,
    every_object: bool = False,
    key: Callable[[str], object] = str,
    reserved: Collection[str] = (),
) -> Named:
    """The document with each declared schema under `components.schemas`, by the Python name it has in our client.

    Other tools derive class names themselves and then merge, delete or number those that collide; after this there
    are no two that could.  Inline objects and enumerations, which collide as well, become components too.
    References and discriminators follow.  The document itself is not changed.

    Args:
        document: Normalised and checked.
        api: Its API, named.
        every_object: Also make components of inline objects with free keys, for tools that give them classes.
        key: What a tool makes of a name; no two names have the same.
        reserved: Names that a tool would change, because its modules import something of that name.
    """
    return _Naming(document, api, every_object, key, reserved).named()


class _Naming:
    def __init__(
        self,
        document: Document,
        api: Api,
        every_object: bool,
        key: Callable[[str], object],
        reserved: Collection[str],
    ) -> None:
        self._data = document.data
        self._api = api
        self._every_object = every_object
        self._key = key
        self._taken: set[object] = {key(name) for name in reserved}
        self._operations = {o.key.removeprefix("#"): _camel(o.python_path) for o in api.operations}
        components = document.data.get("components", {}).get("schemas", {})
        names = {_SCHEMAS + escape(name): name for name in components}
        names |= {place.removeprefix("#"): schema.name for place, schema in api.schemas.items()}
        self._names = {pointer: self._unique(name) for pointer, name in names.items()}
        self._schemas: dict[str, Any] = {}

    def named(self) -> Named:
        named: dict[str, Any] = self._copy(self._data, "")
        order = {name: number for number, name in enumerate(self._names.values())}
        schemas = dict(sorted(self._schemas.items(), key=lambda entry: order[entry[0]]))
        named["components"] = {**named.get("components", {}), "schemas": schemas}
        return Named(named, self._names)

    def _unique(self, wanted: str) -> str:
        name, number = wanted, 1
        while self._key(name) in self._taken:
            number += 1
            name = f"{wanted}{number}"
        self._taken.add(self._key(name))
        return name

    def _copy(self, node: Any, pointer: str) -> Any:
        if isinstance(node, list):
            return [self._copy(item, f"{pointer}/{position}") for position, item in enumerate(node)]
        if not isinstance(node, dict):
            return node
        name = self._names.get(pointer) or self._invented(node, pointer)
        copy = {
            field: value if field in _DATA or is_extension(field) else self._copy(value, f"{pointer}/{escape(field)}")
            for field, value in node.items()
        }
        if isinstance(node.get("$ref"), str):
            copy["$ref"] = self._reference(node["$ref"])
        if isinstance(node.get("discriminator"), dict):
            copy["discriminator"] = self._discriminator(node, pointer)
        if name is None:
            return copy
        # Tools name classes by their titles first, and then two schemas of one title are one class.
        if isinstance(title := copy.pop("title", None), str):
            copy.setdefault("description", title)
        self._schemas[name] = copy
        place = {"$ref": f"#{_SCHEMAS}{name}"}
        # A default belongs to the place where the schema is used, and beside a `$ref` it would not count.
        return {"allOf": [place], "default": node["default"]} if "default" in node else place

    def _field(self, field: str, value: Any, pointer: str) -> Any:
        place = f"{pointer}/{escape(field)}"
        if field in _MAPS and isinstance(value, dict):
            return {key: self._copy(node, f"{place}/{escape(key)}") for key, node in value.items()}
        return self._copy(value, place)

    def _invented(self, node: dict[str, Any], pointer: str) -> str | None:
        """A name for an inline object that has none in our client, from where it stands."""
        above, _, token = pointer.rpartition("/")
        # A member of a composition is part of the schema around it.
        if not self._every_object or node.get("type") != "object" or above.endswith("/allOf"):
            return None
        tokens = [token]
        while above and above not in self._names and above not in self._operations:
            above, _, token = above.rpartition("/")
            tokens.append(token)
        owner = self._names.get(above) or self._operations.get(above, "")
        words = [unescape(token) for token in reversed(tokens) if token not in _STRUCTURE]
        name = self._names[pointer] = self._unique(owner + "".join(map(_camel, words)) or "Object")
        return name

    def _reference(self, reference: str) -> str:
        """Where the target of a local reference stands in the new document."""
        pointer, rest = from_fragment(reference.removeprefix("#")), ""
        while pointer:
            if pointer in self._names:
                return as_reference(f"{_SCHEMAS}{self._names[pointer]}{rest}")
            pointer, slash, token = pointer.rpartition("/")
            rest = slash + token + rest
        return reference

    def _discriminator(self, node: Mapping[str, Any], pointer: str) -> dict[str, Any]:
        """The discriminator with its mapping written out, because unwritten it goes by the names we change."""
        schema = self._api.schemas.get("#" + pointer)
        known = None
        if isinstance(schema, Struct):
            known = schema.discriminator
        elif isinstance(schema, Alias) and isinstance(schema.type, Union):
            known = schema.type.discriminator
        given = node["discriminator"]
        mapping = {value: self._reference(key) for value, key in known.mapping} if known is not None else {}
        if not mapping:
            for value, target in given.get("mapping", {}).items():
                mapping[value] = self._reference(target if "#" in target else f"#{_SCHEMAS}{escape(target)}")
            for member in (*node.get("oneOf", ()), *node.get("anyOf", ())):
                reference = member.get("$ref", "")
                if reference.startswith("#" + _SCHEMAS) and self._reference(reference) not in mapping.values():
                    mapping[reference.rpartition("/")[2]] = self._reference(reference)
        return {**given, "mapping": mapping} if mapping else dict(given)


def _camel(text: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", text))


def binary_types(api: Api) -> set[str]:
    """Content types that carry bytes wherever they are used: neither JSON nor text, always with a string as schema."""
    uses: dict[str, set[bool]] = {}
    for operation in api.operations:
        contents = [response.content for response in operation.responses]
        contents += [operation.body.content] if operation.body is not None else []
        for media in (media for content in contents for media in content):
            plain = media.type is None or (isinstance(media.type, Scalar) and media.type.kind in _STRINGS)
            uses.setdefault(media.content_type, set()).add(plain)
    return {name for name, plain in uses.items() if plain == {True} and not is_json(name) and "text/" not in name}


def paths_by_operation(data: Mapping[str, Any], api: Api) -> dict[str, Any]:
    """A path item for each operation: `{path}?{constants}#{operation}`, parameters of its own, a Python name.

    The constants of the query stand in the key (special characters percent-encoded) and no longer among the
    parameters; templates take the key apart.  Path templates have the names of our arguments: they are not sent.
    """
    binary = binary_types(api)
    modules: set[tuple[str, str]] = set()
    paths = {}
    for operation in api.operations:
        # Resources such as `a.b_c` and `a_b.c` meet when they are written as one word.
        tag, name, number = "_".join(operation.resource) or "root", operation.name, 1
        while (tag, name) in modules:
            number += 1
            name = f"{operation.name}_{number}"
        modules.add((tag, name))
        key, node = _request(data, operation)
        node["responses"] = {
            status: _with_bytes(_resolved(data, answer), binary)
            for status, answer in node["responses"].items()
            if not is_extension(status)
        }
        paths[key] = {operation.method.lower(): {**node, "operationId": name, "tags": [tag]}}
    return paths


def _request(named: Mapping[str, Any], operation: Operation) -> tuple[str, dict[str, Any]]:
    pointer = operation.key.removeprefix("#")
    item = find(named, path_item_of(pointer))
    node = dict(find(named, pointer))
    merged: dict[tuple[str, str], dict[str, Any]] = {}
    for raw in (*item.get("parameters", ()), *node.get("parameters", ())):
        parameter = _resolved(named, raw)
        merged[(parameter["in"], parameter["name"])] = parameter
    path = operation.path
    fixed = {name for name, _ in operation.fixed_query}
    arguments = {(p.location.value, p.wire_name): p.name for p in operation.parameters}
    parameters = []
    for (place, name), parameter in merged.items():
        if place == "query" and name in fixed and (place, name) not in arguments:
            continue
        if place == "path":
            own = arguments[(place, name)]
            path = path.replace(f"{{{name}}}", f"{{{own}}}")
            parameter = {**parameter, "name": own}  # noqa: PLW2901  the loop's own copy of it
        parameters.append(parameter)
    node["parameters"] = parameters
    node.setdefault("security", named.get("security", []))
    query = "&".join(
        f"{_encoded(name)}={_encoded(value)}" if value else _encoded(name) for name, value in operation.fixed_query
    )
    key = f"{path}?{query}#{_encoded(operation.python_path)}"
    return key, node


def _with_bytes(answer: dict[str, Any], binary: set[str]) -> dict[str, Any]:
    """The answer with `format: binary` for its bytes, which some descriptions call text or base64."""
    bytes_ = {"schema": {"type": "string", "format": "binary"}}
    content = {name: bytes_ if name in binary else media for name, media in answer.get("content", {}).items()}
    return {**answer, "content": content} if content else answer


def _resolved(named: Mapping[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = find(named, from_fragment(node["$ref"].removeprefix("#")))
    return node


def _encoded(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"%{ord(found[0]):02X}", text)
