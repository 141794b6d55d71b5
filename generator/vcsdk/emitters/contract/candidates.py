"""Values that a request may have, as far as types tell: the smallest first, then those that say more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from vcsdk.emitters.contract.fitting import Fits
from vcsdk.emitters.contract.smallest import NoValueError, sample, tagged
from vcsdk.ir import MISSING, Array, Json, Media, Schema, Struct, Type, Union
from vcsdk.ir.finite import all_fields
from vcsdk.ir.resolving import resolve

_DEPTH = 4


def chosen(media: Media, schemas: Mapping[str, Schema], fits: Fits) -> Json:
    """The first value that fits: of those that types suggest, else the description's example, else by the schema.

    Raises:
        NoValueError: None does.
    """
    if media.type is not None:
        with suppress(NoValueError):
            for value in candidates(media.type, schemas):
                if fits(value):
                    return value
    if media.example is not MISSING and fits(media.example):
        return media.example
    for value in fits.made() if media.type is not None else ():
        return value
    raise NoValueError


def candidates(type_: Type, schemas: Mapping[str, Schema]) -> Iterator[Json]:
    """Values of a type, the smallest first.

    Raises:
        NoValueError: None ends.
    """
    smallest = sample(type_, schemas)
    yield smallest
    meant = resolve(type_, schemas)
    if isinstance(meant, Union):
        for member in meant.members:
            with suppress(NoValueError):
                yield from (tagged(value, meant, member) for value in candidates(member, schemas))
    if isinstance(meant, Struct) and isinstance(smallest, dict):
        # A rule beside the properties may ask for one of those that are optional.
        for field in all_fields(meant, schemas):
            if field.wire_name not in smallest and not field.read_only:
                with suppress(NoValueError):
                    yield {**smallest, field.wire_name: sample(field.type, schemas)}
    for depth in range(1, _DEPTH):
        yield fuller(type_, schemas, depth)


def fuller(type_: Type, schemas: Mapping[str, Schema], depth: int) -> Json:
    """The smallest value with every property that it may have, this many objects deep.

    Raises:
        NoValueError: No value ends.
    """
    value = sample(type_, schemas)
    meant = resolve(type_, schemas)
    if depth and isinstance(meant, Array) and isinstance(value, list):
        return [fuller(meant.items, schemas, depth) for _ in value]
    if not depth or not isinstance(meant, Struct) or not isinstance(value, dict):
        return value
    found = dict(value)
    for field in all_fields(meant, schemas):
        if not field.read_only and field.wire_name != meant.tag_field:
            with suppress(NoValueError):
                found[field.wire_name] = fuller(field.type, schemas, depth - 1)
    return found
