"""Turns the schemas of an OpenAPI description into JSON Schema, so that answers can be validated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

import jsonschema_rs

_MOST_OPENED = 4
"""Members that are written out within one another, where several parts describe a property; others stay references."""
_COMPOSED = ("allOf", "anyOf", "oneOf")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE = ("items", "not", "additionalProperties", "contains", "propertyNames")
# Of OpenAPI, and what gives a schema another address: it stands here twice, in two forms, and is pointed at.
# What `$dynamicRef` leads to is not checked.
_LEFT_OUT = frozenset(
    {"nullable", "discriminator", "example", "id", "$id", "$schema", "$anchor", "$dynamicAnchor", "$dynamicRef"}
)

PARTS = "#/components/parts/"
"""Where a document for validation keeps the schemas in the form they take as members of `allOf`."""

_SCHEMAS = "#/components/schemas/"
_OF_URI = "!#$%&'()*+,-./:;=?@_~"
"""What a reference has as it is (RFC 3986, 3.5), and the sign by which all else is escaped already."""
_OPENING = frozenset(
    ("additionalProperties", "allOf", "anyOf", "oneOf", "$ref", "if", "dependentSchemas", "discriminator")
)
"""Beside these, properties are not all that a schema has; a base with a discriminator stands for all that inherit."""


@dataclass(frozen=True)
class View:
    """How schemas look to one who sends, or to one who is answered.

    A property that `hidden` marks ("readOnly" in requests, "writeOnly" in answers) is none here: it is not asked for,
    and one that comes is one that the schema does not know (OpenAPI 3.0.3, "Schema Object").
    """

    components: dict[str, Any]
    closed: bool
    draft4: bool
    hidden: str
    parts: set[str] = field(default_factory=set)
    """The names of components that were referred to in their form as parts."""

    def written(
        self,
        schema: Any,
        *,
        part: bool = False,
        without: frozenset[str] = frozenset(),
        shared: frozenset[str] = frozenset(),
        opened: int = 0,
    ) -> Any:
        """The JSON Schema with the same meaning as an OpenAPI schema.

        OpenAPI 3.0's `nullable` becomes a union with null.  With `closed`, an object that lists its properties and says
        nothing of others allows no others.  A `part` is a member of `allOf`: it describes only some of the properties,
        so it stays open, and refers to other schemas in their form as parts; `without` are the hidden properties of the
        whole, `shared` those that another part describes, too: there what one lists is not all; `opened` is how many
        members that were written out this is within.  An enumeration that `x-ms-enum` calls open (`modelAsString`)
        takes values that it does not list: a newer server has more.
        """
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema and self.draft4:
            return {"$ref": self._reference(schema["$ref"], part)}
        schema = by_tag(schema)
        result: dict[str, Any] = {k: v for k, v in schema.items() if k not in _LEFT_OUT}
        if isinstance(pattern := result.get("pattern"), str) and not is_readable(pattern):
            del result["pattern"]
        # Where properties stand beside them, alternatives and what is referred to describe only some.
        inner = part or "properties" in schema
        if "$ref" in result:
            result["$ref"] = self._reference(result["$ref"], inner)
        if isinstance(marks := schema.get("x-ms-enum"), dict) and marks.get("modelAsString") is True:
            result.pop("enum", None)
        without |= marked(schema, self.hidden, self._followed)
        shared |= shared_names(schema, self._followed)
        result |= self._properties(schema, part, without, shared, opened)
        if without and isinstance(asked := result.pop("required", None), list):
            result |= {"required": left} if (left := [name for name in asked if name not in without]) else {}
        for key in _LISTS:
            if isinstance(schema.get(key), list):
                hidden = without if key == "allOf" else frozenset[str]()
                told = shared if opened < _MOST_OPENED else frozenset[str]()
                members = [(member, self._opened(member, told)) for member in schema[key]]
                result[key] = [
                    self.written(
                        found,
                        part=inner or key == "allOf",
                        without=hidden,
                        shared=shared,
                        opened=opened + (found is not member),
                    )
                    for member, found in members
                ]
        result |= {
            key: self.written(schema[key], opened=opened) for key in _SINGLE if isinstance(schema.get(key), dict)
        }
        return {"anyOf": [{"type": "null"}, result]} if schema.get("nullable") is True else result

    def _opened(self, member: Any, shared: frozenset[str]) -> Any:
        """A member of a composition; one that is referred to itself where others describe properties of it, too."""
        if shared and isinstance(member, dict) and set(member) == {"$ref"}:
            found = self._followed(member)
            is_shared = not shared.isdisjoint(names_in(found, self._followed))
            return found if is_shared and not leads_back(found, self._followed) else member
        return member

    def _properties(
        self, schema: dict[str, Any], part: bool, without: frozenset[str], shared: frozenset[str], opened: int
    ) -> dict[str, Any]:
        properties = schema.get("properties")
        if not isinstance(properties, dict):
            return {}
        told = _OPENING.isdisjoint(schema) and not any(map(_stands_for_any, properties))
        alone = self.closed and not part and told
        closed = {"additionalProperties": False} if alone else {}
        shown = {k: self.written(v, part=k in shared, opened=opened) for k, v in properties.items() if k not in without}
        if alone and isinstance(asked := schema.get("required"), list):
            # What must be there is documented, be it described or not.
            shown = {**{name: {} for name in asked if name not in properties}, **shown}
        return {"properties": shown, **closed}

    def _reference(self, reference: str, part: bool) -> str:
        """A reference where a `part` has its own place."""
        if not part or not reference.startswith(_SCHEMAS):
            return as_uri(reference)
        self.parts.add(component(reference))
        return as_uri(PARTS + reference.removeprefix(_SCHEMAS))

    def _followed(self, node: Any) -> Any:
        """What a reference to a component leads to; any other node itself."""
        name = component(node.get("$ref")) if isinstance(node, dict) else ""
        return self.components.get(name, {}) if name else node


def _stands_for_any(name: str) -> bool:
    """Whether the name of a property is a placeholder, as in `{"<field>": ["what is wrong with it"]}`."""
    return name[:1] + name[-1:] in ("<>", "{}") and len(name) > 2


@lru_cache(4096)
def is_readable(pattern: str) -> bool:
    """Whether the engine reads a pattern; nothing can be held to what is none, or is larger than it takes."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True


