"""A description as the toolkit read it beside VMware's bindings: each difference once, with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vcsdk.build.profile import ERROR_TYPES
from vcsdk.ir import (
    Alias,
    Api,
    Array,
    Enumeration,
    Field,
    In,
    Kind,
    Map,
    Nullable,
    Operation,
    Ref,
    Scalar,
    Struct,
    Type,
)

from tests.outside.bindings import Bound, added, fields_of, fold, types, unwrapped

# What a REST client sees of each: identifiers and URIs are text there, and so is everything that has no better form.
_SCALARS: dict[type[types.BindingType], set[Kind]] = {
    types.StringType: {Kind.STRING},
    types.IdType: {Kind.STRING},
    types.URIType: {Kind.STRING},
    types.IntegerType: {Kind.INTEGER},
    types.DoubleType: {Kind.NUMBER},
    types.BooleanType: {Kind.BOOLEAN},
    types.DateTimeType: {Kind.DATE_TIME},
    types.SecretType: {Kind.PASSWORD},
    types.BlobType: {Kind.BYTE, Kind.BINARY},
}
_OPEN = (types.OpaqueType, types.DynamicStructType, types.AnyErrorType)
# The older REST form: every path below the package, identifiers with a prefix.
_OLDER = re.compile(r"^/(?:rest/com/vmware|rest|api)(?=/)|(?<=/)id:(?=\{)")


@dataclass
class Comparison:
    """Walks both sides together.  `until` is the description's release: what came later is no difference."""

    api: Api
    until: tuple[int, ...] = ()
    compared: int = 0
    _seen: set[tuple[int, str]] = field(default_factory=set)

    def operation(self, theirs: Bound, ours: Operation) -> Iterator[str]:
        """What differs between an operation and its twin, types included."""
        self.compared += 1
        if theirs.method != ours.method:
            yield f"{theirs.id}: method {theirs.method} there, {ours.method} here"
        here = _OLDER.sub("", ours.path)
        if _spelt_alike(here) not in (_spelt_alike(theirs.path), _spelt_alike(_by_field(theirs))):
            yield f"{theirs.id}: path {theirs.path} there, {here} here"
        yield from self._constants(theirs, dict(ours.fixed_query))
        yield from self._input(theirs, ours)
        yield from self._output(theirs, ours)

    def errors(self, theirs: Bound, ours: Operation) -> Iterator[str]:
        """What differs between the errors of an operation and of its twin: their statuses, and what stands in them."""
        documented = {response.status: response for response in ours.responses if not response.status.startswith("2")}
        expected: dict[str, list[types.BindingType]] = {}
        for name, error in theirs.errors.items():
            status, _ = ERROR_TYPES[name.rpartition(".")[2].upper()]
            expected.setdefault(str(status), []).append(error)
        for status in sorted(documented.keys() | expected.keys()):
            if status not in documented:
                yield f"{theirs.id}: {status} missing here"
            elif status not in expected:
                yield f"{theirs.id}: {status} only here"
            for error in expected.get(status, ()) if status in documented else ():
                # Several errors of one status share a schema, which then has what is common to them.
                base = len(expected[status]) > 1
                type_ = documented[status].content[0].type
                yield from self.types(f"{theirs.id}!{status}", error, type_) if not base else self._common(error, type_)

    def _common(self, error: types.BindingType, type_: Type | None) -> Iterator[str]:
        here = self._plain(type_)
        there = unwrapped(error)[0]
        assert isinstance(here, Struct)
        names = {f.wire_name for f in here.fields} - set(fields_of(there))
        yield from (f"{there.name}.{name}: only here" for name in sorted(names))

    def _constants(self, theirs: Bound, ours: dict[str, str]) -> Iterator[str]:
        is_task = theirs.name.endswith("$task")
        if is_task != (ours.get("vmw-task") == "true"):
            yield f"{theirs.id}: vmw-task={ours.get('vmw-task')} here"
        action = ours.get("action", ours.get("~action"))
        # Most of the metadata leaves the action out; it is then the operation's name, where there is one.
        there = theirs.action or (action and theirs.name.removesuffix("$task").replace("_", "-"))
        if action != there:
            yield f"{theirs.id}: action {there} there, {action} here"

    def _input(self, theirs: Bound, ours: Operation) -> Iterator[str]:
        sent = {(p.location, fold(p.wire_name) if p.location is In.PATH else p.wire_name): p for p in ours.parameters}
        wraps = ours.path.startswith("/rest/")
        body = self._plain(ours.body.content[0].type) if ours.body is not None else None
        members = {f.wire_name: f for f in body.fields} if isinstance(body, Struct) else {}
        used: set[object] = set()
        rest = [name for name in theirs.fields if name not in theirs.places]
        for name, given in theirs.fields.items():
            there, optional = unwrapped(given)
            place = f"{theirs.id}({name})"
            location, wire = theirs.places.get(name, ("", name))
            if location == "path":
                keys = [(In.PATH, fold(wire)), (In.PATH, fold(name))]
            else:
                keys = [(In(location), wire)] if location else [(at, wire) for at in (In.QUERY, In.HEADER)]
            key = next((key for key in keys if key in sent), None)
            if key is not None:
                found = sent[key]
                used.add(key)
                yield from self._member(place, there, optional, found.type, found.required)
            elif name in members and (wraps or theirs.body != name):
                used.add(name)
                yield from self._member(place, there, optional, members[name].type, members[name].required)
            elif ours.body is not None and [n for n in rest if (In.QUERY, n) not in sent] == [name]:
                used |= set(members)
                used.add(None)
                yield from self._member(place, there, optional, ours.body.content[0].type, ours.body.required)
            elif isinstance(there, types.StructType) and ours.body is None:
                yield from self._spread(place, there, optional, sent, used)
            else:
                yield f"{place}: missing here"
        for at in [*sent, *members]:
            if at not in used:
                yield f"{theirs.id}: {at[1] if isinstance(at, tuple) else at} only here"

    def _spread(self, place: str, there: types.StructType, optional: bool, sent: dict, used: set) -> Iterator[str]:
        """A structure whose fields are parameters of the query, each for itself."""
        prefix = place.rpartition("(")[2].rstrip(")")
        for name, given in fields_of(there).items():
            inner, is_optional = unwrapped(given)
            at = next((key for key in ((In.QUERY, name), (In.QUERY, f"{prefix}.{name}")) if key in sent), None)
            if at is None:
                if not self._is_newer(there, name):
                    yield f"{place}.{name}: missing here"
                continue
            used.add(at)
            yield from self._member(f"{place}.{name}", inner, optional or is_optional, sent[at].type, sent[at].required)

    def _output(self, theirs: Bound, ours: Operation) -> Iterator[str]:
        success = ours.success
        type_ = success.content[0].type if success is not None and success.content else None
        place = f"{theirs.id}()"
        envelope = self._plain(type_) if ours.path.startswith("/rest/") else None
        if isinstance(envelope, Struct) and [f.wire_name for f in envelope.fields] == ["value"]:
            type_ = envelope.fields[0].type
        there, _ = unwrapped(theirs.output)
        if isinstance(there, types.VoidType) or type_ is None:
            if not isinstance(there, types.VoidType) or type_ is not None:
                yield f"{place}: {_word(there)} there, {'nothing' if type_ is None else _shown(type_)} here"
            return
        yield from self.types(place, there, type_)

    def _member(
        self, place: str, there: types.BindingType, optional: bool, type_: Type, required: bool
    ) -> Iterator[str]:
        if optional == required:
            words = ("optional there, required here", "required there, optional here")
            yield f"{place}: {words[not required]}"
        yield from self.types(place, there, type_)

    def types(self, place: str, there: types.BindingType, type_: Type | None) -> Iterator[str]:
        """What differs between two types, and below them."""
        here = self._plain(type_)
        there, _ = unwrapped(there)
        if isinstance(there, _OPEN):
            return
        if isinstance(there, types.EnumType) and isinstance(here, Enumeration):
            yield from self._enumeration(there, here)
        elif isinstance(there, types.StructType) and isinstance(here, Struct):
            if (id(there), here.key) not in self._seen:
                self._seen.add((id(there), here.key))
                yield from self._struct(there, here)
        elif isinstance(there, types.ListType | types.SetType) and isinstance(here, Array):
            if isinstance(there, types.SetType) != here.constraints.unique_items:
                yield f"{place}: {_word(there)} there, {'set' if here.constraints.unique_items else 'list'} here"
            yield from self.types(f"{place}[]", there.element_type, here.items)
        elif isinstance(there, types.MapType) and isinstance(here, Map):
            # The keys of JSON's objects are text, whatever they mean.
            yield from self.types(f"{place}{{key}}", there.key_type, here.keys) if here.keys is not None else ()
            yield from self.types(f"{place}{{}}", there.value_type, here.values)
        elif not (isinstance(here, Scalar) and here.kind in _SCALARS.get(type(there), ())):
            yield f"{place}: {_word(there)} there, {_shown(here)} here"

    def _struct(self, there: types.StructType, here: Struct) -> Iterator[str]:
        ours = {f.wire_name: f for f in self._fields(here)}
        for name, given in fields_of(there).items():
            inner, optional = unwrapped(given)
            place = f"{there.name}.{name}"
            if name in ours:
                yield from self._member(place, inner, optional, ours[name].type, ours[name].required)
            elif not (optional and self._is_newer(there, name)):
                yield f"{place}: missing here"
        yield from (f"{there.name}.{name}: only here" for name in ours if name not in fields_of(there))

    def _fields(self, struct: Struct) -> tuple[Field, ...]:
        base = self.api.schemas.get(struct.base) if struct.base else None
        return (*(self._fields(base) if isinstance(base, Struct) else ()), *struct.fields)

    def _enumeration(self, there: types.EnumType, here: Enumeration) -> Iterator[str]:
        ours = {str(member.value) for member in here.members}
        theirs = {str(value) for value in there.binding_class.get_values()}
        for value in sorted(theirs - ours):
            if not self._is_newer(there, value):
                yield f"{there.name}.{value}: missing here"
        yield from (f"{there.name}.{value}: only here" for value in sorted(ours - theirs))

    def _is_newer(self, type_: types.BindingType, name: str) -> bool:
        return bool(self.until) and added(type_, name) > self.until

    def _plain(self, type_: Type | None) -> object:
        """The declared schema, or the type without a name, that stands behind references."""
        while True:
            if isinstance(type_, Nullable):
                type_ = type_.type
            elif isinstance(type_, Ref):
                schema = self.api.schemas[type_.key]
                if not isinstance(schema, Alias):
                    return schema
                type_ = schema.type
            else:
                return type_


def _spelt_alike(path: str) -> str:
    """A path whose variables are told by their letters alone: the older form has `{library_id}` for `{libraryId}`."""
    return re.sub(r"\{[^}]*\}", lambda found: fold(found[0]), path)


def _by_field(theirs: Bound) -> str:
    """The path with the operation's own names for its variables, as the older form writes it."""
    path = theirs.path
    for name, (location, wire) in theirs.places.items():
        if location == "path":
            path = path.replace(f"{{{wire}}}", f"{{{name}}}")
    return path


def _word(there: types.BindingType) -> str:
    name = getattr(there, "name", None)
    return type(there).__name__.removesuffix("Type").lower() + (f" {name}" if name else "")


def _shown(here: object) -> str:
    if isinstance(here, Scalar):
        return here.kind.value
    return type(here).__name__.lower() + (f" {here.wire_name}" if isinstance(here, Struct | Enumeration) else "")
