"""Schemas of the normalised document become types and declared schemas of the IR."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from vcsdk.build import enumerations
from vcsdk.build.binaries import Binaries
from vcsdk.build.compose import Part, TooDeepError, assertions, leaves, only_part, says_a_type, unwrapped
from vcsdk.build.composition import Composer
from vcsdk.build.conjunction import conjunction, types_of
from vcsdk.build.declaring import set_apart, undeclared
from vcsdk.build.markup import described
from vcsdk.build.narrowing import implied_type
from vcsdk.build.pairs import is_map_of_pairs
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
    Kind,
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
from vcsdk.ir.unions import Strategy, strategy
from vcsdk.load import Document
from vcsdk.load.pointer import escape, find, from_fragment, join, last

COMPONENTS = "/components/schemas/"
_NULL = Scalar(Kind.NULL)
_DEEPEST = 30  # schemas that are declared while another is; those behind are declared after it
_DECLARED = frozenset(("allOf", "oneOf", "anyOf", "properties"))
_OF_OBJECTS = frozenset(("patternProperties", "unevaluatedProperties", "if", "then", "else", "dependentSchemas"))


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
        self._open_objects: set[str] = set()
        self.depth = 0
        self.later: list[Callable[[], None]] = []
        self.binaries = Binaries(document)
        self._families = Families(document)
        self._composer = Composer(self)

    def declare_components(self) -> None:
        """Declare every schema under `components.schemas`, in document order."""
        for name in self.document.data.get("components", {}).get("schemas", {}):
            self.reference(COMPONENTS + escape(name), name)

    def reference(self, pointer: str, name: str) -> Type:
        """The type of the schema at `pointer`, declared under `name` if it is not yet."""
        key = "#" + pointer
        if key in self.declared or key in self._open:
            return Ref(key)
        self._open.add(key)
        if self.depth > _DEEPEST:
            self.later.append(partial(self._declare, pointer, name))
        else:
            self._declare(pointer, name)
            self._declare_the_rest()
        return Ref(key)

    def _declare(self, pointer: str, name: str) -> None:
        key = "#" + pointer
        schema = find(self.document.data, pointer)
        description = described(schema) if isinstance(schema, dict) else ""
        deprecated = isinstance(schema, dict) and schema.get("deprecated") is True
        type_ = self._inline(schema, pointer, name, named=True)
        if key not in self.declared:
            origin = self.document.origin(pointer)
            self.declared[key] = Alias(key, name, type_, origin, description=description, deprecated=deprecated)
        self._open.discard(key)

    def type_of(self, schema: Json, pointer: str, name: str) -> Type:
        """The type of a schema that stands at `pointer`; `name` is what an inline declaration would be called."""
        if isinstance(schema, dict) and "$ref" in schema and not self._has_neighbours(schema):
            target, node = self.document.resolve(schema["$ref"])
            if _is_component(target):
                type_ = self._family(last(target)) or self.reference(target, last(target))
            else:
                type_ = self.reference(target, name)
            nullable = schema.get("nullable") is True or self._is_nullable(node)
            return Nullable(type_) if nullable else type_
        if self.depth > _DEEPEST and isinstance(schema, dict) and not _DECLARED.isdisjoint(schema):
            type_ = self.reference(pointer, name)
            return Nullable(type_) if self._is_nullable(schema) else type_
        return self._inline(schema, pointer, name, named=False)

    def _has_neighbours(self, schema: Mapping[str, Any]) -> bool:
        """Whether keywords beside a `$ref` count: JSON Schema 2020-12 8.2.3.1; in 3.0 they do not."""
        return len(schema) > 1 and self.document.is_31 and assertions(schema) != {"$ref"}

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
        if "$ref" in schema and not self._has_neighbours(schema):
            self.depth += 1
            to = self.type_of(schema, pointer, name)
            self.depth -= 1
            return to
        for rule, keyword, message in unchecked(schema):
            self._diagnose(Level.NOTE, rule, message, join(pointer, keyword))
        types, nullable = types_of(schema)
        self.depth += 1
        if "allOf" in schema or "$ref" in schema:
            type_ = self._all_of(schema, pointer, name, named=named)
        elif "oneOf" in schema or "anyOf" in schema:
            type_ = self._one_of(schema, pointer, name, named=named)
        elif "const" in schema:
            type_ = enumerations.constant(*enumerations.as_typed([schema["const"]], types))
        elif "enum" in schema:
            type_, has_null = self.enumeration(schema, pointer, name, types)
            nullable = nullable or has_null
        elif len(types) > 1:
            members = tuple(self._single(schema, t, pointer, name) for t in types)
            union = Union(set_apart(self.declared, members, pointer, name) if named else members)
            type_ = union if named else self.under_a_name(union, schema, pointer, name)
        else:
            type_ = self._single(schema, types[0] if types else implied_type(schema), pointer, name)
        self.depth -= 1
        if self.depth == 0:
            self._declare_the_rest()
        return Nullable(type_) if nullable and type_ not in (ANY, _NULL) and not isinstance(type_, Nullable) else type_

    def _declare_the_rest(self) -> None:
        """Declare what was only named, because the stack was deep already when it was met."""
        while self.later and self.depth == 0:
            self.later.pop(0)()

    def _single(self, schema: dict[str, Any], json_type: str, pointer: str, name: str) -> Type:
        if json_type == "object":
            return self._object(schema, pointer, name)
        if json_type == "array":
            if self.profile == "vapi" and is_map_of_pairs(schema, self.document):
                return self._pairs(schema["items"]["properties"], join(pointer, "items", "properties"), name)
            if schema.get("prefixItems"):
                return Array(self._any_item(schema, pointer, name), constraints(schema))
            items = schema.get("items", True)
            return Array(self.type_of(items, join(pointer, "items"), f"{name}_item"), constraints(schema))
        binary = json_type in ("string", "any") and pointer in self.binaries.places
        return scalar(json_type, schema, binary=binary)

    def _any_item(self, schema: dict[str, Any], pointer: str, name: str) -> Type:
        """What any of the items can be where each position has a schema of its own (`prefixItems`)."""
        prefix, items = schema["prefixItems"], schema.get("items", {})
        ends = items in (False, {"not": {}}) or schema.get("maxItems", len(prefix) + 1) <= len(prefix)
        places = [(each, join(pointer, "prefixItems", str(index))) for index, each in enumerate(prefix)]
        places += [] if ends else [(items, join(pointer, "items"))]
        found = dict.fromkeys(self.type_of(each, at, f"{name}_{index + 1}") for index, (each, at) in enumerate(places))
        if ANY in found:
            return ANY
        if len(found) == 1:
            return next(iter(found))
        return self.under_a_name(Union(tuple(found)), {}, join(pointer, "prefixItems"), f"{name}_item")

    def _pairs(self, entry: Mapping[str, Json], pointer: str, name: str) -> Map:
        keys = self.type_of(entry["key"], join(pointer, "key"), f"{name}_key")
        return Map(self.type_of(entry["value"], join(pointer, "value"), f"{name}_value"), keys=keys)

    def _object(self, schema: dict[str, Any], pointer: str, name: str) -> Type:
        if not _OF_OBJECTS.isdisjoint(schema):
            named = "#" + pointer in self._open
            schema = {**schema, "type": "object"} if isinstance(schema.get("type"), list) else schema
            return self._composer.type_of([(schema, pointer)], pointer, name, schema, named=named)
        additional = schema.get("additionalProperties", True)
        if not schema.get("properties"):
            if "properties" in schema and additional is False:
                return self.declare_struct(schema, pointer, name, (), None, closed=True)
            values = self.type_of(additional, join(pointer, "additionalProperties"), f"{name}_value")
            values = values if isinstance(additional, dict) and additional else ANY
            return Map(values, constraints(schema), closed=additional is False)
        key = "#" + pointer
        if key in self._open_objects or isinstance(self.declared.get(key), Struct):
            return Ref(key)
        self._open_objects.add(key)
        fields = self.fields_of(schema, pointer, name)
        if "additionalProperties" not in schema:
            fields += undeclared(set(schema.get("required", ())) - set(schema["properties"]), self.document, pointer)
        extra: Type | None = None
        # Only what is said counts: where nothing is, further properties are a newer server's and ignored.
        if "additionalProperties" in schema and additional is not False:
            extra = self.type_of(additional, join(pointer, "additionalProperties"), f"{name}_value")
        return self.declare_struct(schema, pointer, name, fields, extra, closed=additional is False)

    def fields_of(self, schema: Mapping[str, Any], pointer: str, name: str) -> tuple[Field, ...]:
        """The fields that `properties` declares, required ones marked, in document order."""
        required = set(schema.get("required", ()))
        base = join(pointer, "properties")
        found = []
        for wire, value in schema.get("properties", {}).items():
            found.append(self.field(wire, value, join(base, wire), name, required=wire in required))
        return tuple(found)

    def field(self, wire: str, schema: Json, pointer: str, owner: str, *, required: bool) -> Field:
        """The field of a property of the struct that would be called `owner`."""
        node = schema if isinstance(schema, dict) else {}
        return Field(
            wire,
            self.type_of(schema, pointer, f"{owner}_{wire}"),
            required,
            self.document.origin(pointer),
            description=described(node),
            read_only=node.get("readOnly") is True,
            write_only=node.get("writeOnly") is True,
            deprecated=node.get("deprecated") is True,
            default=node.get("default", MISSING),
        )

    def declare_struct(
        self,
        schema: Mapping[str, Any],
        pointer: str,
        name: str,
        fields: tuple[Field, ...],
        additional: Type | None,
        base: str | None = None,
        *,
        closed: bool = False,
    ) -> Ref:
        """Declare a struct at `pointer`; `base` is the key of the one it inherits from.

        `closed`: it refuses properties beside its own.
        """
        key = "#" + pointer
        for wire in (one.wire_name for one in fields if not can_be_field(one.wire_name)):
            said = f"the property {wire!r} makes {name} a dict: a class cannot have it"
            self._diagnose(Level.NOTE, "plain-dict", said, pointer)
        self.declared[key] = Struct(
            key,
            name,
            fields,
            self.document.origin(pointer),
            description=described(schema),
            additional=additional,
            closed=closed,
            base=base,
            discriminator=self.discriminator(schema),
            deprecated=schema.get("deprecated") is True,
        )
        return Ref(key)

    def enumeration(self, schema: dict[str, Any], pointer: str, name: str, types: list[str]) -> tuple[Type, bool]:
        """The type of an `enum`, and whether null is among its values."""
        values = enumerations.distinct(enumerations.as_typed(schema["enum"], types))
        if not values:
            return _NULL, False
        kind = enumeration_kind(values, types)
        if kind is None:
            # A newer server may send others: what is known is which kinds of value there are.
            union = Union(enumerations.kinds_of(values))
            return (union if len(union.members) > 1 else union.members[0]), None in schema["enum"]
        key = "#" + pointer
        docs = schema.get("x-enum-descriptions", schema.get("x-enumDescriptions", {}))
        members = tuple(EnumMember(v, str(docs.get(v, "")) if isinstance(docs, dict) else "") for v in values)
        self.declared[key] = Enumeration(
            key,
            name,
            kind,
            members,
            self.document.origin(pointer),
            description=described(schema),
            deprecated=schema.get("deprecated") is True,
        )
        return Ref(key), None in schema["enum"]

    def _one_of(self, schema: dict[str, Any], pointer: str, name: str, *, named: bool) -> Type:
        keyword = "oneOf" if "oneOf" in schema else "anyOf"
        base = join(pointer, keyword)
        if (listed := enumerations.of_constants(schema, keyword)) is not None:
            type_, has_null = self.enumeration(listed, pointer, name, types_of(schema)[0])
            return Nullable(type_) if has_null else type_
        beside = {key: schema[key] for key in assertions(schema) if key != keyword}
        if beside and (beside != {"type": "object"} or not any(map(says_a_type, schema[keyword]))):
            return self._composer.type_of([(schema, pointer)], pointer, name, schema, named=named)
        if "discriminator" not in schema and (told := self._told_apart(schema[keyword])) is not None:
            schema = {**schema, "discriminator": told}
        members: list[Type] = []
        nullable = False
        for index, option in enumerate(schema[keyword]):
            if option == {"type": "null"}:
                nullable = True
                continue
            members.append(self.option(option, join(base, str(index)), name, index, told="discriminator" in schema))
        unique = tuple(dict.fromkeys(members))
        if not unique:
            return _NULL
        if len(unique) == 1 and not schema.get("discriminator"):
            type_ = unique[0]
        else:
            union = Union(unique, self.discriminator(schema))
            type_ = union if named else self.under_a_name(union, schema, pointer, name)
        return Nullable(type_) if nullable else type_

    def _told_apart(self, options: list[Json]) -> dict[str, Any] | None:
        """The discriminator of the base that all options inherit from, limited to them."""
        if len(options) < 2 or not all(isinstance(option, dict) and "$ref" in option for option in options):
            return None
        targets = [self.document.resolve(option["$ref"])[0] for option in options]
        if not all(map(_is_component, targets)):
            return None
        node = self._families.told_apart([last(target) for target in targets])
        if node is None:
            return None
        mapping = {value: to for value, to in (node.get("mapping") or {}).items() if _target_of(str(to)) in targets}
        return {"propertyName": node["propertyName"], "mapping": mapping}

    def option(self, option: Json, pointer: str, name: str, index: int, *, told: bool) -> Type:
        """A member of a union; where a discriminator tells members apart, a base among them is only itself."""
        if told and isinstance(option, dict) and "$ref" in option:
            target, _ = self.document.resolve(option["$ref"])
            if _is_component(target) and not self._has_neighbours(option):
                return self.reference(target, last(target))
        title = option.get("title") if isinstance(option, dict) else None
        return self.type_of(option, pointer, f"{name}_{title or index + 1}")

    def under_a_name(self, union: Union, schema: Mapping[str, Any], pointer: str, name: str) -> Type:
        """The union itself if it is one of scalars that JSON tells apart, else declared: only a name can be decoded."""
        plain = all(isinstance(member, (Scalar, Constant)) for member in union.members)
        if plain and strategy(union, {}) is Strategy.NATIVE:
            return union
        key = "#" + pointer
        if any(member == Ref(key) for member in union.members):
            key += "/type"  # one of several JSON types is the object that stands here
        description = "" if plain else described(schema)
        self.declared[key] = Alias(key, name, union, self.document.origin(pointer), description=description)
        return Ref(key)

    def _all_of(self, schema: dict[str, Any], pointer: str, name: str, *, named: bool) -> Type:
        parts: list[Part] = [
            unwrapped((part, join(pointer, "allOf", str(index)))) for index, part in enumerate(schema.get("allOf", ()))
        ]
        if "$ref" in schema:
            parts.insert(0, ({"$ref": schema["$ref"]}, join(pointer, "$ref")))
        own = {key: value for key, value in schema.items() if key not in ("allOf", "$ref")}
        only = only_part({**own, "allOf": [part for part, _ in parts]})
        if _is_component(pointer) and self._inherits(only):
            base = self.document.resolve(only["$ref"])[0]
            self.reference(base, last(base))
            return self.declare_struct(schema, pointer, name, (), None, "#" + base)
        return self._composer.type_of([*parts, (own, pointer)], pointer, name, schema, named=named)

    def _inherits(self, schema: Json) -> bool:
        """True for a schema that refers to a component with subtypes: a component that says no more is one of them."""
        if not isinstance(schema, dict) or "$ref" not in schema or self._has_neighbours(schema):
            return False
        target, _ = self.document.resolve(schema["$ref"])
        return _is_component(target) and self._families.property_of(last(target)) is not None

    def _is_nullable(self, schema: Json) -> bool:
        """Whether a declared struct or enumeration also admits null, which its class cannot say."""
        if not isinstance(schema, dict):
            return False
        if types_of(schema)[1]:
            return True
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema:
                listed = enumerations.of_constants(schema, keyword)
                return listed is not None and None in listed["enum"]
        if "allOf" not in schema:
            return None in schema.get("enum", ())
        try:
            whole = conjunction(leaves(self.document, [(schema, "")]).parts)
        except TooDeepError:
            return False
        return whole.nullable or None in (whole.values or ())

    def discriminator(self, schema: Mapping[str, Any]) -> Discriminator | None:
        """What tells the members of a union apart, where the description says."""
        node = schema.get("discriminator")
        if not isinstance(node, dict) or "propertyName" not in node:
            return None
        mapping = []
        for value, target in (node.get("mapping") or {}).items():
            mapping.append((str(value), f"#{_target_of(str(target))}"))
        mapped = {key for _, key in mapping}
        for option in schema.get("oneOf", schema.get("anyOf", ())):
            key = f"#{_target_of(str(option['$ref']))}" if isinstance(option, dict) and "$ref" in option else None
            if key is not None and key not in mapped:
                mapping.append((last(key), key))
        return Discriminator(str(node["propertyName"]), tuple(mapping))

    def _diagnose(self, level: Level, rule: str, message: str, pointer: str, hint: str | None = None) -> None:
        self.diagnostics.add(self.document.diagnose(level, rule, message, pointer, hint=hint))


def _is_component(pointer: str) -> bool:
    return pointer.startswith(COMPONENTS) and pointer.count("/") == COMPONENTS.count("/")


def _target_of(reference: str) -> str:
    """The pointer that the mapping of a discriminator means by a reference or a bare name."""
    return from_fragment(reference[1:]) if reference.startswith("#") else COMPONENTS + escape(reference)
