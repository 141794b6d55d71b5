"""Resources in the shape of a description's schemas: one, a list of them, and the identifiers in both."""

from __future__ import annotations

import contextlib
import copy
import random
import uuid
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from vcsdk.copied.suite.lives import at, put
from vcsdk.instances.values import UnboundedError, Values
from vcsdk.ir import MISSING, Operation
from vcsdk.ir.enveloping import Inside, Place, in_value, is_flat, named_at, paired, said_at
from vcsdk.ir.identifying import identifying, plain_name
from vcsdk.simulator.answers import Answers
from vcsdk.simulator.kinds import Collection
from vcsdk.simulator.listing import Row, listing_of
from vcsdk.simulator.parameters import coerce
from vcsdk.simulator.properties import as_text, is_scalar, patched
from vcsdk.simulator.store import Item
from vcsdk.simulator.validation import Requests

_LINKS = ("href", "self")


class Representation:
    """Shows what the store has as the answers of operations; every value is valid where the schema can be kept."""

    def __init__(self, requests: Requests, answers: Answers, seed: int = 0, *, envelopes: bool = False) -> None:
        self._requests = requests
        self._schemas = requests.schemas
        self._answers = answers
        self._values = Values(self._schemas, seed)
        self._seed = seed
        self._envelopes = envelopes
        self._forms: dict[str, tuple[Place, Mapping[str, bool]]] = {}
        self._documented: dict[str, list[str]] = {}

    def schema(self, operation: Operation) -> Any:
        """The schema of the value that a JSON success carries, its envelope opened; None where there is none."""
        schema = self._answers.json_schema(operation)
        if schema is not None and operation.enveloped:
            return self._flat(schema)["properties"]["value"]
        return schema

    def properties(self, operation: Operation) -> Mapping[str, Any]:
        """The properties of that value."""
        schema = self.schema(operation)
        return self._flat(schema).get("properties", {}) if schema is not None else {}

    def enumerations(self, operation: Operation) -> dict[str, tuple[str, list[Any]]]:
        """The properties of that value that share an enumeration with others: its reference, and what it lists."""
        return self._enumerated(self.schema(operation))

    def _enumerated(self, schema: Any) -> dict[str, tuple[str, list[Any]]]:
        properties = self._flat(schema).get("properties", {}) if schema is not None else {}
        named = {name: _reference(member) for name, member in properties.items()}
        return {
            name: (reference, values)
            for name, reference in named.items()
            if reference is not None and (values := self._flat(properties[name]).get("enum"))
        }

    def stated(self, value: Any, schema: Any, item: Item) -> Any:
        """A value with the states that actions brought its item to."""
        if not item.states or not isinstance(value, dict):
            return value
        known = self._enumerated(schema).items()
        return {**value, **{name: item.states[key] for name, (key, _) in known if key in item.states}}

    def opened(self, operation: Operation, body: Any) -> Any:
        """The value in a body."""
        return body.get("value") if operation.enveloped and isinstance(body, dict) else body

    def closed(self, operation: Operation, value: Any) -> Any:
        """The value as it travels."""
        return {"value": value} if operation.enveloped else value

    def _flat(self, schema: Any) -> dict[str, Any]:
        return self._values.flatten(schema)

    def _parameter(self, operation: Operation, name: str) -> Mapping[str, Any]:
        declared = self._requests.declared(operation)
        return next((p for p in declared if p["name"] == name and p["in"] == "path"), {})

    def shows_members(self, operation: Operation, collection: Collection) -> bool:
        """Whether an answer shows a member of the collection the way the operations that show one do."""
        schema = self.schema(operation)
        if schema is None:
            return False
        shown = [other for reader in collection.shown_by if (other := self.schema(reader)) is not None]
        resolved = self._schemas.resolve(schema)
        return any(self._schemas.resolve(other) is resolved for other in shown)

    def alike(self, operation: Operation, other: Operation) -> bool:
        """Whether the answers of two operations have the same form."""
        mine, theirs = self.schema(operation), self.schema(other)
        return mine is not None and theirs is not None and self._schemas.resolve(mine) is self._schemas.resolve(theirs)

    def identifier(self, item: Item) -> Any:
        """A member's identifier as a JSON value."""
        user, parameter = item.collection.uses[0]
        schema = self._parameter(user, parameter.wire_name).get("schema", {})
        return coerce(self._schemas, schema, item.identifier)

    def makes_member(self, operation: Operation, collection: Collection) -> bool:
        """Whether the answer of a creating operation tells the new member's identifier, or needs not: the body does."""
        success = operation.success
        if success is None:
            return False
        if any(header.wire_name.lower() == "location" for header in success.headers):
            return True
        schema = self.schema(operation)
        if schema is None:
            body = self._body(operation) or {}
            return identifying(collection.parameter, self._specified(self._flat(body))) is not None
        flat = self._flat(schema)
        if is_scalar(flat):
            return True
        _, thing = self._named(collection, schema)
        return identifying(collection.parameter, thing.get("properties", {})) is not None

    def _specified(self, flat: Mapping[str, Any]) -> Mapping[str, Any]:
        """The properties that a body says of a resource, those of its only member included (`{"spec": …}`)."""
        properties: Mapping[str, Any] = flat.get("properties", {})
        inner = self._flat(next(iter(properties.values()))).get("properties") if len(properties) == 1 else None
        return inner or properties

    def documented(self, collection: Collection) -> list[str]:
        """The identifiers that a description shows: an enumeration, else the examples of its parameters."""
        if (known := self._documented.get(collection.key)) is not None:
            return known
        found = dict.fromkeys(self._from_parameters(collection)) or dict.fromkeys(self._from_answers(collection))
        for operation, parameter in collection.uses:
            schema = self._parameter(operation, parameter.wire_name).get("schema", {})
            if not any(self._fits(schema, name) for name in found):
                with contextlib.suppress(UnboundedError):
                    found[as_text(self._values.example(schema))] = None
        return self._documented.setdefault(collection.key, list(found))

    def _fits(self, schema: Any, identifier: str) -> bool:
        return self._schemas.accepts(schema, coerce(self._schemas, schema, identifier))

    def _from_parameters(self, collection: Collection) -> Iterator[str]:
        for operation, parameter in collection.uses:
            schema = self._parameter(operation, parameter.wire_name).get("schema", {})
            if options := self._flat(schema).get("enum"):
                yield from map(as_text, options)
            elif parameter.example is not MISSING and self._schemas.accepts(schema, parameter.example):
                yield as_text(parameter.example)

    def _from_answers(self, collection: Collection) -> Iterator[str]:
        """The identifiers in what the description alone would list."""
        user, parameter = collection.uses[0]
        wanted = self._parameter(user, parameter.wire_name).get("schema", {})
        for operation in collection.listed_by:
            schema = self.schema(operation)
            listing = listing_of(schema, self._flat, collection) if schema is not None else None
            if listing is None:
                continue
            with contextlib.suppress(UnboundedError):
                answer = self.opened(operation, self._answers.success(operation).body)
                for name, _ in listing.rows(answer):
                    if name and self._fits(wanted, name):
                        yield name

    def new_identifier(self, collection: Collection, operation: Operation, number: int) -> str:
        """One for the member of this number, in the form that parameter and answer ask for."""
        word = plain_name(collection.parameter)
        if word in ("id", "identifier", "key", "uuid"):
            word = collection.key.rpartition("/")[2] or word
        generator = random.Random(f"{self._seed} {number}")  # noqa: S311 - a simulator's identifiers
        unique = uuid.UUID(int=generator.getrandbits(128), version=4)
        user, parameter = collection.uses[0]
        schema = self._parameter(user, parameter.wire_name).get("schema", {})
        answer = self._identifier_schema(operation, collection)
        taken = set(self.documented(collection))
        for text in (
            f"{word}-{number}",
            str(unique),
            str(number + 1000),
            unique.hex,
            unique.hex[:8],
            f"{word}{number}",
        ):
            fits = self._fits(schema, text) and self._fits(answer, text)
            if fits and text not in taken:
                return text
        # A pattern: what is documented, with another end.
        for known in taken:
            for end in (f"{number:x}", str(number), f"{number:X}"):
                text = known[: -len(end)] + end if len(end) < len(known) else end
                if text not in taken and self._fits(schema, text) and self._fits(answer, text):
                    return text
        return next(iter(taken), unique.hex)

    def _identifier_schema(self, operation: Operation, collection: Collection) -> Any:
        schema = self.schema(operation)
        flat = self._flat(schema) if schema is not None else {}
        if is_scalar(flat):
            return schema
        _, thing = self._named(collection, schema)
        name = identifying(collection.parameter, thing.get("properties", {}))
        return thing["properties"][name] if name is not None else {}

    def chosen_identifier(self, collection: Collection, value: Mapping[str, Any]) -> str | None:
        """The one that a client gave the member in the body; None without one."""
        name = identifying(collection.parameter, value)
        chosen = value[name] if name is not None else None
        return (
            as_text(chosen) if isinstance(chosen, str | int) and not isinstance(chosen, bool) and chosen != "" else None
        )

    def one(self, item: Item, schema: Any, described: Any, link: str | None = None) -> Any:
        """An item as a value of the schema.  `described` is what the description alone would answer."""
        flat = self._flat(schema)
        if is_scalar(flat):
            return self._accepted(coerce(self._schemas, schema, item.identifier), schema, described)
        holder, inside = self._standing(item, schema)
        known = described if item.described else None
        said = put(known, inside, patched(at(known, inside), item.value)) if inside and item.value else item.value
        value = self._said(said, flat, schema, known)
        if isinstance(value, dict):
            value = self.stated(value, schema, item)
            thing = at(value, holder)
            if isinstance(thing, dict):
                form = self._schema_at(schema, holder)
                self._identify(thing, item, self._flat(form).get("properties", {}), form, link)
        return value

    def _inside(self, schema: Any) -> Inside:
        """What the schema has inside."""

        def inside(place: Place) -> Mapping[str, bool]:
            properties = self._flat(self._schema_at(schema, place)).get("properties", {})
            return {name: "properties" in self._flat(node) for name, node in properties.items()}

        return inside

    def _schema_at(self, schema: Any, place: Place) -> Any:
        for name in place:
            schema = self._flat(schema).get("properties", {}).get(name, {})
        return schema

    def _named(self, collection: Collection, schema: Any) -> tuple[Place, dict[str, Any]]:
        """Where an answer names a member of the collection, and the schema of what stands there."""
        place = named_at(collection.parameter, self._inside(schema)) if self._envelopes else ()
        return place, self._flat(self._schema_at(schema, place))

    def _standing(self, item: Item, schema: Any) -> tuple[Place, Place]:
        """Where an answer names an item, and where it shows what was said of it."""
        inside, names = self._form(item.collection)
        if not inside and is_flat(item.collection.parameter, self._inside(schema), names):
            return (), ()
        holder, thing = self._named(item.collection, schema)
        return holder, (*holder, *inside) if inside and inside[0] in thing.get("properties", {}) else holder

    def _form(self, collection: Collection) -> tuple[Place, Mapping[str, bool]]:
        """Where a member has, below its identifier, what is said of it; its names, and which can be objects."""
        if not self._envelopes:
            return (), {}
        if (known := self._forms.get(collection.key)) is not None:
            return known
        form: tuple[Place, Mapping[str, bool]] = ((), {})
        shown = next((schema for o in collection.shown_by if (schema := self.schema(o)) is not None), None)
        sent = next((body for o in collection.written_by if (body := self._body(o)) is not None), None)
        if shown is not None and sent is not None:
            inside = self._inside(shown)
            _, holder, values = paired(collection.parameter, self._inside(sent), inside)
            properties = self._flat(self._schema_at(shown, values)).get("properties", {})
            names = {name: not _is_plain(self._flat(node)) for name, node in properties.items()}
            form = values[len(holder) :], names
        return self._forms.setdefault(collection.key, form)

    def _body(self, operation: Operation) -> Any:
        """The schema of what an operation is sent; None where it has none."""
        _, content = self._requests.media(operation)
        return next((media["schema"] for media in content.values() if "schema" in media), None)

    def said(self, body: Any, collection: Collection) -> dict[str, Any]:
        """What a body says of a member: itself, or the one object in it that is about what readings show."""
        _, names = self._form(collection)
        place = said_at(in_value(body), names)
        if place is not None:
            return dict(at(body, place))
        whole = body if isinstance(body, dict) else {}
        shown = {name for reader in collection.shown_by for name in self.properties(reader)}
        inner = [part for part in whole.values() if isinstance(part, dict)]
        return dict(inner[0] if len(inner) == 1 and not shown.intersection(whole) else whole)

    def setting(self, written: Any, schema: Any, described: Any, *, whole: bool) -> Any:
        """What was written as a value of the schema; not the `whole`, it changes what is `described`."""
        if not isinstance(written, Mapping):
            return self._accepted(written, schema, described)
        return self._said(written, self._flat(schema), schema, None if whole else described)

    def _said(self, said: Mapping[str, Any], flat: Mapping[str, Any], schema: Any, described: Any) -> Any:
        """What a client said in the form of the schema, completed by what is described or, without, by the schema."""
        properties = flat.get("properties", {})
        known = {name: value for name, value in said.items() if not properties or name in properties}
        if not isinstance(described, dict):
            return self._answers.conform(known, schema)
        value = copy.copy(described)
        for name, member in known.items():
            self._set(value, name, self._answers.conform(member, properties.get(name, {})), schema)
        return value

    def _identify(
        self, value: dict[str, Any], item: Item, properties: Mapping[str, Any], schema: Any, link: Any
    ) -> None:
        name = identifying(item.collection.parameter, properties)
        if name is not None:
            self._set(value, name, coerce(self._schemas, properties[name], item.identifier), schema)
        if link is None:
            return
        for name in _LINKS:
            if name in properties and self._flat(properties[name]).get("type") == "string":
                self._set(value, name, link, schema)
        for name in ("_links", "links"):
            flat = self._flat(properties.get(name, {}))
            if "self" in flat.get("properties", {}):
                target = self._flat(flat["properties"]["self"])
                shown = {**value.get(name, {}), "self": {"href": link} if target.get("type") != "string" else link}
                self._set(value, name, shown, schema)

    def _set(self, value: dict[str, Any], name: str, member: Any, schema: Any) -> None:
        """Set a property, unless that makes a valid value an invalid one."""
        changed = {**value, name: member}
        if self._schemas.accepts(schema, changed) or not self._schemas.accepts(schema, value):
            value[name] = member

    def _accepted(self, value: Any, schema: Any, otherwise: Any) -> Any:
        return value if self._schemas.accepts(schema, value) else otherwise

    def many(
        self, items: list[Item], operation: Operation, collection: Collection, described: Any, links: Mapping[str, str]
    ) -> Any:
        """Items as a value of the operation's answer; `described` where that has no place for a list."""
        schema = self.schema(operation)
        listing = listing_of(schema, self._flat, collection)
        if listing is None or (listing.inside and not isinstance(described, dict)):
            return described
        rows = listing.rows(described)
        first = rows[0][1] if rows else None
        known = dict(rows)
        shown: list[Row] = []
        for item in items:
            name = item.identifier
            key = coerce(self._schemas, listing.key, name) if listing.key is not None else name
            shown.append((key, self.one(item, listing.member, known.get(name, first), links.get(name))))
        return self._accepted(listing.answer(shown, described), schema, described)


def _reference(schema: Any) -> str | None:
    """The schema that a property has by reference, be it beside a description of its own."""
    whole = schema.get("allOf") if isinstance(schema, dict) else None
    found = whole[0] if whole is not None and len(whole) == 1 else schema
    reference = found.get("$ref") if isinstance(found, dict) else None
    return reference if isinstance(reference, str) else None


def address(path: str, collection: Collection, identifier: str) -> str:
    """Where a member is, below the path of its collection."""
    if collection.prefix.startswith("("):
        text = identifier.replace("'", "''") if collection.prefix.endswith("'") else identifier
        return f"{path.rstrip('/')}{collection.prefix}{quote(text, safe='')}{collection.prefix[:0:-1]})"
    return f"{path.rstrip('/')}/{quote(collection.prefix)}{quote(identifier, safe='')}".replace("id%3A", "id:")


def _is_plain(flat: Mapping[str, Any]) -> bool:
    return is_scalar(flat) or flat.get("type") == "boolean"
