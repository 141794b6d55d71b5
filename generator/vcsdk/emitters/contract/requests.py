"""The addresses that contract tests send to, and the marks of what may happen there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urlencode

import msgspec

from vcsdk.copied.suite.operations import Catalogue, Effect
from vcsdk.emitters.contract.cases import foreign_text
from vcsdk.emitters.contract.identifiers import filled
from vcsdk.emitters.contract.smallest import NoValueError, sample
from vcsdk.emitters.contract.styled import list_text
from vcsdk.ir import MISSING, Api, Array, In, Kind, Operation, Parameter, Scalar, Schema, Type, Union
from vcsdk.ir.media import parameter_text
from vcsdk.ir.resolving import resolve

_CONDITIONS = frozenset(("if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range"))


class Request(msgspec.Struct, frozen=True):
    """A request with the marks its test needs (`destructive("vcha.cluster.failover")`) and the test's case name.

    `free` ones have a text of which the server may know more than the description says, such as a cursor.  `other` is
    a method that can be sent in the place of this one, and is as wrong; "" for none.
    """

    name: str
    method: str
    path: str
    marks: tuple[str, ...] = ()
    free: bool = False
    other: str = ""


def needed_in_query(api: Api, operation: Operation) -> dict[str, str] | None:
    """A value for each query parameter that an ordinary request must have; None if one cannot be made up."""
    found = {}
    for parameter in operation.parameters:
        if parameter.location is not In.QUERY or not parameter.required:
            continue
        text = _text_of(api, parameter)
        if text is None:
            return None
        found[parameter.wire_name] = text
    return found


def headers_of(api: Api, operation: Operation) -> tuple[tuple[str, str], ...]:
    """The headers that every request must have, with values: constants, and parameters that are required."""
    found = dict(operation.fixed_headers)
    cookies: dict[str, str] = {}
    for parameter in operation.parameters:
        if parameter.required and parameter.location in (In.HEADER, In.COOKIE):
            text = _text_of(api, parameter)
            if text is not None:
                (found if parameter.location is In.HEADER else cookies)[parameter.wire_name] = text
    if cookies:
        found["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return tuple(found.items())


def needs_no_more(api: Api, operation: Operation, conditions: Collection[str] = ()) -> bool:
    """Whether a request is complete with its path, a body, and the headers that every request to it has.

    A condition (`If-Match`) is about a state that somebody has to know; `conditions` are those that somebody does.
    """
    asked = [p for p in operation.parameters if p.required and p.location in (In.HEADER, In.COOKIE)]
    unknown = (p for p in asked if p.wire_name.lower() in _CONDITIONS and p.wire_name.lower() not in conditions)
    made_up = all(_text_of(api, p) is not None for p in asked)
    return needed_in_query(api, operation) == {} and made_up and not any(unknown)


def _text_of(api: Api, parameter: Parameter) -> str | None:
    if (
        parameter.location is In.HEADER
        and parameter.wire_name.lower() == "if-match"
        and _is_any_text(parameter.type, api.schemas)
    ):
        # True of whatever is there (RFC 9110, 13.1.1); a tag would be that of nothing.
        return "*"
    try:
        value = parameter.example if parameter.example is not MISSING else sample(parameter.type, api.schemas)
        if isinstance(value, list) and parameter.content_type is None:
            return list_text(parameter, value, api.schemas)
    except NoValueError:
        return None
    return parameter_text(value, parameter.content_type)


def with_values(
    api: Api, catalogue: Catalogue, operation: Operation, needed: Mapping[str, str], *, good: bool
) -> list[Request]:
    """The operation with each value of each parameter of its query, or each that is none; with the `needed` ones."""
    requests = []
    for parameter in operation.parameters:
        if parameter.location is not In.QUERY:
            continue
        for value in _values(api, parameter) if good else filter(None, [foreign_text(parameter.type, api.schemas)]):
            others = [pair for pair in needed.items() if pair[0] != parameter.wire_name]
            address = address_of(api, operation, (*operation.fixed_query, *others, (parameter.wire_name, value)))
            marks = marks_of(catalogue, operation.method, address)
            free = good and api.profile != "vapi" and _is_any_text(parameter.type, api.schemas)
            requests.append(Request(f"{parameter.wire_name}={value}", operation.method, address, marks, free))
    return requests


def _is_any_text(type_: Type, schemas: Mapping[str, Schema]) -> bool:
    match resolve(type_, schemas):
        case Array(items=items):
            return _is_any_text(items, schemas)
        case Union(members=members):
            return any(_is_any_text(member, schemas) for member in members)
        case Scalar(kind=kind):
            return kind is Kind.STRING
    return False


def _values(api: Api, parameter: Parameter) -> list[str]:
    try:
        value = sample(parameter.type, api.schemas)
    except NoValueError:
        return []
    if isinstance(value, bool) and parameter.content_type is None:
        return ["true", "false"]
    text = parameter_text(value, parameter.content_type)
    return [] if text is None else [text]


def without_constants(api: Api, catalogue: Catalogue, operation: Operation, needed: Mapping[str, str]) -> list[Request]:
    """The request without each of its constants, and with another value in its place; never another operation."""
    requests = []
    for key, value in operation.fixed_query:
        rest = tuple(pair for pair in operation.fixed_query if pair[0] != key)
        altered = [(f"{key}={other}", (*rest, (key, other))) for other in _others(key, value)]
        for name, query in ((f"without {key}", rest), *altered):
            address = address_of(api, operation, (*query, *needed.items()))
            path, _, sent = address.partition("?")
            if catalogue.match(operation.method, path, sent) is None:
                requests.append(
                    Request(name, operation.method, address, marks_of(catalogue, operation.method, address))
                )
    return requests


def _others(key: str, value: str) -> Iterator[str]:
    """What stands in place of a constant: another value, the same in another case, nothing."""
    if not value:
        return  # a name alone means its presence, whatever value it is given
    if value in ("true", "false"):
        yield "false" if value == "true" else f"no-such-{key}"
    else:
        yield f"no-such-{key}"
        if value.swapcase() != value:
            yield value.swapcase()
    yield ""


def marks_of(catalogue: Catalogue, method: str, address: str) -> tuple[str, ...]:
    """The marks of a test that sends this; none for what changes nothing whatever a server takes it for."""
    path, _, query = address.partition("?")
    effect, operations = catalogue.effect(method, path, query)
    if effect is Effect.READ:
        return ()
    names = [operation.name for operation in operations if operation.effect is effect]
    return (f"{effect}({', '.join(repr(name) for name in names)})",)


def address_of(api: Api, operation: Operation, query: tuple[tuple[str, str], ...]) -> str:
    """The path with unknown identifiers, and a query."""
    return filled(operation, api.schemas) + (f"?{urlencode(query)}" if query else "")
