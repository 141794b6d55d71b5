"""What an API has one of, without an identifier, and which values of it are shown as they are set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from vcsdk.copied.suite.lives import Life
from vcsdk.copied.suite.operations import Catalogue, Effect
from vcsdk.emitters.contract.cases import json_media
from vcsdk.emitters.contract.life_views import class_of, marks_of, source_of
from vcsdk.emitters.contract.plain_values import is_state, plain_value
from vcsdk.emitters.contract.requests import needs_no_more
from vcsdk.emitters.contract.shapes import answered, fields_at, inside_of, names_of, smallest_with
from vcsdk.emitters.contract.smallest import NoValueError
from vcsdk.emitters.filters import code_span
from vcsdk.ir import MISSING, Api, Field, Operation
from vcsdk.ir.enveloping import places, said_at

_STATES = frozenset(("if-match", "if-unmodified-since"))
# What decides who is let in, or where a target is: set even for a moment, it may lock the run out, or let others in.
_ACCESS = re.compile(
    r"user_?name|log_?in|e-?mail|passw|secret|token|pin$|auth|allow|access|admin|role|permi|secur|tls|ssl|cert|crypt"
    r"|firewall|host|domain|address|url|port|network|dns|ip$|ip_|timeout",
    re.IGNORECASE,
)
_MOST = 8


class SingletonView(msgspec.Struct, frozen=True):
    """One test class, and how the catalogue writes what it is about."""

    class_name: str
    name: str
    change: str
    doc: str
    marks: tuple[str, ...]
    source: str


def singletons(api: Api, catalogue: Catalogue) -> tuple[Life, ...]:
    """Each PATCH and PUT of a path without an identifier that a GET shows; none for the profile `vapi`."""
    if api.profile == "vapi":
        return ()
    plain = [o for o in api.operations if not o.fixed_query and not o.presence and not o.fixed_headers and not o.server]
    at = {(o.method, o.path): o for o in plain if "{" not in o.path}
    readers = [operation for (method, _), operation in at.items() if method == "GET"]
    return tuple(found for reader in readers for found in _set_by(api, catalogue, at, reader))


def _set_by(
    api: Api, catalogue: Catalogue, at: Mapping[tuple[str, str], Operation], reader: Operation
) -> Iterator[Life]:
    if ("POST", reader.path) in at or not needs_no_more(api, reader):
        return
    for method in ("PATCH", "PUT"):
        change = at.get((method, reader.path))
        fact = catalogue.named(change.label) if change is not None else None
        if change is None or change.task or fact is None or fact.effect is not Effect.WRITE:
            continue
        found = _life(api, reader, change) if needs_no_more(api, change, _STATES) else None
        if found is not None:
            yield found


def _life(api: Api, reader: Operation, change: Operation) -> Life | None:
    media, answer = json_media(change.body), answered(reader)
    if media is None or media.type is None or answer is None or "json-patch" in media.content_type:
        return None
    shown_in = inside_of(api, answer, sent=False)
    sent_in = inside_of(api, media.type, sent=True)
    for place in places(shown_in):
        shown = fields_at(api, answer, place, sent=False)
        inside = said_at(sent_in, names_of(api, shown))
        sent = fields_at(api, media.type, inside, sent=True) if inside is not None else {}
        settable = (field for field in sent.values() if _may_be_set(field))
        plain = [found for field in settable if (found := plain_value(api, field, shown)) is not None]
        # What has to be set and is not shown cannot be set back.
        if inside is None or not plain or any(field.required and name not in shown for name, field in sent.items()):
            continue
        try:
            needed = smallest_with(api, media.type, inside)
        except NoValueError:
            return None
        patched = change.method == "PATCH"
        return Life(
            name=reader.path,
            create="",
            read=reader.label,
            change=change.label,
            change_needed=needed,
            changeable=tuple(plain[:_MOST]),
            change_type=media.content_type,
            change_in=inside,
            holder=place,
            left_alone=tuple(p.name for p in plain[:_MOST] if patched and _is_left(sent[p.name])),
            carried=() if patched else tuple(name for name in sent if name in shown),
        )
    return None


def _may_be_set(field: Field) -> bool:
    return not _ACCESS.search(field.wire_name) and not is_state(field.wire_name)


def _is_left(field: Field) -> bool:
    return not field.required and field.default is MISSING


def singleton_views(catalogue: Catalogue) -> list[SingletonView]:
    """The views of them all."""
    taken: set[str] = set()
    found = []
    for each in catalogue.singletons:
        steps = [step for name in (each.read, each.change) if (step := catalogue.named(name)) is not None]
        found.append(
            SingletonView(
                class_name=class_of(each.name, taken),
                name=each.name,
                change=each.change,
                doc=", ".join(code_span(step.request_line) for step in steps),
                marks=marks_of(catalogue, each.change),
                source=source_of(each),
            )
        )
    return found
