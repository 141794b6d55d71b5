"""Which of several types a JSON value is, where nothing in it says so.

Of the members that fit, the one that knows most of the value's properties wins, then the stated order; one that lacks
its discriminator comes behind others.  A property whose value another member lists speaks against a member that lists
other values, and of two that know as much the one wins that lets null stand where it does.  An object that fits
several keeps what each of them knows.
"""

from __future__ import annotations

import enum
import threading
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from .joined import joined
from .secret import dec_hook


class _Tries(threading.local):
    # Members have parts in common: what is decided for a part is not tried again for the next member, which would
    # double the work at each level.
    def __init__(self) -> None:
        self.depth = 0
        self.done: dict[tuple[Any, int], tuple[Any, tuple[Any, Any] | ValueError]] = {}


_tries = _Tries()


def fitting(union: Any, members: tuple[Any, ...], value: Any) -> tuple[Any, Any]:
    """The member of `union` that the value is, and the value as that.  Raises ValueError if none fits."""
    members = _flat(members)
    if type(value) is dict:
        known = [kind for kind, names in _by_names(members) if value.keys() <= names]
        if len(known) == 1 and not _has_parts(value):
            try:
                return known[0], msgspec.convert(value, known[0], dec_hook=dec_hook)
            except msgspec.ValidationError:
                pass
    elif type(value) is not list:
        return _fitting(members, value)
    key = (union, id(value))
    if _tries.depth == 0:
        _tries.done = {}
    elif key in _tries.done:
        _, done = _tries.done[key]
        if isinstance(done, ValueError):
            raise done
        return done
    _tries.depth += 1
    try:
        found = _fitting(members, value)
        _tries.done[key] = (value, found)
    except ValueError as error:
        _tries.done[key] = (value, error)
        raise
    finally:
        _tries.depth -= 1
        if _tries.depth == 0:
            _tries.done = {}
    return found


def _fitting(members: tuple[Any, ...], value: Any) -> tuple[Any, Any]:
    ranked = _ranked(members, value)
    for place, kind in enumerate(ranked):
        try:
            found = msgspec.convert(value, kind, dec_hook=dec_hook)
        except msgspec.ValidationError:
            continue
        if not isinstance(value, dict) or not isinstance(found, msgspec.Struct) or not _unknown(type(found), value):
            return kind, found
        return _with_all(found, kind, ranked[place + 1 :], value)
    raise ValueError(f"Expected one of {', '.join(_name(kind) for kind in members)}")


def _with_all(found: Any, kind: Any, others: list[Any], value: dict[str, Any]) -> tuple[Any, Any]:
    """The object with all it brought, as far as any member that fits has a place for it."""
    first: Any = type(found)
    rest = _unknown(first, value)
    parts: list[Any] = []
    keeping: list[tuple[Any, Any]] = []
    for other in others:
        fields = _fields(other)
        if fields is not None and not _is_open(other) and not rest & fields.keys():
            continue
        try:
            whole = msgspec.convert(value, other, dec_hook=dec_hook)
        except msgspec.ValidationError:
            continue
        part: Any = type(whole)
        if not isinstance(whole, msgspec.Struct):
            keeping.append((other, whole))
        elif part.__struct_config__.tag_field is None and rest & (_fields(part) or {}).keys():
            parts.append(part)
            rest -= (_fields(part) or {}).keys()
    if rest and keeping:
        kept: tuple[Any, Any] = keeping[0]
        return kept
    if not parts:
        return kind, found
    both = joined(first, tuple(parts))
    return both, msgspec.convert(value, both, dec_hook=dec_hook)


@cache
def _flat(members: tuple[Any, ...]) -> tuple[Any, ...]:
    """The members, with those of unions among them that no discriminator tells apart."""
    found: dict[Any, None] = {}
    entered: set[Any] = set()
    rest = list(reversed(members))
    while rest:
        kind = rest.pop()
        if not hasattr(kind, "__member__") or kind.property:
            found[kind] = None
        elif kind not in entered:
            entered.add(kind)
            rest += reversed(kind.members())
    return tuple(found)


def _ranked(members: tuple[Any, ...], value: Any) -> list[Any]:
    against = _spoken_against(members, value)
    ranks = []
    for order, kind in enumerate(members):
        known, required = _known(kind, value)
        untold, nulls = _is_untold(kind, value), _nulls(kind, value)
        ranks.append((known == 0, against[order], untold, -known, nulls, -required, order))
    return [members[rank[-1]] for rank in sorted(ranks) if not _lacks(members[rank[-1]], value)]


def _spoken_against(members: tuple[Any, ...], value: Any) -> list[int]:
    """How many of the value's properties have a value that another member lists and this one does not."""
    counts = [0] * len(members)
    places = value.keys() if isinstance(value, dict) else (None,)
    for place in places:
        item = value[place] if place is not None else value
        if not isinstance(item, str | int):
            continue
        listed = [
            _lists(kind if place is None else (_fields(kind) or {}).get(place, (None,))[0], item) for kind in members
        ]
        if True in listed:
            counts = [count + (told is False) for count, told in zip(counts, listed, strict=True)]
    return counts


