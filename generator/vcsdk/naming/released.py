"""What naming keeps of a release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from vcsdk.config.model import Config
from vcsdk.ir import ANY, Alias, Api, Operation, Ref, Schema, Struct, Type
from vcsdk.ir.recursion import references
from vcsdk.naming.enumerations import with_constants, with_enumerations, with_retired
from vcsdk.naming.keeping import Kept, kept
from vcsdk.naming.merging import merged
from vcsdk.naming.record import ClassNames, OperationNames, Record
from vcsdk.naming.recording import OTHER_NAME, is_component
from vcsdk.naming.schemas import class_wanted
from vcsdk.naming.shapes import equal
from vcsdk.naming.type_text import read


class Released(msgspec.Struct):
    """The names of a release beside an API whose description may have changed.

    `operations` and `classes` are the released names by key of what has them; `others` are further names of schemas,
    each with its module and the key of the schema.  `alone` are names of types that no schema is any more, each with
    its module.
    """

    api: Api
    record: Record
    operations: dict[str, OperationNames]
    classes: dict[str, ClassNames]
    others: dict[str, tuple[str, str]]
    renamed: frozenset[str]
    ids: Mapping[str, str]
    alone: Mapping[str, tuple[str, Type]] = {}

    @classmethod
    def of(cls, api: Api, record: Record, config: Config, ids: Mapping[str, str]) -> Released:
        """Find what was released again; schemas that are one class in the release become one."""
        if not record.operations and not record.classes:
            return cls(api, record, {}, {}, {}, frozenset(), ids)
        found = kept(api, record, ids)
        into = _joined(api, found)
        api = merged(_as_open(api, found.classes), into)
        others: dict[str, tuple[str, str]] = {}
        lost: dict[str, ClassNames] = {}
        for name, one in sorted(record.classes.items()):
            key = next((k for k, known in found.classes.items() if known.name == name), found.gone.get(name))
            key = key if key in api.schemas else into.get(key or "", key)
            if key is None:
                lost[name] = one
                continue
            if found.classes.get(key) is not one:
                others[name] = (one.module, key)
            others |= {other: (module, key) for other, module in one.also}
        classes = {key: one for key, one in found.classes.items() if key in api.schemas}
        owners = (found.operations, classes)
        api = with_constants(api, owners, {key for _, key in others.values()})
        api, opened = with_enumerations(api, lost, owners, OTHER_NAME)
        classes |= {key: lost.pop(name) for name, key in opened.items()}
        api = with_retired(api, classes)
        keys = {one.name: key for key, one in classes.items()} | {name: key for name, (_, key) in others.items()}
        alone = _alone(lost, keys)
        set_by_hand = {o.key for o in api.operations if (s := config.operations.get(o.operation_id)) and s.name}
        operations = {key: one for key, one in found.operations.items() if key not in set_by_hand}
        renamed = frozenset(
            key for key, one in classes.items() if is_component(key) and one.component != api.schemas[key].wire_name
        )
        return cls(api, record, operations, classes, others, renamed, ids, alone)

    def placed(self, operations: Iterable[Operation]) -> list[Operation]:
        """The operations under the paths that they were released with; what they would be called now beside it."""
        found = []
        for operation in operations:
            one = self.operations.get(operation.key)
            if one is None:
                found.append(operation)
                continue
            *resource, name = one.path.split(".")
            also = set(one.also)
            renamed = one.operation_id != self.ids.get(operation.operation_id, operation.operation_id)
            if renamed and tuple(resource) == operation.resource and operation.name != name:
                also.add(operation.name)
            found.append(replace(operation, resource=tuple(resource), name=name, also=tuple(sorted(also))))
        return self._without_taken(found)

    def _without_taken(self, operations: list[Operation]) -> list[Operation]:
        """The same, without other names that a method or a resource has."""
        paths = {o.python_path for o in operations if o.key in self.operations} | set(self.record.resources)
        told: set[str] = set()
        done = []
        for operation in operations:
            free = []
            for name in operation.also:
                path = ".".join((*operation.resource, name))
                if path not in paths and path not in told:
                    told.add(path)
                    free.append(name)
            done.append(replace(operation, also=tuple(free)) if operation.also else operation)
        return done

    def held_paths(self) -> dict[str, str]:
        """Paths that no new operation may have: of resources, of what is gone, and other names of methods."""
        held: dict[str, str] = {}
        for key, one in sorted(self.operations.items()):
            *resource, _ = one.path.split(".")
            for depth in range(1, len(resource) + 1):
                held.setdefault(".".join(resource[:depth]), key)
            held |= {".".join((*resource, name)): key for name in one.also}
        kept = {one.path for one in self.operations.values()}
        return held | {one.path: "" for one in self.record.operations.values() if one.path not in kept}

    def class_names(self) -> dict[str, str]:
        """The name of each schema that was released, by key."""
        return {key: one.name for key, one in self.classes.items()}

    def held_classes(self) -> dict[str, str]:
        """Names that no new schema may have because they stand for another one, with the key of that."""
        gone = dict.fromkeys(self.record.classes, "")
        return gone | {name: key for name, (_, key) in self.others.items()}

    def other_names(self, classes: Mapping[str, str]) -> dict[str, Schema]:
        """An alias for each further name of a schema, without its module; new names of renamed ones where free."""
        others = dict(self.others)
        taken = {*classes.values(), *others, *self.alone}
        for key in sorted(self.renamed):
            fresh = class_wanted(self.api.schemas[key])
            if fresh not in taken:
                taken.add(fresh)
                others[fresh] = (self.classes[key].module, key)
        found: dict[str, Schema] = {
            f"{OTHER_NAME}{name}": _another_name(name, self.api.schemas[key])
            for name, (_, key) in sorted(others.items())
        }
        origin = next((o.origin for o in self.api.operations), None)
        for name, (_, type_) in self.alone.items():
            if origin is not None:
                said = "Nothing in the description has this name any more."
                found[f"{OTHER_NAME}{name}"] = Alias(f"{OTHER_NAME}{name}", name, type_, origin, said, name=name)
        return found

    def modules(self, also: Mapping[str, Schema]) -> dict[str, str]:
        """The module of each schema that was released, by key."""
        found = {key: one.module for key, one in self.classes.items()}
        for key, alias in also.items():
            if alias.name in self.alone:
                module = self.alone[alias.name][0]
            else:
                module, target = self.others.get(alias.name, ("", next(references(_type(alias)))))
                module = module or found.get(target, "")
            if module:
                found[key] = module
        return found

    def members(self) -> dict[str, Mapping[str, str]]:
        """The names of properties or values, by key of the schema; those that it inherited included."""
        return {key: self._all_members(one) for key, one in self.classes.items()}

    def _all_members(self, one: ClassNames) -> dict[str, str]:
        found, seen = {**one.members, **one.fields}, {one.name}
        while one.base in self.record.classes and one.base not in seen:
            one = self.record.classes[one.base]
            seen.add(one.name)
            found = {**one.fields, **found}
        return found

    def where_they_were(self, schemas: Mapping[str, Schema]) -> dict[str, Schema]:
        """An alias in its old module for each class, or other name, that had to move."""
        homes = [(key, one.name, one.module) for key, one in sorted(self.classes.items())]
        homes += [(f"{OTHER_NAME}{name}", name, module) for name, (module, _) in sorted(self.others.items())]
        homes += [(f"{OTHER_NAME}{name}", name, module) for name, (module, _) in sorted(self.alone.items())]
        return {
            f"{OTHER_NAME}{module}/{name}": replace(_another_name(name, schemas[key]), module=module)
            for key, name, module in homes
            if module and key in schemas and schemas[key].module != module
        }


def other_names(also: Mapping[str, Schema]) -> dict[str, str]:
    """The names of aliases by key."""
    return {key: schema.name for key, schema in also.items()}


def _another_name(name: str, schema: Schema) -> Alias:
    said = f"Another name for `{schema.wire_name}`."
    return Alias(f"{OTHER_NAME}{name}", name, Ref(schema.key), schema.origin, description=said, name=name)


def _alone(lost: Mapping[str, ClassNames], keys: Mapping[str, str]) -> dict[str, tuple[str, Type]]:
    """The types that lost aliases stood for, by name and with their modules, as far as all in them is there."""
    found: dict[str, tuple[str, Type]] = {}
    known = dict(keys)
    rest = dict(lost)
    while rest:
        ready = {name: type_ for name, one in rest.items() if (type_ := read(one.type, known)) is not None}
        if not ready:
            break
        for name, type_ in ready.items():
            found[name] = (rest.pop(name).module, type_)
            known[name] = f"{OTHER_NAME}{name}"
    return found


def _type(schema: Schema) -> Type:
    return schema.type if isinstance(schema, Alias) else ANY


def _as_open(api: Api, classes: Mapping[str, ClassNames]) -> Api:
    """The API with further properties where a class had them, so that what reads them goes on to find none."""
    opened: dict[str, Schema] = {}
    for key, one in classes.items():
        schema = api.schemas[key]
        if one.more and isinstance(schema, Struct) and schema.additional is None:
            opened[key] = replace(schema, additional=ANY)
    return replace(api, schemas={**api.schemas, **opened}) if opened else api


def _joined(api: Api, found: Kept) -> dict[str, str]:
    """Schemas that stand where another class was released, with the schema of that class, if both say the same."""
    holders = {one.name: key for key, one in found.classes.items()}
    into: dict[str, str] = {}
    # What was another name for a class is so still.
    aliases = [(one.type, key) for key, one in found.classes.items() if one.kind == "ref"]
    for name, key in sorted((*found.places, *aliases)):
        holder = holders.get(name)
        if holder is None or _last(holder, into) == _last(key, into):
            continue
        if holder in _behind(key, api) or key in _behind(holder, api):
            continue
        for one, other in (equal(key, holder, api.schemas) or {}).items():
            first, second = _last(one, into), _last(other, into)
            if first != second:
                stays, goes = _in_order((first, second), found)
                into[goes] = stays
    return {key: _last(key, into) for key in into}


def _behind(key: str, api: Api) -> set[str]:
    """The schemas that one is another name for, itself included: it is what they are without being joined."""
    found = {key}
    schema = api.schemas[key]
    while isinstance(schema, Alias) and isinstance(schema.type, Ref) and schema.type.key not in found:
        found.add(schema.type.key)
        schema = api.schemas[schema.type.key]
    return found


def _last(key: str, into: Mapping[str, str]) -> str:
    while key in into:
        key = into[key]
    return key


def _in_order(pair: Sequence[str], found: Kept) -> list[str]:
    """Released ones first, by name; then components."""

    def rank(key: str) -> tuple[bool, str, bool, str]:
        one = found.classes.get(key)
        return (one is None, one.name if one is not None else "", not is_component(key), key)

    return sorted(pair, key=rank)
