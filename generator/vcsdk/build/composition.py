"""Types of schemas that hold together: one type, or a union of which each member holds together with the rest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace

from vcsdk.build import compose
from vcsdk.build.compose import Leaves, Part, TooDeepError, bare, leaves, says_something, target
from vcsdk.build.conjunction import Conjunction, adds_nothing, conjunction
from vcsdk.build.declaring import Declares, set_apart, undeclared
from vcsdk.build.enumerations import constant
from vcsdk.build.markup import described
from vcsdk.build.narrowing import Narrowest
from vcsdk.build.scalars import scalar
from vcsdk.build.unchecked import unchecked
from vcsdk.diagnostics import Level
from vcsdk.ir import (
    ANY,
    MISSING,
    Alias,
    Array,
    Discriminator,
    Field,
    Json,
    Kind,
    Map,
    Nullable,
    Ref,
    Scalar,
    Type,
    Union,
)
from vcsdk.load.pointer import as_reference, join, last

_MOST_MEMBERS = 256  # that alternatives within alternatives may come to, beside a few for each of the outermost
_MOST_NESTED = 16
_LEVELS_OF_THE_REFUSED = 20  # that are still followed where a schema was too deep, for what else is to be found
_DEEPEST = 30  # compositions that are made while others are; those behind are made after them


class Composer:
    """Makes types of schemas that hold together, each set of schemas once."""

    def __init__(self, builder: Declares) -> None:
        self._to = builder
        self._document = builder.document
        self._open: dict[frozenset[tuple[str, bool, bool]], str] = {}
        self._wanted: set[str] = set()
        self._at: dict[str, Type] = {}
        self._members = 0
        self._most = _MOST_MEMBERS
        self._nested = 0
        self._levels = compose.MAX_LEVELS
        self._made: dict[frozenset[tuple[str, bool, bool]], Type] = {}
        self._apart = compose.Apart(self._document)

    def type_of(
        self,
        parts: Sequence[Part],
        pointer: str,
        name: str,
        about: dict[str, Any],
        *,
        named: bool,
        apart: bool = False,
        member_of: frozenset[str] = frozenset(),
    ) -> Type:
        """The type of `parts` together.

        Args:
            parts: The schemas, with their pointers.
            pointer: Where the whole stands; what is declared for it has that key.
            name: What a declaration would be called.
            about: The schema whose description and the like a declaration takes.
            named: Whether the whole is a component.
            apart: Whether the whole stands nowhere in the document.
            member_of: The wholes whose alternatives this one is among.
        """
        try:
            said = [part for part in parts if says_something(part[0])]
            if any(pointer in self._apart.leaves(part, self._levels).through for part in said if part[1] != pointer):
                # A part that holds the whole: all say the same, and none of them is what the others add to.
                said = list(leaves(self._document, said, self._levels).parts)
            said = self._needed(said)
            found = leaves(self._document, said, self._levels)
        except TooDeepError:
            self._refuse_depth(name, pointer)
            return ANY
        # A component that only wraps a schema of its own is that schema, under the component's name.
        if len(said) == 1 and ("$ref" in said[0][0] or (said[0][1] != pointer and not named)):
            return self._to.type_of(*said[0], name)
        identity = found.identity
        if not named and identity in self._open:
            self._wanted.add(self._open[identity])
            return Ref(self._open[identity])
        if apart and identity in self._made:
            return self._made[identity]
        if not named and pointer in self._at:
            return self._at[pointer]
        key = "#" + pointer
        members, nested = self._members, self._nested
        # A component within is as open as what holds it; what is open goes by the innermost.
        outer = self._open.get(identity)
        self._open[identity] = key
        self._to.depth += 1
        most = self._most
        self._members, self._nested = (members, nested + 1) if apart else (0, 0)
        found = replace(found, through=found.through | member_of | {pointer})
        type_ = self._together(said, found, pointer, name, about, named=named)
        self._members, self._nested = self._members if apart else members, nested
        self._most = self._most if apart else most
        self._to.depth -= 1
        del self._open[identity]
        if outer is not None:
            self._open[identity] = outer
        if key in self._wanted and key not in self._to.declared and not named:
            self._to.declared[key] = Alias(key, name, type_, self._document.origin(pointer))
            type_ = Ref(key)
        if apart and self._members <= self._most:
            self._made[identity] = type_
        if not named:
            self._at[pointer] = type_
        return type_

    def _leaves(self, parts: Sequence[Part], pointer: str) -> Leaves:
        """Leaves of what stands at `pointer`; none of what is too deep, and refused."""
        try:
            return leaves(self._document, parts, self._levels)
        except TooDeepError:
            self._refuse_depth(last(pointer), pointer)
            return Leaves((), frozenset(), frozenset())

    def _refuse_depth(self, name: str, pointer: str) -> None:
        if self._levels == compose.MAX_LEVELS:
            message = f"`{name}` leads through more than {compose.MAX_LEVELS} schemas, each composed of the next"
            self._diagnose(Level.ERROR, "too-deep", message, pointer)
        # The description is refused; each of a long chain would take its whole length again.
        self._levels = _LEVELS_OF_THE_REFUSED

    def _needed(self, parts: list[Part]) -> list[Part]:
        """The parts without those that others hold anyway: the same reference twice, a type that is said already."""
        kept = self._apart.widest(parts, self._levels)
        for one in list(kept):
            content = bare(one[0][0])
            if set(content) == {"type"} and len(kept) > 1:
                whole = conjunction([leaf for each in kept if each is not one for leaf in each[1].parts])
                types = whole.types if whole.types is not None else [whole.implied]
                if types == ([content["type"]] if isinstance(content["type"], str) else content["type"]):
                    kept.remove(one)
        return [part for part, _ in kept]

    def _together(
        self, said: list[Part], found: Leaves, pointer: str, name: str, about: dict[str, Any], *, named: bool
    ) -> Type:
        whole = conjunction(found.parts)
        for schema, at in found.parts:
            if at in found.written and at != pointer:
                for rule, keyword, message in unchecked(schema):
                    self._diagnose(Level.NOTE, rule, message, join(at, keyword))
        for at, keyword in whole.dropped:
            message = f"`{keyword}` beside another is not checked by the generated models"
            self._diagnose(Level.NOTE, "unchecked-keyword", message, join(at, keyword))
        choices = [choice for choice in whole.choices if self._is_a_choice(choice, found)]
        for schema, at, keyword in whole.choices:
            if not any(map(compose.says_a_type, schema[keyword])):
                message = f"`{keyword}` of what is required is not checked by the generated models"
                self._diagnose(Level.NOTE, "unchecked-keyword", message, join(at, keyword))
        if whole.contradiction is not None:
            return self._give_up(name, whole.contradiction, "parts that exclude each other")
        if choices:
            most = self._too_many(choices[0])
            if most is not None:
                why = f"alternatives that make more than {most} types"
                return self._give_up(name, choices[0][1], why) if most else ANY
            type_ = self._distributed(found, choices[0], pointer, name, about, named=named)
        else:
            type_ = self._plain(whole, said, pointer, name, about, named=named)
        return Nullable(type_) if whole.nullable and type_ != ANY and not isinstance(type_, Nullable) else type_

    def _too_many(self, choice: tuple[dict[str, Any], str, str]) -> int | None:
        """How many types alternatives may come to, where these would be more; 0 once that was told, else None."""
        options = len(choice[0][choice[2]])
        if self._nested == 0:
            self._most = _MOST_MEMBERS + 4 * options
        elif self._members > self._most:
            return 0
        else:
            self._members += self._most if self._nested > _MOST_NESTED else options
        return self._most if self._members > self._most else None

    def _is_a_choice(self, choice: tuple[dict[str, Any], str, str], found: Leaves) -> bool:
        """False where alternatives are not about types, or one takes part already, as in a member that refers back."""
        schema, _, keyword = choice
        targets = (target(self._document, option) for option in schema[keyword])
        if any(to is not None and to[0] in found.through for to in targets):
            return False
        return any(map(compose.says_a_type, schema[keyword]))

    def _plain(
        self, whole: Conjunction, said: list[Part], pointer: str, name: str, about: dict[str, Any], *, named: bool
    ) -> Type:
        types = whole.types if whole.types is not None else [whole.implied]
        if whole.const and not isinstance(whole.const[0], dict | list):
            return constant(whole.const[0])
        if whole.values is not None:
            node = {**about, "enum": whole.values, "x-enum-descriptions": whole.descriptions}
            type_, has_null = self._to.enumeration(node, pointer, name, whole.types or [])
            return Nullable(type_) if has_null else type_
        if len(types) > 1:
            members = tuple(self._single(whole, t, said, pointer, name, about) for t in types)
            union = Union(set_apart(self._to.declared, members, pointer, name) if named else members)
            return union if named else self._to.under_a_name(union, about, pointer, name)
        return self._single(whole, types[0], said, pointer, name, about)

    def _single(
        self, whole: Conjunction, json_type: str, said: list[Part], pointer: str, name: str, about: dict[str, Any]
    ) -> Type:
        if json_type == "object":
            return self._object(whole, said, pointer, name, about)
        if json_type == "array":
            items = self._of_parts(whole.items, join(pointer, "items"), f"{name}_item")
            return Array(ANY if whole.by_position else items, whole.constraints)
        node = {} if whole.format is None else {"format": whole.format}
        node |= {} if whole.encoding is None else {"contentEncoding": whole.encoding}
        binary = json_type in ("string", "any") and not self._to.binaries.places.isdisjoint(whole.places)
        return replace(scalar(json_type, node, binary=binary), constraints=whole.constraints)

    def _object(self, whole: Conjunction, said: list[Part], pointer: str, name: str, about: dict[str, Any]) -> Type:
        further = self._further(whole, pointer, f"{name}_value")
        base, properties = self._base(whole, said, pointer)
        if base is None and not properties:
            closed = whole.is_closed and further is None
            return Map(further if further is not None else ANY, whole.constraints, closed=closed)
        if base is not None:
            self._to.reference(base, last(base))
        for home in dict.fromkeys(compose.component_of(at) for parts in properties.values() for _, at in parts):
            # What is declared inside another component is called after that one.
            if home is not None and home != pointer:
                self._to.reference(home, last(home))
        fields = tuple(
            [self._field(wire, parts, pointer, name, wire in whole.required) for wire, parts in properties.items()]
        )
        fields += undeclared(whole.undeclared - self._undeclared_of(base), self._document, pointer)
        base_key = None if base is None else "#" + base
        closed = whole.is_closed and further is None
        return self._to.declare_struct(about, pointer, name, fields, further, base_key, closed=closed)

    def _undeclared_of(self, base: str | None) -> set[str]:
        return conjunction(self._leaves([({"$ref": as_reference(base)}, "")], base).parts).undeclared if base else set()

    def _further(self, whole: Conjunction, pointer: str, name: str) -> Type | None:
        """The type of properties beside the known ones; None where nothing is said of such."""
        if not whole.is_open and not whole.patterns:
            return None
        said = bool(whole.further)
        if not said and (whole.is_open or not whole.is_closed):
            return ANY
        members = [self._to.type_of(schema, at, name) for schema, at in whole.patterns]
        if said:
            members.append(self._of_parts(whole.further, join(pointer, "additionalProperties"), name))
        unique = tuple(dict.fromkeys(members))
        if ANY in unique:
            return ANY
        if len(unique) == 1:
            return unique[0]
        return self._to.under_a_name(Union(unique), {}, join(pointer, "patternProperties"), name)

    def _field(self, wire: str, parts: list[Part], pointer: str, owner: str, required: bool) -> Field:
        if len(parts) == 1:
            return self._to.field(wire, *parts[0], owner, required=required)
        at = join(pointer, "properties", wire)
        nodes = [schema for schema, _ in parts if isinstance(schema, dict)]
        return Field(
            wire,
            self._of_parts(parts, at, f"{owner}_{wire}"),
            required,
            self._document.origin(parts[-1][1]),
            description=next((described(n) for n in reversed(nodes) if n.get("description")), ""),
            read_only=any(node.get("readOnly") is True for node in nodes),
            write_only=any(node.get("writeOnly") is True for node in nodes),
            deprecated=any(node.get("deprecated") is True for node in nodes),
            default=next((node["default"] for node in reversed(nodes) if "default" in node), MISSING),
        )

    def _of_parts(self, parts: list[Part], pointer: str, name: str) -> Type:
        """The type of schemas of different places that hold for one value."""
        kept = Narrowest()
        for part in parts:
            kept.add(part)
        said = list(kept)
        if len(said) <= 1:
            return self._to.type_of(*said[0], name) if said else ANY
        if all(at != pointer for _, at in said):
            self._document.added(pointer, self._document.origin(said[-1][1]))
        about = next((s for s, _ in reversed(said) if isinstance(s, dict) and s.get("description")), {})
        if self._to.depth <= _DEEPEST:
            return self.type_of(said, pointer, name, about, named=False, apart=True)
        found = self._leaves(said, pointer)
        if found.identity in self._open or found.identity in self._made:
            return self.type_of(said, pointer, name, about, named=False, apart=True)
        self._made[found.identity] = Ref("#" + pointer)
        self._to.later.append(partial(self._declare, said, pointer, name, about))
        type_ = Ref("#" + pointer)
        return Nullable(type_) if conjunction(found.parts).nullable else type_

    def _declare(self, said: list[Part], pointer: str, name: str, about: dict[str, Any]) -> None:
        key = "#" + pointer
        self._made.pop(self._leaves(said, pointer).identity, None)
        type_ = self.type_of(said, pointer, name, about, named=False, apart=True)
        if key not in self._to.declared:
            self._to.declared[key] = Alias(key, name, type_, self._document.origin(pointer))

    def _base(self, whole: Conjunction, said: list[Part], pointer: str) -> tuple[str | None, dict[str, list[Part]]]:
        """The component to inherit from, and the properties that are left to declare.

        There is one where exactly one part refers to a component and the others leave its properties as they are.
        """
        own = whole.properties
        found = [to for part, _ in said if (to := target(self._document, part)) is not None]
        if len(found) != 1:
            return None, own
        base = compose.base_of(self._document, found[0][0])
        if compose.component_of(base) != base or base == pointer:
            return None, own
        above = self._leaves([({"$ref": as_reference(base)}, "")], base)
        inherited = conjunction(above.parts)
        rest = [part for part in said if target(self._document, part[0]) is None]
        beside = self._leaves(rest, pointer)
        added = conjunction(beside.parts)
        if not inherited.properties or (inherited.types or ["object"]) != ["object"] or pointer in above.through:
            return None, own
        if inherited.values is not None or any(self._is_a_choice(choice, above) for choice in inherited.choices):
            return None, own
        # What the base asks for without declaring it is a field of its class, too.
        if set(added.properties) & (set(inherited.properties) | inherited.undeclared):
            return None, own
        if (added.required - inherited.required) & set(inherited.properties):
            return None, own
        return base, added.properties

    def _distributed(
        self,
        found: Leaves,
        choice: tuple[dict[str, Any], str, str],
        pointer: str,
        name: str,
        about: dict[str, Any],
        *,
        named: bool,
    ) -> Type:
        """A union: each alternative holds together with all that is said beside it."""
        schema, at, keyword = choice
        rest = [(compose.without(s, keyword), p) if p == at else (s, p) for s, p in found.parts]
        rest = [part for part in rest if says_something(part[0])]
        outer = conjunction(self._leaves(rest, pointer).parts)
        discriminator = self._discriminator(found, choice)
        members: list[Type] = []
        moved: dict[str, str] = {}
        nullable = False
        for index, option in enumerate(schema[keyword]):
            place = join(at, keyword, str(index))
            if option == {"type": "null"}:
                nullable = True
                continue
            if self._says_nothing_new(outer, rest, option, place):
                members.append(self._to.option(option, place, name, index, told=discriminator is not None))
                continue
            both = [*rest, (option, place)]
            if conjunction(self._leaves(both, pointer).parts).contradiction is not None:
                continue
            to = target(self._document, option)
            title = last(to[0]) if to is not None else option.get("title") if isinstance(option, dict) else None
            key = join(pointer, keyword, str(index))
            if key != place:
                self._document.added(key, self._document.origin(place))
            text = to[1] if to is not None and isinstance(to[1], dict) else option
            label = f"{name}_{title or index + 1}"
            about_it = text if isinstance(text, dict) else {}
            above = found.through
            member = self.type_of(both, key, label, about_it, named=False, apart=True, member_of=above)
            if self._members > self._most:
                return ANY
            members.append(member)
            if to is not None and isinstance(member, Ref):
                moved["#" + to[0]] = member.key
        unique = tuple(dict.fromkeys(members))
        if not unique:
            return Scalar(Kind.NULL) if nullable else self._give_up(name, at, "parts that exclude each other")
        if len(unique) == 1:
            type_ = unique[0]
        else:
            if discriminator is not None:
                mapping = tuple((value, moved.get(to_key, to_key)) for value, to_key in discriminator.mapping)
                discriminator = Discriminator(discriminator.property, mapping)
            union = Union(unique, discriminator)
            type_ = union if named else self._to.under_a_name(union, about, pointer, name)
        return Nullable(type_) if nullable else type_

    def _discriminator(self, found: Leaves, choice: tuple[dict[str, Any], str, str]) -> Discriminator | None:
        """What tells the alternatives apart: their own discriminator, or that of a schema that all of them extend."""
        schema, at, keyword = choice
        if "discriminator" in schema:
            return self._to.discriminator(schema)
        targets = [target(self._document, option) for option in schema[keyword] if option != {"type": "null"}]
        above = [self._leaves([({"$ref": as_reference(to[0])}, "")], to[0]).through for to in targets if to is not None]
        for leaf, place in found.parts:
            if "discriminator" not in leaf or place == at or len(above) != len(targets):
                continue
            told = self._to.discriminator({"discriminator": leaf["discriminator"], keyword: schema[keyword]})
            if told is not None and all(place in through for through in above):
                known = {"#" + to[0] for to in targets if to is not None}
                return Discriminator(told.property, tuple(pair for pair in told.mapping if pair[1] in known))
        return None

    def _says_nothing_new(self, outer: Conjunction, rest: list[Part], option: Json, place: str) -> bool:
        """Whether an alternative says by itself all that is said beside it."""
        alone = self._leaves([(option, place)], place)
        if all(at in alone.through for _, at in rest):
            return True
        return adds_nothing(outer, conjunction(alone.parts))

    def _give_up(self, name: str, pointer: str, why: str) -> Type:
        self._diagnose(
            Level.WARNING,
            "unsupported-composition",
            f"`allOf` of {why}: {name} is emitted as free-form JSON",
            pointer,
            hint="declare the combination as one schema",
        )
        return ANY

    def _diagnose(self, level: Level, rule: str, message: str, pointer: str, hint: str | None = None) -> None:
        self._to.diagnostics.add(self._document.diagnose(level, rule, message, pointer, hint=hint))
