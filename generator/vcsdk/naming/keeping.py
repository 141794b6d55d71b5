"""Finds what was released again in an API whose description changed."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence

import msgspec

from vcsdk.ir import Api, Enumeration, Operation, Schema, Struct, Webhook
from vcsdk.ir.finite import all_fields
from vcsdk.ir.requests import Key, paired, request_key
from vcsdk.naming.record import ClassNames, OperationNames, Record
from vcsdk.naming.recording import is_component, kind_of, uses_of
from vcsdk.naming.schemas import class_wanted
from vcsdk.naming.shapes import shapes

_ALIKE = 0.5
"""Of all properties or values of two schemas, the part that both have, from which on one may be the other renamed."""
_MOST_PAIRS = 2500
"""As many classes times schemas at one place are compared each with each: unions of fifty."""


Uses = Mapping[str, Sequence[str]]
_Owners = deque[tuple[Uses, Operation | Schema | Webhook]]
"""What was found again, with the classes that stood in it."""


class Kept(msgspec.Struct):
    """The released names by key of what has them now.

    `places` are the released classes with the schemas that stand where they stood, `gone` those classes that are none
    of the schemas, with one that says the same, if any.
    """

    operations: dict[str, OperationNames] = {}
    classes: dict[str, ClassNames] = {}
    places: list[tuple[str, str]] = []
    gone: dict[str, str | None] = {}


def kept(api: Api, record: Record, ids: Mapping[str, str]) -> Kept:
    """Which operation and schema of an API is which of a record.

    Args:
        api: Without Python names, or with any.
        record: What was released.
        ids: The operationIds that the description has, where a repair made others.
    """
    found = Kept(_operations(api, record, ids), {}, [], {})
    _Classes(api, record, found).find()
    return found


def _operations(api: Api, record: Record, ids: Mapping[str, str]) -> dict[str, OperationNames]:
    names = {str(number): one for number, one in enumerate(record.operations.values())}
    before = {name: (one.key, one.operation_id) for name, one in names.items()}
    best: dict[str, str] = {}
    for prefix in dict.fromkeys(("", api.prefix)):
        after = {o.key: (request_key(o, prefix), ids.get(o.operation_id, o.operation_id)) for o in api.operations}
        pairs = paired(before, after)
        best = pairs if len(pairs) > len(best) else best
        if len(pairs) == len(before):
            break
    if not best and (start := _longer(api, before)) is not None:
        after = {
            o.key: (_without(start, request_key(o)), ids.get(o.operation_id, o.operation_id)) for o in api.operations
        }
        best = paired(before, after)
    return {key: names[name] for key, name in (best | _moved(api, before, best, ids)).items()}


def _longer(api: Api, before: Mapping[str, tuple[Key, str]]) -> str | None:
    """What stands before the old paths in most of the new ones, where none is as it was: the server's path did."""
    known = {key[:2] for key, _ in before.values()}
    found: Counter[str] = Counter()
    for operation in api.operations:
        method, path, _ = request_key(operation)
        places = [at for at, sign in enumerate(path) if sign == "/" and at]
        found.update(path[:at] for at in places if (method, path[at:]) in known)
    return min(found, key=lambda start: (-found[start], start), default=None)


def _without(start: str, key: Key) -> Key:
    return (key[0], key[1].removeprefix(start), key[2]) if key[1].startswith(f"{start}/") else key


def _moved(
    api: Api, before: Mapping[str, tuple[Key, str]], pairs: Mapping[str, str], ids: Mapping[str, str]
) -> dict[str, str]:
    """Operations that go to another path now: those of one id and method, of which nothing else has either."""
    left: dict[tuple[str, str], list[str]] = {}
    for name, (key, id_) in before.items():
        left.setdefault((key[0], id_), []).append(name)
    come: dict[tuple[str, str], list[str]] = {}
    for o in api.operations:
        come.setdefault((o.method, ids.get(o.operation_id, o.operation_id)), []).append(o.key)
    met = set(pairs.values())
    return {
        keys[0]: left[what][0]
        for what, keys in come.items()
        if len(keys) == len(left.get(what, ())) == 1 and keys[0] not in pairs and left[what][0] not in met
    }