def by_tag(schema: dict[str, Any]) -> dict[str, Any]:
    """`oneOf` with a discriminator as `anyOf` whose members ask for their tag; any other schema itself.

    The members often match one another's values; the tag decides (OpenAPI 3.0.3, "Discriminator Object").
    """
    rule, members = schema.get("discriminator"), schema.get("oneOf")
    name = rule.get("propertyName") if isinstance(rule, dict) else None
    if not isinstance(name, str) or not isinstance(members, list):
        return schema
    if not all(isinstance(member, dict) and isinstance(member.get("$ref"), str) for member in members):
        return schema
    tagged = [{"allOf": [member, {"properties": {name: {"enum": _tags(rule, member["$ref"])}}}]} for member in members]
    return {**{key: value for key, value in schema.items() if key not in ("oneOf", "discriminator")}, "anyOf": tagged}


def _tags(rule: Any, reference: str) -> list[str]:
    """The values of a discriminator's property that mean a reference: its mapping's, else the schema's name."""
    name, mapping = component(reference), rule.get("mapping")
    found = mapping.items() if isinstance(mapping, dict) else ()
    return [tag for tag, target in found if target in (reference, name)] or [name]


def marked(schema: Any, mark: str, follow: Callable[[Any], Any]) -> frozenset[str]:
    """The names of an object's properties that a keyword marks, those of all that it is composed of included.

    `mark` is "readOnly" or "writeOnly"; `follow` gives what a reference leads to, and any other node itself.
    """
    found: set[str] = set()
    met: set[int] = set()
    waiting = [schema]
    while waiting:
        node = follow(waiting.pop())
        if not isinstance(node, dict) or id(node) in met:
            continue
        met.add(id(node))
        properties, parts = node.get("properties"), node.get("allOf")
        for name, member in properties.items() if isinstance(properties, dict) else ():
            resolved = follow(member)
            if isinstance(resolved, dict) and resolved.get(mark) is True:
                found.add(name)
        waiting += parts if isinstance(parts, list) else ()
    return frozenset(found)


