"""What a release calls otherwise than a fresh start would, and taking single names over."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from vcsdk.ir import Api
from vcsdk.ir.requests import identity
from vcsdk.naming.keeping import kept
from vcsdk.naming.record import OperationNames, Record
from vcsdk.naming.recording import places


class Proposal(msgspec.Struct, frozen=True):
    """A name that was released, and what a fresh start would call the same thing.

    `kind` is "operation", "class", "argument", "field" or "member"; `of` is what the description calls it.  `released`
    and `fresh` are whole: the Python path of a method, a class with its module, an argument behind its method.
    """

    kind: str
    of: str
    released: str
    fresh: str


def proposals(fresh: Api, record: Record, ids: Mapping[str, str]) -> list[Proposal]:
    """Every released name that a fresh start would not give, sorted; `fresh` is named without the record."""
    found = kept(fresh, record, ids)
    told: list[Proposal] = []
    for operation in fresh.operations:
        known = found.operations.get(operation.key)
        if known is None:
            continue
        told.append(Proposal("operation", identity(operation), known.path, operation.python_path))
        where = places(operation)
        for a in operation.arguments:
            place = where.get((a.source, a.wire_name), (a.source, a.wire_name))
            name = known.arguments.get(place, a.name)
            told.append(Proposal("argument", a.wire_name, f"{known.path}.{name}", f"{known.path}.{a.name}"))
    for key, one in found.classes.items():
        schema = fresh.schemas[key]
        home = f"{schema.module}.{schema.name}"
        told.append(Proposal("class", schema.wire_name, f"{one.module}.{one.name}", home))
        named = {str(m.value): m.name for m in getattr(schema, "members", ())}
        for wire, member in one.members.items():
            told.append(Proposal("member", wire, f"{one.name}.{member}", f"{one.name}.{named.get(wire, member)}"))
        fields = {f.wire_name: f.name for f in getattr(schema, "fields", ())}
        for wire, field in one.fields.items():
            told.append(Proposal("field", wire, f"{one.name}.{field}", f"{one.name}.{fields.get(wire, field)}"))
    return sorted((each for each in told if each.released != each.fresh), key=lambda p: (p.kind, p.released))


class TakenError(ValueError):
    """A name that stands for something else in the record."""


def accept(record: Record, proposal: Proposal) -> Record:
    """The record with the fresh name in place of the released one.

    Raises:
        TakenError: Something else was released with that name.
    """
    if proposal.kind == "operation":
        return _with_path(record, proposal.released, proposal.fresh)
    if proposal.kind == "class":
        return _with_class(record, proposal.released.rpartition(".")[2], *proposal.fresh.rpartition(".")[::2])
    owner, _, old = proposal.released.rpartition(".")
    new = proposal.fresh.rpartition(".")[2]
    if proposal.kind == "argument":
        return _with_argument(record, owner, old, new)
    return _with_member(record, owner, old, new)


def _with_path(record: Record, old: str, new: str) -> Record:
    if any(new in _paths(one) for one in record.operations.values() if one.path != old):
        raise TakenError(new)
    changed = {
        at: replace(one, path=new, also=tuple(name for name in one.also if name != new.rpartition(".")[2]))
        if one.path == old
        else one
        for at, one in record.operations.items()
    }
    return replace(record, operations=changed)


def _paths(one: OperationNames) -> set[str]:
    resource = one.path.rpartition(".")[0]
    return {one.path, *(f"{resource}.{name}" for name in one.also)}


def _with_argument(record: Record, path: str, old: str, new: str) -> Record:
    operations = dict(record.operations)
    for at, one in operations.items():
        if one.path != path:
            continue
        if new in one.arguments.values():
            raise TakenError(new)
        names = {place: new if name == old else name for place, name in one.arguments.items()}
        operations[at] = replace(one, arguments=names)
    return replace(record, operations=operations)


def _with_member(record: Record, owner: str, old: str, new: str) -> Record:
    one = record.classes[owner]
    if new in {*one.fields.values(), *one.members.values()}:
        raise TakenError(new)
    fields, members = (
        {wire: new if name == old else name for wire, name in names.items()} for names in (one.fields, one.members)
    )
    return replace(record, classes={**record.classes, owner: replace(one, fields=fields, members=members)})


def _with_class(record: Record, old: str, module: str, new: str) -> Record:
    others = (one for name, one in record.classes.items() if name != old)
    if any(new == one.name or new in dict(one.also) for one in others):
        raise TakenError(new)
    record = _renamed(record, old, new)
    classes = {name: each for name, each in record.classes.items() if name != old}
    return replace(record, classes={**classes, new: replace(record.classes[old], name=new, module=module)})


def _renamed(record: Record, old: str, new: str) -> Record:
    def uses(found: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {slot: tuple(new if name == old else name for name in names) for slot, names in found.items()}

    operations = {at: replace(one, uses=uses(one.uses)) for at, one in record.operations.items()}
    whole_word = re.compile(rf"\b{re.escape(old)}\b(?!\()")
    classes = {
        name: replace(
            one,
            uses=uses(one.uses),
            base=new if one.base == old else one.base,
            type=whole_word.sub(new, one.type) if one.type else "",
        )
        for name, one in record.classes.items()
    }
    return replace(record, operations=operations, classes=classes)
