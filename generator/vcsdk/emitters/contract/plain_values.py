"""Which values of a body are plain: shown as they were written, made up by a client, or listed by a description."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vcsdk.copied.suite.lives import Plain
from vcsdk.emitters.contract.identifiers import rare
from vcsdk.emitters.contract.smallest import sample
from vcsdk.ir import Api, Constraints, Enumeration, Field, Json, Kind, Operation, Scalar, Type
from vcsdk.ir.ecma import python
from vcsdk.ir.listing import listing_in
from vcsdk.ir.resolving import resolve
from vcsdk.ir.types import UNCONSTRAINED

_PASSWORD = re.compile(r"passw|passphrase|secret|token|pin$|pin_", re.IGNORECASE)
# What names something else (`owner_id`) is not the client's to make up.
_REFERENCE = re.compile(r"(?:_id|Id|ID|[uU]uid|UUID)s?$")
# What a thing goes through, and no one value of it follows from every other.
_STATE = re.compile(
    r"stat(?:e|us)|phase|stage|mode|power|health|progress|action|command|desired|lifecycle", re.IGNORECASE
)
_VALUES = 3
_SEVERAL = 8
_BIG = 1_000_000


def plain_value(api: Api, field: Field, shown: Mapping[str, Field]) -> Plain | None:
    """What is written and shown alike: a text without a form of its own, a number, a boolean."""
    name, other = field.wire_name, shown.get(field.wire_name)
    if other is None or field.write_only or other.read_only or _PASSWORD.search(name) or _REFERENCE.search(name):
        return None
    listed, shown_as = resolve(field.type, api.schemas), resolve(other.type, api.schemas)
    if isinstance(listed, Enumeration) and isinstance(shown_as, Enumeration):
        return _listed(name, listed, shown_as)
    type_ = scalar_of(api, field.type)
    theirs = scalar_of(api, other.type)
    if type_ is None or theirs is None or type_.kind is not theirs.kind or type_.format != theirs.format:
        return None
    match type_.kind:
        case Kind.STRING if type_.format is None and type_.constraints.pattern is None:
            least, most = type_.constraints.min_length or 0, type_.constraints.max_length or 0
            return Plain(name, "text", least, most) if not most or most >= 6 else None
        case Kind.STRING if type_.format == "email" and type_.constraints == UNCONSTRAINED:
            return Plain(name, "email")
        case Kind.BOOLEAN:
            return Plain(name, "values", first=True, second=False)
        case Kind.INTEGER | Kind.NUMBER:
            return _numbers(api, name, type_)
    return None


def is_state(name: str) -> bool:
    """Whether a property sounds like what a thing goes through, and not like what it is set to."""
    return _STATE.search(name) is not None


def scalar_of(api: Api, type_: Type) -> Scalar | None:
    """The scalar that a type is behind references and null; None for another type."""
    found = resolve(type_, api.schemas)
    return found if isinstance(found, Scalar) else None


def _listed(name: str, listed: Enumeration, shown: Enumeration) -> Plain | None:
    """Two of the values that both list; none for what looks like a state."""
    both = [member.value for member in listed.members if member.value in [other.value for other in shown.members]]
    if len(both) < 2 or is_state(name):
        return None
    return Plain(name, "listed", first=both[0], second=both[1])


def _numbers(api: Api, name: str, type_: Scalar) -> Plain | None:
    found = _numbers_of(api, type_)
    return Plain(name, "values", first=found[0], second=found[1]) if len(found) > 1 else None


def _numbers_of(api: Api, type_: Scalar) -> list[int | float]:
    """A number that is allowed, and others beside it that are, too."""
    first = sample(type_, api.schemas)
    bounds, step = type_.constraints, type_.constraints.multiple_of or 1
    if not isinstance(first, int | float) or isinstance(first, bool):
        return []

    def fits(number: float) -> bool:
        least = bounds.minimum is None or number >= bounds.minimum
        most = bounds.maximum is None or number <= bounds.maximum
        above = bounds.exclusive_minimum is None or number > bounds.exclusive_minimum
        below = bounds.exclusive_maximum is None or number < bounds.exclusive_maximum
        return least and most and above and below

    return [first, *filter(fits, (first + step, first - step, first + 2 * step))]


def made_up(name: str, scalar: Scalar) -> Plain | None:
    """How to make up an identifier of this type; None where it has a form that nobody here knows."""
    match scalar.kind:
        case Kind.UUID:
            return Plain(name, "uuid")
        case Kind.INTEGER if not scalar.constraints.multiple_of and (scalar.constraints.maximum or _BIG) >= _BIG:
            return Plain(name, "integer")
        case Kind.STRING if scalar.format is None and scalar.constraints.pattern is None:
            return Plain(name, "text", scalar.constraints.min_length or 0, scalar.constraints.max_length or 0)
        case Kind.STRING if scalar.format is None:
            return _matching(name, scalar.constraints)
    return None


def _matching(name: str, bounds: Constraints) -> Plain | None:
    """Texts of a pattern's form; None where it leaves no choice, or is none that Python reads."""
    text, pattern = rare(bounds), python(bounds.pattern or "")
    try:
        found = Plain(name, "matching", first=text, second=pattern)
        several = text is not None and len({found.value(str(number)) for number in range(_SEVERAL)}) == _SEVERAL
    except re.error:
        return None
    return found if several else None


def is_certain(plain: Plain) -> bool:
    """Whether every server shows such a value as it was written; of an address, many change the case."""
    return plain.kind not in ("listed", "email")


def varied(
    api: Api, fields: Mapping[str, Field], operation: Operation | None
) -> tuple[tuple[str, tuple[Json, ...]], ...]:
    """Values of the properties that a list is filtered and ordered by; of texts each thing has another one anyway."""
    found = listing_in(operation, api.schemas) if operation is not None else None
    if found is None:
        return ()
    asked = {each.name for each in found.filters} | {order.name for order in found.orders}
    varied = ((name, _several(api, fields[name].type)) for name in fields if name in asked)
    return tuple((name, values) for name, values in varied if len(values) > 1)


def _several(api: Api, type_: Type) -> tuple[Json, ...]:
    found = resolve(type_, api.schemas)
    if isinstance(found, Enumeration):
        return tuple(member.value for member in found.members[:_VALUES])
    if not isinstance(found, Scalar) or found.kind not in (Kind.BOOLEAN, Kind.INTEGER, Kind.NUMBER):
        return ()
    if found.kind is Kind.BOOLEAN:
        return (True, False)
    return tuple(_numbers_of(api, found)[:_VALUES])
