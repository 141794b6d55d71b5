"""Values for the parameters of a path: well-formed, and given by no server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

import msgspec

from vcsdk.copied.suite.lives import home_of
from vcsdk.emitters.contract.smallest import NoValueError, matching, sample
from vcsdk.emitters.contract.styled import list_text
from vcsdk.ir import Api, Array, Constant, Constraints, Enumeration, In, Kind, Operation, Parameter, Scalar, Schema
from vcsdk.ir.media import parameter_text
from vcsdk.ir.resolving import resolve
from vcsdk.ir.types import wire_text

# Drawn once: well-known ones, and 2**31 - 1, are examples in descriptions, and so may be known to who serves those.
_UUID = "d2a4e997-e5cf-489b-8dfe-5a2250e2eb8f"
_OTHER_UUID = "ea2771a1-c8be-4035-8535-115ff5c558ef"
_LARGE = 2_146_724_823
_LONGEST = 10_000
_FEW = 1_000
_RARE = (24, 12, 9, 6, 4)


def filled(operation: Operation, schemas: Mapping[str, Schema]) -> str:
    """The path with an unknown value for each parameter."""
    made = may_make(operation)
    declared = {p.wire_name: p for p in operation.parameters if p.location is In.PATH}

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return in_path(declared[name], schemas, made) if name in declared else f"no-such-{name}"

    return re.sub(r"\{([^{}]+)\}", value, operation.path)


def may_make(operation: Operation) -> bool:
    """True for an operation that may make what its path names: what it names is no more unknown to others."""
    return operation.method == "PUT" and all(response.status != "404" for response in operation.responses)


def in_path(parameter: Parameter, schemas: Mapping[str, Schema], made: bool = False) -> str:
    """The unknown value as content type and style write it in a path, percent-encoded (RFC 6570, 3.2.5, 3.2.7)."""
    text, name = spelled(parameter, schemas, made), quote(parameter.wire_name, safe="")
    return {"label": f".{text}", "matrix": f";{name}={text}"}.get(parameter.style, text)


def spelled(parameter: Parameter, schemas: Mapping[str, Schema], made: bool = False) -> str:
    """The part of it that is the value, without what a style puts before it."""
    text, type_ = unknown(parameter, schemas, made), resolve(parameter.type, schemas)
    if not isinstance(type_, Scalar) or type_.kind not in (Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN):
        text = parameter_text(text, parameter.content_type) or text
    return quote(text, safe="," if isinstance(type_, Array) and parameter.content_type is None else "")


def unknown(parameter: Parameter, schemas: Mapping[str, Schema], made: bool = False) -> str:
    """A value of the parameter's type where one can be made up, else a text that says what it is.

    Another one for what the run may have `made`, where there are two.
    """
    text = f"{'made-by-suite' if made else 'no-such'}-{parameter.wire_name}"
    match resolve(parameter.type, schemas):
        case Scalar(kind=Kind.UUID):
            return _OTHER_UUID if made else _UUID
        case Scalar(kind=Kind.INTEGER | Kind.NUMBER, constraints=bounds):
            most = min(bounds.maximum, _LARGE) if bounds.maximum is not None else _LARGE
            fits = not bounds.multiple_of and bounds.exclusive_maximum is None and (bounds.minimum or 0) <= most
            if fits:
                return str(int(most) - (1 if made and int(most) > (bounds.minimum or 0) else 0))
        case Scalar(kind=Kind.STRING, format=None, constraints=bounds):
            if bounds.pattern is not None and (fitting := rare(bounds)) is not None:
                return fitting
            if (bounds.min_length or 0) <= _LONGEST:
                return text.ljust(bounds.min_length or 0, "-")[: bounds.max_length]
    try:
        value = sample(parameter.type, schemas)
        is_styled = isinstance(value, list) and parameter.content_type is None
        return (list_text(parameter, value, schemas) if is_styled else wire_text(value)) or text
    except NoValueError:
        return text


def rare(bounds: Constraints) -> str | None:
    """A text that the pattern asks for: a long one, since the shortest are those that servers give first."""
    lengths = (length for length in _RARE if length > (bounds.min_length or 0))
    wanted = (msgspec.structs.replace(bounds, min_length=length) for length in lengths)
    return next((text for each in (*wanted, bounds) if (text := matching(each)) is not None), None)


def identifies(api: Api, operation: Operation, parameter: Parameter) -> bool:
    """True for a parameter whose values a server gives: a number, a UUID, a name from a collection of such things.

    What else stands at the end of a path may be any text: `/greetings/{name}`.
    """
    if api.profile == "vapi" or _is_number_or_uuid(parameter, api.schemas):
        return True
    collection = home_of(operation.path)
    return bool(collection) and any(o.path == collection and o.method in ("GET", "POST") for o in api.operations)


def is_one_of_few(parameter: Parameter, schemas: Mapping[str, Schema]) -> bool:
    """True where whatever value there is may be known: one of a list, or of a few numbers."""
    match resolve(parameter.type, schemas):
        case Enumeration() | Constant() | Scalar(kind=Kind.BOOLEAN):
            return True
        case Scalar(kind=Kind.INTEGER | Kind.NUMBER, constraints=bounds):
            return bounds.maximum is not None and bounds.maximum <= _FEW
    return False


def _is_number_or_uuid(parameter: Parameter, schemas: Mapping[str, Schema]) -> bool:
    type_ = resolve(parameter.type, schemas)
    return isinstance(type_, Scalar) and type_.kind in (Kind.INTEGER, Kind.UUID)