class _Classes:
    """Finds classes again: by component, then by the places of what is found already, then by shape."""

    def __init__(self, api: Api, record: Record, found: Kept) -> None:
        self._api = api
        self._record = record
        self._found = found
        self._taken: set[str] = set()
        self._shapes: dict[str, str] = {}

    def find(self) -> None:
        """Fill what was found."""
        components = {one.component: one for one in self._record.classes.values() if one.component is not None}
        owners: _Owners = deque()
        for operation in self._api.operations:
            if (known := self._found.operations.get(operation.key)) is not None:
                owners.append((known.uses, operation))
        for hook in self._api.webhooks:
            if (made := self._record.webhooks.get((hook.wire_name, hook.method))) is not None:
                owners.append((made.uses, hook))
        held = {
            key: one
            for key, schema in self._api.schemas.items()
            if is_component(key) and (one := components.get(schema.wire_name)) is not None
        }
        for key, one in self._with_exchanged(held).items():
            self._take(one, key)
            owners.append((one.uses, self._api.schemas[key]))
        places: list[tuple[str, str]] = []
        met: list[tuple[Uses, Uses]] = []
        self._follow(owners, places, met)
        owners += [(one.uses, self._api.schemas[key]) for one, key in self._find_by_shape()]
        self._follow(owners, places, met)
        self._found.places = [pair for sides in met for pair in self._replaced(*sides)]
        self._settle_gone(places)

    def _follow(self, owners: _Owners, places: list[tuple[str, str]], met: list[tuple[Uses, Uses]]) -> None:
        """From what was found to what stands in it: what says the same first, then what is like it."""
        while owners:
            while owners:
                uses, part = owners.popleft()
                met.append((uses, uses_of(part, self._api.schemas)))
                for name, key in self._standing(*met[-1]):
                    places.append((name, key))
                    if self._is_open(name, key) and self._same(name, key):
                        owners.append((self._take(self._record.classes[name], key).uses, self._api.schemas[key]))
            likely = next((pair for pair in sorted(set(places)) if self._is_open(*pair) and self._alike(*pair)), None)
            if likely is not None:
                name, key = likely
                owners.append((self._take(self._record.classes[name], key).uses, self._api.schemas[key]))

    def _with_exchanged(self, held: Mapping[str, ClassNames]) -> dict[str, ClassNames]:
        """Components by name, but for those that say what another name said: names that went round are no names."""
        other = {k: one for k, one in held.items() if self._words_of(one) != self._words_in(self._api.schemas[k])}
        if len(other) < 2:
            return dict(held)
        self._shapes = self._shapes or shapes(self._api.schemas)
        before: dict[str, list[ClassNames]] = {}
        now: dict[str, list[str]] = {}
        for key, one in other.items():
            before.setdefault(one.shape, []).append(one)
            now.setdefault(self._shapes[key], []).append(key)
        moved = {now[shape][0]: ones[0] for shape, ones in before.items() if len(ones) == len(now.get(shape, ())) == 1}
        gone = {one.name for one in moved.values()}
        return {key: one for key, one in held.items() if key not in moved and one.name not in gone} | moved

    def _take(self, one: ClassNames, key: str) -> ClassNames:
        self._taken.add(one.name)
        self._found.classes[key] = one
        return one

    def _is_open(self, name: str, key: str) -> bool:
        return name in self._record.classes and name not in self._taken and key not in self._found.classes

    def _standing(self, uses: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """Classes that are not found yet and the schemas at the same places: in the same turn, then each with each.

        Where that would be very many, those that say the same.
        """
        pairs: list[tuple[str, str]] = []
        for slot in sorted(uses.keys() & now.keys()):
            names, keys = uses[slot], now[slot]
            left = [name for name in names if name in self._record.classes and name not in self._taken]
            if left and len(names) == len(keys):
                pairs += (pair for pair in zip(names, keys, strict=True) if pair[0] in left)
            many = len(left) * len(keys) > _MOST_PAIRS
            pairs += [(name, key) for name in left for key in keys if not many or self._same(name, key)]
        return list(dict.fromkeys(pairs))

    def _replaced(self, uses: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """Of these, those whose class stands at its place no longer, with what stood nowhere there before."""
        found: list[tuple[str, str]] = []
        for slot in sorted(uses.keys() & now.keys()):
            known = {key: one.name for key in now[slot] if (one := self._found.classes.get(key)) is not None}
            names = [name for name in uses[slot] if name not in known.values()]
            keys = [key for key in now[slot] if known.get(key) not in uses[slot]]
            if len(names) == len(keys):
                found += zip(names, keys, strict=True)
            # One content type of several can say in place what the others refer to.
            inline = [key for key in keys if key not in known and not is_component(key)]
            found += [
                (name, key) for key in inline for name in uses[slot] if name in known.values() and self._same(name, key)
            ]
        return found

    def _same(self, name: str, key: str) -> bool:
        """Whether a schema says what the released one said."""
        if not self._shapes:
            self._shapes = shapes(self._api.schemas)
        return self._record.classes[name].shape == self._shapes[key]

    def _alike(self, name: str, key: str) -> bool:
        """Whether the schema at a released one's place may be that one, changed."""
        one, schema = self._record.classes[name], self._api.schemas[key]
        if one.kind != kind_of(schema):
            return False
        before, now = self._words_of(one), self._words_in(schema)
        if one.component is None and not is_component(key):
            # What stands inside of something is known by its place alone.
            return True
        return bool(before & now) and len(before & now) >= _ALIKE * len(before | now)

    def _words_of(self, one: ClassNames) -> set[str]:
        """The properties that a released class had, or its values."""
        words, seen = {*one.fields, *one.members}, {one.name}
        while one.base in self._record.classes and one.base not in seen:
            one = self._record.classes[one.base]
            seen.add(one.name)
            words |= one.fields.keys()
        return words or {one.kind}

    def _words_in(self, schema: Schema) -> set[str]:
        if isinstance(schema, Struct):
            return {field.wire_name for field in all_fields(schema, self._api.schemas)} or {"struct"}
        if isinstance(schema, Enumeration):
            return {str(member.value) for member in schema.members}
        return {kind_of(schema)}

    def _find_by_shape(self) -> list[tuple[ClassNames, str]]:
        """What nothing that was found again uses: one released class and one schema of a shape that no other has."""
        taken: list[tuple[ClassNames, str]] = []
        left: dict[str, list[str]] = {}
        for name, one in self._record.classes.items():
            if name not in self._taken:
                left.setdefault(one.shape, []).append(name)
        if not left:
            return taken
        self._shapes = self._shapes or shapes(self._api.schemas)
        fresh: dict[str, list[str]] = {}
        for key, shape in self._shapes.items():
            if key not in self._found.classes:
                fresh.setdefault(shape, []).append(key)
        for shape, names in sorted(left.items()):
            keys = fresh.get(shape, [])
            if len(names) == len(keys) == 1 and self._record.classes[names[0]].component is not None:
                taken.append((self._take(self._record.classes[names[0]], keys[0]), keys[0]))
        return taken

    def _settle_gone(self, places: Sequence[tuple[str, str]]) -> None:
        """For each class that is gone the schema that says the same: at its place, else of its name, else any."""
        left = [name for name in self._record.classes if name not in self._taken]
        if not left:
            return
        self._shapes = self._shapes or shapes(self._api.schemas)
        standing: dict[str, list[str]] = {}
        for key, shape in self._shapes.items():
            standing.setdefault(shape, []).append(key)
        now: dict[str, list[str]] = {}
        for name, key in places:
            now.setdefault(name, []).append(key)
        # What a component was nothing but another name for, where that component is it itself now.
        whole = {used: key for key, one in self._found.classes.items() for used in one.uses.get("", ())}
        for name in self._users_first(left):
            equal = standing.get(self._record.classes[name].shape, [])
            here = [key for key in now.get(name, ()) if key in equal]
            namesakes = [key for key in equal if class_wanted(self._api.schemas[key]) == name]
            mine = [key for key in (whole.get(name),) if key in equal]
            stands = self._found.gone[name] = min(mine or here or namesakes or equal, default=None)
            if stands is not None:
                uses, now_used = self._record.classes[name].uses, uses_of(self._api.schemas[stands], self._api.schemas)
                self._found.places += self._replaced(uses, now_used)
                for used, key in self._standing(uses, now_used):
                    now.setdefault(used, []).append(key)

    def _users_first(self, names: Sequence[str]) -> list[str]:
        """Each behind those that use it, as far as they do not use each other."""
        ordered: list[str] = []
        met: set[str] = set()
        wanted = set(names)
        for start in names:
            rest = [(start, False)]
            while rest:
                name, done = rest.pop()
                if done:
                    ordered.append(name)
                elif name not in met:
                    met.add(name)
                    rest.append((name, True))
                    uses = self._record.classes[name].uses
                    rest += [(used, False) for slot in uses.values() for used in slot if used in wanted]
        return ordered[::-1]