@cache
def _by_names(members: tuple[Any, ...]) -> tuple[tuple[Any, frozenset[str]], ...]:
    """Members with the names of their properties; () where that does not tell: by values, or not all are models."""
    fields = [_fields(kind) for kind in members]
    types = [type_ for each in fields for type_, _ in (each or {}).values()]
    if None in fields or any(_is_listing(each) for type_ in types for each in _members(type_)):
        return ()
    return tuple((kind, frozenset(each or ())) for kind, each in zip(members, fields, strict=True))


def _has_parts(value: dict[str, Any]) -> bool:
    return any(type(item) in (dict, list) for item in value.values())


def _is_listing(kind: Any) -> bool:
    return get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, enum.Enum))


def _lists(kind: Any, value: Any) -> bool | None:
    """Whether a type lists the value; None for a type that lists none."""
    for each in _members(kind):
        if isinstance(each, type) and issubclass(each, enum.Enum):
            return any(member.value == value for member in each)
        if get_origin(each) is Literal:
            return value in get_args(each)
    return None


def _known(kind: Any, value: Any) -> tuple[int, int]:
    """How many properties of the value a type knows, those of objects in it included, and how many it requires."""
    known = required = 0
    rest = [(kind, value)]
    while rest:
        at, item = rest.pop()
        if not isinstance(item, dict | list):
            continue
        for each in _members(at):
            if isinstance(item, list):
                if get_origin(each) is list:
                    rest += [(get_args(each)[0], part) for part in item]
            elif get_origin(each) is dict:
                rest += [(get_args(each)[1], part) for part in item.values()]
            elif hasattr(each, "__member__"):
                known += _known_by_union(each, item)
            elif (fields := _fields(each)) is not None:
                for name in item.keys() & fields.keys():
                    known += 1
                    required += fields[name][1]
                    rest.append((fields[name][0], item[name]))
    return known, required


def _known_by_union(union: Any, value: dict[str, Any]) -> int:
    """How many properties a union knows: what its discriminator names, else the member that knows most of them."""
    told = union.mapping().get(value.get(union.property)) if isinstance(value.get(union.property), str) else None
    kinds = told if isinstance(told, tuple) else union.members() if told is None else (told,)
    known = [len(value.keys() & (_fields(kind) or {}).keys()) for kind in kinds]
    return max([*known, int(union.property in value)])


def _nulls(kind: Any, value: Any) -> int:
    """How many of an object's properties are null although the type only lets them be absent."""
    return sum(value[name] is None for name in _never_null(kind) if name in value) if isinstance(value, dict) else 0


@cache
def _never_null(kind: Any) -> frozenset[str]:
    struct = getattr(kind, "__known__", kind)
    if not hasattr(struct, "__struct_encode_fields__"):
        return frozenset()
    return frozenset(field.encode_name for field in msgspec.structs.fields(struct) if field.default is None)


def _is_untold(kind: Any, value: Any) -> bool:
    """Whether an object lacks the property by which a type is told from others; one without needs none."""
    struct = getattr(kind, "__known__", kind)
    tag = kind.property if hasattr(kind, "__member__") else getattr(struct, "__struct_config__", None)
    name = tag if tag is None or isinstance(tag, str) else tag.tag_field
    return isinstance(value, dict) and bool(name) and name not in value


def _lacks(kind: Any, value: Any) -> bool:
    """Whether an object lacks what a type requires; such a type need not be tried."""
    fields = _fields(kind) if isinstance(value, dict) else None
    return fields is not None and any(required and name not in value for name, (_, required) in fields.items())


def _unknown(kind: Any, value: dict[str, Any]) -> set[str]:
    return value.keys() - (_fields(kind) or {}).keys()


def _is_open(kind: Any) -> bool:
    return hasattr(kind, "__known__")


@cache
def _members(kind: Any) -> tuple[Any, ...]:
    """The types that an annotation stands for, without constraints; a union of ours stays whole."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _members(get_args(kind)[0])
    if origin in (Union, UnionType):
        return tuple(each for part in get_args(kind) for each in _members(part))
    return (kind,)


@cache
def _fields(kind: Any) -> dict[str, tuple[Any, bool]] | None:
    """Type and necessity of the properties of a model by wire name; None for any other type."""
    struct = getattr(kind, "__known__", kind)
    if not hasattr(struct, "__struct_encode_fields__"):
        return None
    found = {field.encode_name: (field.type, field.required) for field in msgspec.structs.fields(struct)}
    found.pop(" ", None)
    if struct.__struct_config__.tag_field is not None:
        found[struct.__struct_config__.tag_field] = (Literal[struct.__struct_config__.tag], False)
    return found


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", None) or str(kind)
