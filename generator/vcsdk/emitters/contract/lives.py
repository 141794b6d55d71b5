"""Which operations make, show, change and remove one kind of thing, by paths, `links` and what answers hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from vcsdk.copied.suite.lives import Life, Plain, home_of
from vcsdk.copied.suite.operations import Catalogue, Effect
from vcsdk.copied.suite.undo import JSON_PATCH
from vcsdk.emitters.contract.cases import json_media
from vcsdk.emitters.contract.identifiers import may_make
from vcsdk.emitters.contract.listed import items_of
from vcsdk.emitters.contract.plain_values import is_certain, made_up, plain_value, scalar_of, varied
from vcsdk.emitters.contract.requests import needs_no_more
from vcsdk.emitters.contract.shapes import answered, fields_at, inside_of, names_of, smallest_with
from vcsdk.emitters.contract.smallest import NoValueError
from vcsdk.ir import (
    MISSING,
    Api,
    Enumeration,
    Field,
    In,
    Json,
    Operation,
    Parameter,
    Scalar,
    Type,
)
from vcsdk.ir.enveloping import Place, named_at, paired, said_at
from vcsdk.ir.identifying import identifying, plain_name
from vcsdk.ir.resolving import resolve
from vcsdk.load.extensions import entries

_IN_BODY = re.compile(r"\$response\.body#((?:/[^/]+)+)")
# Names of the number of things that a page shows (in any spelling).
_SIZES = frozenset(("limit", "size", "pagesize", "perpage", "maxresults", "count", "top", "first", "max", "maxitems"))
_PAGES = frozenset(
    ("offset", "skip", "page", "pagenumber", "cursor", "after", "start", "from", "pagetoken", "nexttoken", "marker")
)
# Who documents no success of these does not say what was made, and how it is shown.
_ANSWERING = ("GET", "POST")
_CHANGING = ("PUT", "PATCH", "DELETE")
_STATES = frozenset(("if-match", "if-unmodified-since"))


def lives(api: Api, catalogue: Catalogue, description: Mapping[str, Any]) -> tuple[Life, ...]:
    """One for each collection that a plain POST adds to and whose members a plain GET shows.

    vCenter's things need a state that no description tells: the profile `vapi` has its own sequences.
    """
    if api.profile == "vapi":
        return ()
    plain = [o for o in api.operations if not o.fixed_query and not o.presence and not o.fixed_headers and not o.server]
    at = {(o.method, o.path): o for o in plain if _is_complete(api, o) and _answers(o)}
    found: dict[str, Life] = {}
    for (method, path), create in at.items():
        member = _member_of(path, at) if method == "POST" else None
        fact = catalogue.named(create.python_path) or catalogue.named(create.operation_id)
        if member is None or fact is None or fact.effect is not Effect.WRITE or create.task:
            continue
        life = _life(api, catalogue, description, at, create, member)
        if life is not None:
            found[path] = life
    for (method, path), create in at.items():
        home = home_of(path)
        if method == "PUT" and home not in found and _is_made_by_put(api, catalogue, at, create):
            life = _life(api, catalogue, description, at, create, path)
            if life is not None:
                found[home] = life
    # What belongs to something that the suite cannot make cannot be made either.
    return tuple(life for life in found.values() if _is_whole(life, found))


def _answers(operation: Operation) -> bool:
    """Whether it documents a success, where one tells what was made, or what there is (303 leads there)."""
    success = operation.success is not None or any(r.status == "303" for r in operation.responses)
    return success or operation.method not in _ANSWERING


def _is_whole(life: Life, known: Mapping[str, Life]) -> bool:
    if life.name.count("{") == len(life.above):
        return True
    parent = known.get(life.parent)
    return parent is not None and _is_whole(parent, known)


def _is_made_by_put(
    api: Api, catalogue: Catalogue, at: Mapping[tuple[str, str], Operation], operation: Operation
) -> bool:
    """Whether a PUT makes what its path names, and a GET shows and a DELETE removes it."""
    if not home_of(operation.path) or operation.task or not _is_write(catalogue, operation):
        return False
    if not needs_no_more(api, operation):
        return False
    makes = may_make(operation) or any(response.status == "201" for response in operation.responses)
    return makes and all((method, operation.path) in at for method in ("GET", "DELETE"))


def _placed(api: Api, parameter: Parameter) -> Plain | None:
    scalar = scalar_of(api, parameter.type)
    return made_up(parameter.wire_name, scalar) if scalar is not None and parameter.style == "simple" else None


def _above(api: Api, operation: Operation, at: Mapping[tuple[str, str], Operation]) -> tuple[Plain, ...]:
    """What a PUT has in its path before its own identifier, where that names nothing that a collection has."""
    path = [p for p in operation.parameters if p.location is In.PATH and p is not _last_parameter(operation)]
    homes = (home_of(f"{operation.path.partition(f'{{{p.wire_name}}}')[0]}{{{p.wire_name}}}") for p in path)
    if any(home and {("POST", home), ("GET", home)} & at.keys() for home in homes):
        return ()
    return tuple(made for p in path if (made := _placed(api, p)) is not None)


def _member_of(path: str, at: Mapping[tuple[str, str], Operation]) -> str | None:
    """The path of a member, which a GET shows."""
    home = path.rstrip("/")
    return next((other for method, other in at if method == "GET" and home and home_of(other) == home), None)


def _is_complete(api: Api, operation: Operation) -> bool:
    """Whether the suite can ask for it; of which state a change is one, a reading of the thing tells."""
    return needs_no_more(api, operation, _STATES if operation.method in _CHANGING else ())


def _life(
    api: Api,
    catalogue: Catalogue,
    description: Mapping[str, Any],
    at: Mapping[tuple[str, str], Operation],
    create: Operation,
    member: str,
) -> Life | None:
    read = at["GET", member]
    is_put = create.method == "PUT"
    path = home_of(member) if is_put else create.path
    media, parameter = json_media(create.body), _last_parameter(read)
    if media is None or media.type is None or parameter is None:
        return None
    answer = answered(read)
    inside, holder, values = paired(
        parameter.wire_name, inside_of(api, media.type, sent=True), inside_of(api, answer, sent=False)
    )
    try:
        needed = smallest_with(api, media.type, inside)
    except NoValueError:
        return None
    shown = fields_at(api, answer, values, sent=False)
    fields = fields_at(api, media.type, inside, sent=True)
    identifier = _identifier(api, description, create, read, parameter) if not is_put else None
    chosen = _chosen(api, fields, parameter)
    chosen_in = _named_below(api, media.type, parameter, identifier) if chosen is None and identifier else ()
    if chosen_in:
        chosen = _chosen(api, fields_at(api, media.type, chosen_in, sent=True), parameter, always=True)
    own = identifying(parameter.wire_name, fields)
    placed = _placed(api, parameter) if is_put else None
    if is_put and (placed is None or (own is not None and fields[own].required)):
        return None
    plain = {name: plain_value(api, field, shown) for name, field in fields.items() if name != own}
    change, changes = None, dict[str, Any]()
    for each in (at.get((method, member)) for method in ("PATCH", "PUT")):
        if each is None or change is not None or not _is_write(catalogue, each):
            continue
        steps = _steps(each, plain) if not (inside or holder or values) else None
        found = steps or _changes(api, each, shown, parameter)
        change, changes = (each, found) if found is not None else (None, {})
    delete, listing = at.get(("DELETE", member)), at.get(("GET", path))
    items, key = items_of(api, listing, parameter) if listing is not None else (None, "")
    return Life(
        name=path,
        create=create.label,
        read=read.label,
        identifier=identifier,
        needed=needed,
        plain=tuple(p for name, p in plain.items() if p is not None and fields[name].required and is_certain(p)),
        optional=tuple(
            p for name, p in plain.items() if p is not None and not (fields[name].required and is_certain(p))
        ),
        chosen=chosen,
        chosen_in=chosen_in,
        create_type=media.content_type,
        change=change.label if change is not None else "",
        **changes,
        delete=delete.label if delete is not None else "",
        list=listing.label if listing is not None and items is not None else "",
        listed=items,
        key=key,
        page=_page(listing) if listing is not None else 0,
        parent=_parent(path, at),
        placed=placed,
        above=_above(api, create, at) if is_put else (),
        varied=varied(api, fields, listing) if items is not None else (),
        left_alone=_left_alone(api, change, plain, changes),
        sent_in=inside,
        holder=holder,
        inside=values[len(holder) :],
    )


def _left_alone(
    api: Api, change: Operation | None, plain: Mapping[str, Plain | None], changes: Mapping[str, Any]
) -> tuple[str, ...]:
    """The properties that a PATCH without them leaves as they are (RFC 5789; RFC 7396): not those with a default."""
    media = json_media(change.body) if change is not None and change.method == "PATCH" else None
    if media is None or media.type is None:
        return ()
    if media.content_type == JSON_PATCH:
        return tuple(name for name, each in plain.items() if each is not None)
    fields = fields_at(api, media.type, changes.get("change_in", ()), sent=True)
    return tuple(
        name
        for name, each in plain.items()
        if each is not None
        and (name not in fields or not (fields[name].required or fields[name].default is not MISSING))
    )


def _is_write(catalogue: Catalogue, operation: Operation) -> bool:
    fact = catalogue.named(operation.label)
    return fact is not None and fact.effect is Effect.WRITE


def _parent(path: str, at: Mapping[tuple[str, str], Operation]) -> str:
    """The collection of the member that stands before: `/things` for `/things/{id}/parts`."""
    above = path.rpartition("/")[0]
    home = home_of(above)
    return next((p for p in (home, f"{home}/") if home and ("POST", p) in at), "")


def _last_parameter(operation: Operation) -> Parameter | None:
    name = operation.path.rstrip("/").rpartition("{")[2].partition("}")[0]
    return next((p for p in operation.parameters if p.location is In.PATH and p.wire_name == name), None)


def _named_below(api: Api, type_: Type, parameter: Parameter, identifier: Place) -> Place:
    """The object in a body that names the thing where the answer does (`metadata` of Kubernetes); () for none."""
    holder = identifier[:-1]
    is_so_called = plain_name(identifier[-1]) == plain_name(parameter.wire_name)
    return holder if is_so_called and identifier[-1] in fields_at(api, type_, holder, sent=True) else ()


def _chosen(api: Api, fields: Mapping[str, Field], parameter: Parameter, *, always: bool = False) -> Plain | None:
    """The identifier that a client has to give, or, with `always`, may give."""
    name = identifying(parameter.wire_name, (n for n, field in fields.items() if always or field.required))
    scalar = scalar_of(api, fields[name].type) if name is not None else None
    return made_up(name, scalar) if name is not None and scalar is not None else None


def _changes(api: Api, operation: Operation, shown: Mapping[str, Field], parameter: Parameter) -> dict[str, Any] | None:
    """What a life has of its change; None where nothing that is changed is `shown`."""
    media = json_media(operation.body)
    if media is None or media.type is None or "json-patch" in media.content_type:
        return None
    inside = said_at(inside_of(api, media.type, sent=True), names_of(api, shown))
    if inside is None:
        return None
    fields = fields_at(api, media.type, inside, sent=True)
    plain = tuple(filter(None, (plain_value(api, field, shown) for field in fields.values())))
    named = _named(api, media.type, inside, parameter, always=operation.method == "PUT")
    needed: Json = {}
    with suppress(NoValueError):
        needed = smallest_with(api, media.type, inside)
    changeable = tuple(each for each in plain if (*inside, each.name) != named)
    own = identifying(parameter.wire_name, fields)
    changeable = tuple(each for each in changeable if each.name != own)
    if not changeable or not isinstance(needed, dict):
        return None
    return {
        "change_needed": needed,
        "changeable": changeable,
        "change_named": named,
        "change_type": media.content_type,
        "change_in": inside,
    }


def _steps(operation: Operation, plain: Mapping[str, Plain | None]) -> dict[str, Any] | None:
    """The same for a JSON Patch, whose steps are about what a create says; None for any other change."""
    media = json_media(operation.body)
    changeable = tuple(each for each in plain.values() if each is not None)
    if media is None or media.content_type != JSON_PATCH or not changeable:
        return None
    return {"change_needed": {}, "changeable": changeable, "change_type": JSON_PATCH}


def _named(api: Api, type_: Type, inside: Place, parameter: Parameter, *, always: bool) -> Place:
    """Where a change says again what it changes; () where it need not, and is not known `always` to do so."""
    for depth in range(len(inside), -1, -1):
        fields = fields_at(api, type_, inside[:depth], sent=True)
        own = identifying(parameter.wire_name, fields)
        if own is not None and (fields[own].required or always):
            return (*inside[:depth], own)
    return ()


def _identifier(
    api: Api, description: Mapping[str, Any], create: Operation, read: Operation, parameter: Parameter
) -> tuple[str, ...] | None:
    """Where the answer to a create has the new identifier: as a link says, in a property, or as a whole."""
    for pointer in _linked(description, create, read, parameter):
        return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    type_ = answered(create)
    if type_ is None:
        return None
    if isinstance(resolve(type_, api.schemas), Scalar | Enumeration):
        return ()
    holder = named_at(parameter.wire_name, inside_of(api, type_, sent=False))
    name = identifying(parameter.wire_name, fields_at(api, type_, holder, sent=False))
    return (*holder, name) if name is not None else None


def _linked(description: Mapping[str, Any], create: Operation, read: Operation, parameter: Parameter) -> Iterator[str]:
    """The pointers of Link Objects that lead from the answer to the reading operation (OpenAPI, "Link Object")."""
    node: Any = description
    for step in create.key.removeprefix("#/").split("/"):
        node = node.get(step.replace("~1", "/").replace("~0", "~"), {}) if isinstance(node, Mapping) else {}
    for status, response in entries(node.get("responses")) if isinstance(node, Mapping) else ():
        links = response.get("links") if isinstance(response, Mapping) and str(status)[:1] == "2" else None
        for link in links.values() if isinstance(links, Mapping) else ():
            if not isinstance(link, Mapping) or link.get("operationId") != read.operation_id:
                continue
            given = link.get("parameters")
            for name in (parameter.wire_name, f"path.{parameter.wire_name}"):
                found = _IN_BODY.fullmatch(str(given.get(name))) if isinstance(given, Mapping) else None
                if found is not None:
                    yield found[1]


def _page(operation: Operation) -> int:
    """How many items an answer has at most: 0 for all, -1 where the description does not say."""
    query = {re.sub(r"[^a-z]", "", p.wire_name.lower()): p for p in operation.parameters if p.location is In.QUERY}
    sizes = [p for name, p in query.items() if name in _SIZES]
    if not sizes:
        return -1 if _PAGES & set(query) else 0
    default = sizes[0].default
    return default if isinstance(default, int) and not isinstance(default, bool) and default > 0 else -1