def parts_of(schema: Any, follow: Callable[[Any], Any]) -> list[dict[str, Any]]:
    """A schema and all that it is composed of, each once; `follow` is as in `marked`."""
    found: dict[int, dict[str, Any]] = {}
    waiting = [schema]
    while waiting:
        node = follow(waiting.pop())
        if isinstance(node, dict) and id(node) not in found:
            found[id(node)] = node
            waiting += [each for key in reversed(_COMPOSED) for each in reversed(_members(node, key))]
    return [*found.values()]


def names_in(schema: Any, follow: Callable[[Any], Any]) -> frozenset[str]:
    """The names of the properties that a schema describes, its compositions included; `follow` is as in `marked`."""
    described = (part.get("properties") for part in parts_of(schema, follow))
    return frozenset(name for properties in described if isinstance(properties, dict) for name in properties)


def leads_back(schema: Any, follow: Callable[[Any], Any]) -> bool:
    """Whether a composition leads to itself; `follow` is as in `marked`."""
    members = (each for part in parts_of(schema, follow) for key in _COMPOSED for each in _members(part, key))
    return any(follow(member) is schema for member in members)


def shared_names(schema: dict[str, Any], follow: Callable[[Any], Any]) -> frozenset[str]:
    """The names of the properties that several parts of one object describe; of alternatives one holds."""
    if not isinstance(schema.get("allOf"), list) and not ("properties" in schema and {"anyOf", "oneOf"} & set(schema)):
        return frozenset()
    own = frozenset(schema["properties"]) if isinstance(schema.get("properties"), dict) else frozenset[str]()
    parts = [own, *(names_in(member, follow) for member in _members(schema, "allOf"))]
    for key in ("anyOf", "oneOf"):
        parts.append(frozenset[str]().union(*(names_in(member, follow) for member in _members(schema, key))))
    met, found = frozenset[str](), frozenset[str]()
    for names in parts:
        found, met = found | (met & names), met | names
    return found


def _members(node: dict[str, Any], key: str) -> list[Any]:
    members = node.get(key)
    return members if isinstance(members, list) else []


def carries(value: Any, schema: Any, mark: str, follow: Callable[[Any], Any]) -> bool:
    """True if any part of a value is a property that a keyword marks; `mark` and `follow` are as in `marked`."""
    if isinstance(value, list):
        node = follow(schema)
        return isinstance(node, dict) and any(carries(item, node.get("items"), mark, follow) for item in value)
    if not isinstance(value, dict):
        return False
    for part in parts_of(schema, follow):
        properties = part.get("properties")
        known = properties if isinstance(properties, dict) else {}
        if not marked(part, mark, follow).isdisjoint(value):
            return True
        if any(carries(item, known[name], mark, follow) for name, item in value.items() if name in known):
            return True
    return False


def without(value: Any, schema: Any, mark: str, follow: Callable[[Any], Any]) -> Any:
    """The value less every property that a keyword marks; `mark` and `follow` are as in `marked`."""
    if isinstance(value, list):
        node = follow(schema)
        return [without(item, node.get("items"), mark, follow) for item in value] if isinstance(node, dict) else value
    for part in parts_of(schema, follow) if isinstance(value, dict) else ():
        properties, hidden = part.get("properties"), marked(part, mark, follow)
        known = properties if isinstance(properties, dict) else {}
        value = {
            name: without(item, known[name], mark, follow) if name in known else item
            for name, item in value.items()
            if name not in hidden
        }
    return value


def node_at(document: Any, reference: str) -> Any:
    """What stands at a reference.  Raises KeyError, and for lists IndexError or ValueError, where nothing does.

    A reference is a part of an address, in which `%20` is a blank; a pointer to an operation has its path as it is.
    """
    for step in reference.removeprefix("#").split("/")[1:]:
        plain = step.replace("~1", "/").replace("~0", "~")
        if isinstance(document, list):
            document = document[int(plain)]
        else:
            document = document[plain if plain in document else unquote(step).replace("~1", "/").replace("~0", "~")]
    return document


def component(reference: Any) -> str:
    """The name of the component that a reference leads to or into; "" for anything else."""
    if not isinstance(reference, str) or not reference.startswith(_SCHEMAS):
        return ""
    return unquote(reference.removeprefix(_SCHEMAS).partition("/")[0]).replace("~1", "/").replace("~0", "~")


def as_uri(reference: str) -> str:
    """A reference as a URI, in which what stands in a name such as `Page<Lamp>` is escaped."""
    return quote(reference, safe=_OF_URI)
