"""Schemas of the normalised document become types and declared schemas of the IR."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcsdk.build import compose
from vcsdk.build.scalars import constraints, enumeration_kind, scalar
from vcsdk.build.subtypes import Families, component
from vcsdk.build.unchecked import unchecked
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.ir import (
    ANY,
    MISSING,
    Alias,
    Array,
    Constant,
    Discriminator,
    Enumeration,
    EnumMember,
    Field,
    Json,
    Map,
    Nullable,
    Ref,
    Scalar,
    Schema,
    Struct,
    Type,
    Union,
)
from vcsdk.ir.limits import can_be_field
from vcsdk.ir.types import Kind
from vcsdk.ir.unions import Strategy, strategy
from vcsdk.ir.vapi import is_list_of_pairs
from vcsdk.load import Document
from vcsdk.load.pointer import escape, find, join, last

COMPONENTS = "/components/schemas/"
_DEEPEST = 64


class SchemaBuilder:
    """Turns schemas into types, declaring a named schema for each component and each inline object, enum and union.

    With the `profile` `vapi` maps are also found where they are described as lists of pairs.
    `declared` fills as types are asked for; keys are `#` plus the JSON pointer in the normalised document.
    """

    def __init__(self, document: Document, diagnostics: Diagnostics, profile: str = "plain") -> None:
        self.document = document
        self.profile = profile
        self.diagnostics = diagnostics
        self.declared: dict[str, Schema] = {}
        self._open: set[str] = set()
        self._later: list[tuple[str, str]] = []
        self._families = Families(document)

    def declare_components(self) -> None:
        """Declare every schema under `components.schemas`, in document order."""
        for name in self.document.data.get("components", {}).get("schemas", {}):
            self.reference(COMPONENTS + escape(name), name)

    def reference(self, pointer: str, name: str) -> Type:
        """The type of the schema at `pointer`, declared under `name` if it is not yet."""
        key = "#" + pointer
        if key in self.declared or key in self._open:
            return Ref(key)
        if len(self._open) >= _DEEPEST:
            # A chain of schemas can be longer than Python's own stack.
            self._later.append((pointer, name))
            return Ref(key)
        self._declare(key, pointer, name)
        while self._later and not self._open:
            later, called = self._later.pop()
            if "#" + later not in self.declared:
                self._declare("#" + later, later, called)
        return Ref(key)

    def _declare(self, key: str, pointer: str, name: str) -> None:
        self._open.add(key)
        schema = find(self.document.data, pointer)
        description = str(schema.get("description", "")) if isinstance(schema, dict) else ""
        deprecated = isinstance(schema, dict) and schema.get("deprecated") is True
        type_ = self._inline(schema, pointer, name, named=True)
        if key not in self.declared:
            origin = self.document.origin(pointer)
            self.declared[key] = Alias(key, name, type_, origin, description=description, deprecated=deprecated)
        self._open.discard(key)

    def type_of(self, schema: Json, pointer: str, name: str) -> Type:
        """The type of a schema that stands at `pointer`; `name` is what an inline declaration would be called."""
        if isinstance(schema, dict) and "$ref" in schema:
            target, node = self.document.resolve(schema["$ref"])
            if _is_component(target):
                type_ = self._family(last(target)) or self.reference(target, last(target))
            else:
                type_ = self.reference(target, name)
            nullable = schema.get("nullable") is True or _is_nullable(node)
            return Nullable(type_) if nullable else type_
        return self._inline(schema, pointer, name, named=False)

    def _family(self, name: str) -> Type | None:
        """What a reference to a component with subtypes means: any of them.  None for any other component."""
        property_ = self._families.property_of(name)
        if property_ is None:
            return None
        pointer = join(component(name), "discriminator")
        key = "#" + pointer
        if key not in self.declared and key not in self._open:
            self._open.add(key)
            pairs = [(value, component(member)) for value, member in self._families.members(name)]
            members = dict.fromkeys(self.reference(target, last(target)) for _, target in pairs)
            mapping = tuple((value, "#" + target) for value, target in pairs)
            union = Union(tuple(members), Discriminator(property_, mapping))
            text = f"A `{name}` of whichever kind its `{property_}` says."
            self.declared[key] = Alias(
                key, f"any_{name}", union, self.document.origin(component(name)), description=text
            )
            self._open.discard(key)
        return Ref(key)

    def _inline(self, schema: Json, pointer: str, name: str, *, named: bool) -> Type:
        if not isinstance(schema, dict):
            return ANY
        if "$ref" in schema:
            return self.type_of(schema, pointer, name)
        for rule, keyword, message in unchecked(schema):
            self._diagnose(Level.NOTE, rule, message, join(pointer, keyword))
        types, nullable = _types(schema)
        if "allOf" in schema:
            type_ = self._all_of(schema, pointer, name)
        elif "oneOf" in schema or "anyOf" in schema:
            type_ = self._one_of(schema, pointer, name, named=named)
        elif "const" in schema:
            type_ = Constant(schema["const"]) if not isinstance(schema["const"], (dict, list)) else ANY
        elif "enum" in schema:
            type_, has_null = self._enum(schema, pointer, name, types, named=named)
            nullable = nullable or has_null
        elif len(types) > 1:
            union = Union(tuple(self._single(schema, t, pointer, name) for t in types))
            type_ = union if named else self._under_a_name(union, schema, pointer, name)
        else:
            type_ = self._single(schema, types[0] if types else _implied_type(schema), pointer, name)
        return Nullable(type_) if nullable and type_ != ANY and not isinstance(type_, Nullable) else type_

    def _single(self, schema: dict[str, Any], json_type: str, pointer: str, name: str) -> Type:
        if json_type == "object":
            return self._object(schema, pointer, name)
        if json_type == "array":
            if self.profile == "vapi" and self._is_list_of_pairs(schema):
                return self._pairs(schema["items"]["properties"], join(pointer, "items", "properties"), name)
            items = schema.get("items", True)
            return Array(self.type_of(items, join(pointer, "items"), f"{name}_item"), constraints(schema))
        return scalar(json_type, schema)

    def _pairs(self, entry: Mapping[str, Json], pointer: str, name: str) -> Map:
        keys = self.type_of(entry["key"], join(pointer, "key"), f"{name}_key")
        return Map(self.type_of(entry["value"], join(pointer, "value"), f"{name}_value"), keys=keys)

    def _is_list_of_pairs(self, schema: Mapping[str, Any]) -> bool:
        return is_list_of_pairs(schema) and self._is_key(schema["items"]["properties"]["key"])

    def _is_key(self, schema: Json) -> bool:
        """True for what vAPI has as keys: texts and whole numbers, also listed ones."""
        seen: set[str] = set()
        while isinstance(schema, dict) and "$ref" in schema and schema["$ref"] not in seen:
            seen.add(schema["$ref"])
            schema = self.document.resolve(schema["$ref"])[1]
        if not isinstance(schema, dict) or schema.keys() & {"oneOf", "anyOf", "allOf", "const"}:
            return False
        types, nullable = _types(schema)
        if nullable or len(types) != 1 or None in schema.get("enum", ()):
            return False
        return scalar(types[0], schema).kind in (Kind.STRING, Kind.INTEGER)

    def _object(self, schema: dict[str, Any], pointer: str, name: str) -> Type:
        additional = schema.get("additionalProperties", True)
        if not schema.get("properties"):
            if "properties" in schema and additional is False:
                return self._declare_struct(schema, pointer, name, (), None)
            values = self.type_of(additional, join(pointer, "additionalProperties"), f"{name}_value")
            return Map(values if isinstance(additional, dict) and additional else ANY, constraints(schema))
        fields = self.fields_of(schema, pointer, name)
        extra: Type | None = None
        # Only what is said counts: where nothing is, further properties are a newer server's and ignored.
        if "additionalProperties" in schema and additional is not False:
            extra = self.type_of(additional, join(pointer, "additionalProperties"), f"{name}_value")
        return self._declare_struct(schema, pointer, name, fields, extra)

    def fields_of(self, schema: Mapping[str, Any], pointer: str, name: str) -> tuple[Field, ...]:
        """The fields that `properties` declares, required ones marked, in document order."""
        required = set(schema.get("required", ()))
        base = join(pointer, "properties")
        return tuple(
            self._field(wire, value, join(base, wire), name, required=wire in required)
            for wire, value in schema.get("properties", {}).items()
        )

    def _field(self, wire: str, schema: Json, pointer: str, owner: str, *, required: bool) -> Field:
        node = schema if isinstance(schema, dict) else {}
        return Field(
            wire,
            self.type_of(schema, pointer, f"{owner}_{wire}"),
            required,
            self.document.origin(pointer),
            description=str(node.get("description", "")),
            read_only=node.get("readOnly") is True,
            write_only=node.get("writeOnly") is True,
            deprecated=node.get("deprecated") is True,
            default=node.get("default", MISSING),
        )

    def _declare_struct(
        self,
        schema: Mapping[str, Any],
        pointer: str,
        name: str,
        fields: tuple[Field, ...],
        additional: Type | None,
        base: str | None = None,
    ) -> Ref:
        key = "#" + pointer
        for wire in (one.wire_name for one in fields if not can_be_field(one.wire_name)):
            said = f"the property {wire!r} makes {name} a dict: a class cannot have it"
            self._diagnose(Level.NOTE, "plain-dict", said, pointer)
        self.declared[key] = Struct(
            key,
            name,
            fields,
            self.document.origin(pointer),
            description=str(schema.get("description", "")),
            additional=additional,
            base=base,
            discriminator=_discriminator(schema),
            deprecated=schema.get("deprecated") is True,
        )
        return Ref(key)

    def _enum(
        self, schema: dict[str, Any], pointer: str, name: str, types: list[str], *, named: bool
    ) -> tuple[Type, bool]:
        values = list(dict.fromkeys(v for v in schema["enum"] if v is not None and not isinstance(v, (dict, list))))
        has_null = None in schema["enum"]
        kind = enumeration_kind(values, types)
        if not values:
            return Constant(None), False
        if len(values) == 1 and not named:
            return Constant(values[0]), has_null
        if kind is None:
            return Union(tuple(Constant(v) for v in values)), has_null
        key = "#" + pointer
        docs = schema.get("x-enum-descriptions", schema.get("x-enumDescriptions", {}))
        members = tuple(EnumMember(v, str(docs.get(v, "")) if isinstance(docs, dict) else "") for v in values)
        self.declared[key] = Enumeration(
            key,
            name,
            kind,
            members,
            self.document.origin(pointer),
            description=str(schema.get("description", "")),
            deprecated=schema.get("deprecated") is True,
        )
        return Ref(key), has_null

    def _one_of(self, schema: dict[str, Any], pointer: str, name: str, *, named: bool) -> Type:
        keyword = "oneOf" if "oneOf" in schema else "anyOf"
        base = join(pointer, keyword)
        if not any(_says_a_type(option) for option in schema[keyword]):
            # Alternatives that only require or forbid properties say nothing about the type itself.
            rest = {k: v for k, v in schema.items() if k not in ("oneOf", "anyOf")}
            return self._inline(rest, pointer, name, named=named)
        if schema.get("properties"):
            self._diagnose(
                Level.WARNING,
                "properties-beside-union",
                f"properties beside `{keyword}` are left to its members",
                join(pointer, "properties"),
            )
        members: list[Type] = []
        nullable = False
        for index, option in enumerate(schema[keyword]):
            if option == {"type": "null"}:
                nullable = True
                continue
            members.append(self._option(option, join(base, str(index)), name, index, told="discriminator" in schema))
        unique = tuple(dict.fromkeys(members))
        if not unique:
            return Scalar(Kind.NULL)
        if len(unique) == 1 and not schema.get("discriminator"):
            type_: Type = unique[0]
        else:
            union = Union(unique, _discriminator(schema))
            type_ = union if named else self._under_a_name(union, schema, pointer, name)
        return Nullable(type_) if nullable else type_

    def _option(self, option: Json, pointer: str, name: str, index: int, *, told: bool) -> Type:
        """A member of a union; where a discriminator tells members apart, a base among them is only itself."""
        if told and isinstance(option, dict) and "$ref" in option:
            target, _ = self.document.resolve(option["$ref"])
            if _is_component(target):
                return self.reference(target, last(target))
        title = option.get("title") if isinstance(option, dict) else None
        return self.type_of(option, pointer, f"{name}_{title or index + 1}")

    def _under_a_name(self, union: Union, schema: Mapping[str, Any], pointer: str, name: str) -> Type:
        """The union itself if it is one of scalars that JSON tells apart, else declared: only a name can be decoded."""
        plain = all(isinstance(member, (Scalar, Constant)) for member in union.members)
        if plain and strategy(union, {}) is Strategy.NATIVE:
            return union
        key = "#" + pointer
        if any(member == Ref(key) for member in union.members):
            key += "/type"  # one of several JSON types is the object that stands here
        description = "" if plain else str(schema.get("description", ""))
        self.declared[key] = Alias(key, name, union, self.document.origin(pointer), description=description)
        return Ref(key)

    def _all_of(self, schema: dict[str, Any], pointer: str, name: str) -> Type:
        plan = compose.plan(self.document, schema, pointer)
        if plan.same_as is not None and not (_is_component(pointer) and self._inherits(plan.same_as)):
            part, at = plan.same_as
            return self.type_of(part, at, name)
        if plan.same_as is not None:
            plan = compose.Plan(base=self.document.resolve(plan.same_as[0]["$ref"])[0])
        if plan.blocked_at is not None:
            self._diagnose(
                Level.WARNING,
                "unsupported-composition",
                f"`allOf` of parts that are not all objects: {name} is emitted as free-form JSON",
                plan.blocked_at,
                hint="give each part `type: object` or declare the combination as one schema",
            )
            return ANY
        base: str | None = None
        if plan.base is not None:
            self.reference(plan.base, last(plan.base))
            base = "#" + plan.base
        fields = tuple(
            self._field(wire, part, at, name, required=wire in plan.required)
            for wire, (part, at) in plan.properties.items()
        )
        extra = self.type_of(*plan.additional, f"{name}_value") if plan.additional else None
        return self._declare_struct(schema, pointer, name, fields, extra, base)

    def _inherits(self, part: compose.Part) -> bool:
        """True for a part that refers to a component with subtypes: a component that says no more is one of them."""
        schema, _ = part
        if not isinstance(schema, dict) or "$ref" not in schema:
            return False
        target, _ = self.document.resolve(schema["$ref"])
        return _is_component(target) and self._families.property_of(last(target)) is not None

    def _diagnose(self, level: Level, rule: str, message: str, pointer: str, hint: str | None = None) -> None:
        self.diagnostics.add(self.document.diagnose(level, rule, message, pointer, hint=hint))


def _is_component(pointer: str) -> bool:
    return pointer.startswith(COMPONENTS) and pointer.count("/") == COMPONENTS.count("/")


def _types(schema: Mapping[str, Any]) -> tuple[list[str], bool]:
    declared = schema.get("type")
    types = [declared] if isinstance(declared, str) else list(declared or ())
    nullable = schema.get("nullable") is True or "null" in types
    return [t for t in types if t != "null"] or (["null"] if types == ["null"] else []), nullable and types != ["null"]


def _is_nullable(schema: Json) -> bool:
    """Whether a declared struct or enumeration also admits null, which its class cannot say."""
    return isinstance(schema, dict) and (_types(schema)[1] or None in schema.get("enum", ()))


def _implied_type(schema: Mapping[str, Any]) -> str:
    if "properties" in schema or "additionalProperties" in schema:
        return "object"
    return "array" if "items" in schema else "any"


def _says_a_type(option: Json) -> bool:
    return not isinstance(option, dict) or bool(set(option) - {"required", "not", "description", "title"})


def _discriminator(schema: Mapping[str, Any]) -> Discriminator | None:
    node = schema.get("discriminator")
    if not isinstance(node, dict) or "propertyName" not in node:
        return None
    mapping = []
    for value, target in (node.get("mapping") or {}).items():
        key = target if str(target).startswith("#") else f"#{COMPONENTS}{escape(str(target))}"
        mapping.append((str(value), str(key)))
    mapped = {key for _, key in mapping}
    for option in schema.get("oneOf", schema.get("anyOf", ())):
        if isinstance(option, dict) and "$ref" in option and option["$ref"] not in mapped:
            mapping.append((last(option["$ref"]), option["$ref"]))
    return Discriminator(str(node["propertyName"]), tuple(mapping))
