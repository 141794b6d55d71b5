"""What a caller sends: parameters and the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from msgspec.structs import replace as replace_parameter

from vcsdk.diff.changes import Added, Change, Pair, Removed
from vcsdk.diff.compare.media import compare_media
from vcsdk.diff.compare.resolve import is_plain
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Part, Position, Site
from vcsdk.ir import Body, In, Operation, Parameter

_NAME = re.compile(r"\{([^{}]*)\}")


def compare_parameters(site: Site, old: Operation, new: Operation, schemas: SchemaComparison) -> Iterator[Change]:
    """Path parameters by their place in the path, the others by name and location, then by name alone."""
    pairs, gone, come = _match(old, new)
    for parameter in gone:
        yield Removed(_site(site, parameter).at(parameter.origin, None), parameter)
    for parameter in come:
        yield Added(_site(site, parameter).at(None, parameter.origin), parameter)
    for one, other in pairs:
        here = _site(site, other).at(one.origin, other.origin)
        plain = is_plain(one.type, schemas.old) and is_plain(other.type, schemas.new)
        # One value is written alike, be it exploded or not (OpenAPI 3.0.3, "Style Examples").
        yield Pair(here, replace_parameter(one, explode=other.explode) if plain else one, other)
        yield from schemas.changes(here, one.type, other.type)


def _site(site: Site, parameter: Parameter) -> Site:
    position = Position(Part.PARAMETER, parameter.wire_name, parameter.location)
    return replace(site, position=position, direction=Direction.PARAMETER)


def _match(
    old: Operation, new: Operation
) -> tuple[list[tuple[Parameter, Parameter]], list[Parameter], list[Parameter]]:
    pairs: list[tuple[Parameter, Parameter]] = []
    gone, come = list(old.parameters), list(new.parameters)
    for name_of in (_slots(old, new), _name_and_location, _name):
        known = {name_of(parameter): parameter for parameter in gone}
        for parameter in list(come):
            key = name_of(parameter)
            if key is not None and key in known:
                pairs.append((known[key], parameter))
                gone.remove(known.pop(key))
                come.remove(parameter)
    return pairs, gone, come


def _slots(old: Operation, new: Operation) -> Any:
    """Path parameters of both operations by their place, which stays when one is renamed."""
    places: dict[int, int] = {}
    for operation in (old, new):
        order = {name: place for place, name in enumerate(_NAME.findall(operation.path))}
        places |= {
            id(parameter): order[parameter.wire_name]
            for parameter in operation.parameters
            if parameter.location is In.PATH and parameter.wire_name in order
        }
    return lambda parameter: places.get(id(parameter))


def _name_and_location(parameter: Parameter) -> tuple[str, str]:
    # Names of headers do not tell upper from lower case (RFC 9110 5.1).
    name = parameter.wire_name.lower() if parameter.location is In.HEADER else parameter.wire_name
    return (parameter.location, name)


def _name(parameter: Parameter) -> str:
    return parameter.wire_name


def compare_body(site: Site, old: Body | None, new: Body | None, schemas: SchemaComparison) -> Iterator[Change]:
    """The request body, its content types, and the schema in each."""
    here = replace(site, position=Position(Part.BODY), direction=Direction.REQUEST)
    if old is not None and new is not None:
        here = here.at(old.origin, new.origin)
        yield Pair(here, old, new)
        yield from compare_media(here, old.content, new.content, schemas)
    elif old is not None:
        yield Removed(here.at(old.origin, None), old)
    elif new is not None:
        yield Added(here.at(None, new.origin), new)
