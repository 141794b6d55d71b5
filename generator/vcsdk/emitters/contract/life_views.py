"""What the contract templates see of the lives of things."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from vcsdk.copied.suite.lives import Life, Plain
from vcsdk.copied.suite.operations import Catalogue, Effect
from vcsdk.copied.suite.undo import Undo
from vcsdk.emitters.contract.heads import has_head
from vcsdk.emitters.filters import code_span, python_literal
from vcsdk.ir import Api
from vcsdk.ir.conditions import ETAG, is_guarded, revalidated_by, validators

_USED = {
    "list": "created_listed",
    "change": "change_kept",
    "delete": "deleted_gone",
    "validators": "not_modified",
    "has_head": "head_as_get",
    "tagged": "tag_moves",
    "guards_change": "match_needed",
    "guards_delete": "match_needed",
}


class LifeView(msgspec.Struct, frozen=True):
    """One test class, and how the catalogue writes what it is about."""

    class_name: str
    name: str
    create: str
    list: str
    change: str
    delete: str
    doc: str
    marks: tuple[str, ...]
    change_marks: tuple[str, ...]
    source: str
    has_plain: bool
    validators: tuple[str, ...] = ()
    has_head: bool = False
    tagged: bool = False
    guards_change: bool = False
    guards_delete: bool = False


def life_views(api: Api, catalogue: Catalogue) -> list[LifeView]:
    """The views of every collection whose members the suite makes."""
    taken: set[str] = set()
    return [_view(api, catalogue, life, taken) for life in catalogue.lives]


def probes_of(views: Iterable[LifeView]) -> list[str]:
    """The modules of `probes` that the tests call."""
    used = {"created_shown", "location_leads"}
    used |= {probe for view in views for part, probe in _USED.items() if getattr(view, part)}
    return sorted(used)


def _view(api: Api, catalogue: Catalogue, life: Life, taken: set[str]) -> LifeView:
    steps = [part for part in (life.create, life.read, life.list, life.change, life.delete) if part]
    lines = [operation.request_line for step in steps if (operation := catalogue.named(step)) is not None]
    return LifeView(
        class_name=class_of(life.name, taken),
        name=life.name,
        create=life.create,
        list=life.list,
        change=life.change,
        delete=life.delete,
        doc=", ".join(map(code_span, lines)),
        marks=marks_of(catalogue, life.create),
        change_marks=marks_of(catalogue, life.create, life.change),
        source=source_of(life),
        has_plain=bool(life.plain or life.optional or life.changeable or life.chosen),
        **_conditions(api, life),
    )


def _conditions(api: Api, life: Life) -> dict[str, Any]:
    """What the description says of asking for a member with HEAD, and under conditions."""
    found = {step: api.find(name) for step in ("read", "change", "delete") if (name := getattr(life, step))}
    reader, change, delete = found.get("read"), found.get("change"), found.get("delete")
    if reader is None:
        return {}
    return {
        "validators": revalidated_by(reader),
        "has_head": has_head(api, reader),
        "tagged": change is not None and ETAG in validators(reader),
        "guards_change": change is not None and is_guarded(change, reader),
        "guards_delete": delete is not None and is_guarded(delete, reader),
    }


def _parts(word: str) -> Iterator[str]:
    return iter("".join(char if char.isascii() and char.isalnum() else " " for char in word).split())


def class_of(path: str, taken: set[str]) -> str:
    """A name for the class of what stands at a path, none of those `taken`, to which it is added."""
    words = [word for word in path.split("/") if word and "{" not in word]
    name = "Test" + "".join(part.capitalize() for word in words for part in _parts(word))
    while name in taken:
        name += "Again"
    taken.add(name)
    return name


def marks_of(catalogue: Catalogue, *names: str) -> tuple[str, ...]:
    """The marks of a test that sends these."""
    writing = [name for name in names if (o := catalogue.named(name)) is not None and o.effect is not Effect.READ]
    return (f"write({', '.join(map(repr, writing))})",) if writing else ()


def source_of(value: Any) -> str:
    """A record as Python source, without what is its default."""
    if isinstance(value, Life | Plain | Undo):
        given = [
            f"{each.name}={source_of(part)}"
            for each in dataclasses.fields(value)
            if (part := getattr(value, each.name)) != each.default or type(part) is not type(each.default)
        ]
        return f"{type(value).__name__}({', '.join(given)})"
    if isinstance(value, tuple) and any(isinstance(item, Plain) for item in value):
        return f"({''.join(f'{source_of(item)}, ' for item in value)})"
    return python_literal(value)
