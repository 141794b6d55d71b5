"""How what a PUT or PATCH sets is set back, for each of them: by the GET of the same path."""

from __future__ import annotations

from collections.abc import Mapping

from vcsdk.copied.suite.operations import Catalogue, Effect
from vcsdk.copied.suite.undo import JSON_PATCH, Undo
from vcsdk.emitters.contract.cases import json_media
from vcsdk.emitters.contract.identifiers import is_one_of_few
from vcsdk.emitters.contract.requests import needs_no_more
from vcsdk.emitters.contract.shapes import answered, fields_at, inside_of, names_of
from vcsdk.ir import Api, Array, Field, In, Kind, Map, Operation, Parameter, Scalar, Struct, Type
from vcsdk.ir.enveloping import Place, places, said_at
from vcsdk.ir.resolving import resolve

_SETTING = ("PUT", "PATCH")
_DEEPEST = 3
_STATES = frozenset(("if-match", "if-unmodified-since"))


def undoings(api: Api, catalogue: Catalogue) -> tuple[Undo, ...]:
    """One for each PUT and PATCH that is a write, of whatever profile."""
    plain = [o for o in api.operations if not o.presence and not o.fixed_headers and not o.server]
    reading = (o for o in plain if o.method == "GET" and not o.fixed_query)
    readers = {o.path: o for o in reading if needs_no_more(api, o)}
    found = []
    for operation in api.operations:
        fact = catalogue.named(operation.python_path)
        if operation.method in _SETTING and fact is not None and fact.effect is Effect.WRITE:
            reader = readers.get(operation.path) if operation in plain else None
            found.append(_undo(api, operation, fact.name, reader, catalogue))
    return tuple(found)


def _undo(api: Api, operation: Operation, name: str, reader: Operation | None, catalogue: Catalogue) -> Undo:
    read = catalogue.named(reader.python_path) if reader is not None else None
    made_up = any(p.location is In.PATH and _is_made_up(api, p) for p in operation.parameters)
    if read is None or reader is None or read.effect is not Effect.READ:
        return Undo(name, made_up=made_up)
    nothing = Undo(name, read=read.name, made_up=made_up)
    media, shown = json_media(operation.body), answered(reader)
    if media is None or media.type is None or shown is None or not needs_no_more(api, operation, _STATES):
        return nothing
    if media.content_type == JSON_PATCH:
        return Undo(name, read=read.name, media_type=JSON_PATCH, made_up=made_up)
    pair = _whole(api, media.type, shown)
    if pair is not None:
        return Undo(name, read.name, *pair, whole=True, media_type=media.content_type, made_up=made_up)
    sent = inside_of(api, media.type, sent=True)
    for place in places(inside_of(api, shown, sent=False)):
        known = fields_at(api, shown, place, sent=False)
        inside = said_at(sent, names_of(api, known))
        said = fields_at(api, media.type, inside, sent=True) if inside is not None else {}
        if inside is None or not _is_shown(said, known, whole=operation.method == "PUT"):
            continue
        names = tuple(name for name in said if name in known)
        return Undo(name, read.name, inside, place, names, media_type=media.content_type, made_up=made_up)
    return nothing


def _is_shown(said: Mapping[str, Field], known: Mapping[str, Field], *, whole: bool) -> bool:
    """Whether a reading shows what has to be said again; what is only written nobody can say again."""
    hidden = [field for name, field in said.items() if name not in known]
    return not any(field.required or (whole and field.write_only) for field in hidden)


def _whole(api: Api, sent: Type, shown: Type) -> tuple[Place, Place] | None:
    """Where body and reading have the one value that both are about; None where they are about more."""
    for inside, said in _held(api, sent, is_sent=True):
        for place, known in _held(api, shown, is_sent=False):
            if _kind(api, said) == _kind(api, known) is not None:
                return inside, place
    return None


def _held(api: Api, type_: Type, *, is_sent: bool) -> list[tuple[Place, Type]]:
    """What it is, or the one thing that objects with one member each have inside."""
    place: Place = ()
    for _ in range(_DEEPEST):
        if not isinstance(resolve(type_, api.schemas), Struct):
            return [(place, type_)]
        fields = fields_at(api, type_, (), sent=is_sent)
        if len(fields) != 1:
            break
        ((name, field),) = fields.items()
        place, type_ = (*place, name), field.type
    return []


def _kind(api: Api, type_: Type) -> object:
    match resolve(type_, api.schemas):
        case Array() | Map() as found:
            return type(found)
        case Scalar(kind=kind):
            return kind
    return None


def _is_made_up(api: Api, parameter: Parameter) -> bool:
    """Whether nobody has the identifier that the suite names: one of few values, or of a form, somebody may have."""
    found = resolve(parameter.type, api.schemas)
    is_text = isinstance(found, Scalar) and found.kind is Kind.STRING and found.format is None
    is_given = isinstance(found, Scalar) and found.kind in (Kind.UUID, Kind.INTEGER, Kind.NUMBER)
    return (is_text or is_given) and not is_one_of_few(parameter, api.schemas)
