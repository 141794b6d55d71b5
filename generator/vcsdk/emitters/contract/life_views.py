"""What the contract templates see of the lives of things."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from vcsdk.copied.suite.lives import Life, Plain
from vcsdk.copied.suite.operations import Catalogue, Effect
from vcsdk.emitters.filters import code_span, python_literal

_USED = {"list": "created_listed", "change": "change_kept", "delete": "deleted_gone"}


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


def life_views(catalogue: Catalogue) -> list[LifeView]:
    """The views of every collection whose members the suite makes."""
    taken: set[str] = set()
    return [_view(catalogue, life, taken) for life in catalogue.lives]


def probes_of(views: Iterable[LifeView]) -> list[str]:
    """The modules of `probes` that the tests call."""
    used = {"created_shown", "location_leads"}
    used |= {probe for view in views for part, probe in _USED.items() if getattr(view, part)}
    return sorted(used)


def _view(catalogue: Catalogue, life: Life, taken: set[str]) -> LifeView:
    words = [word for word in life.name.split("/") if word and "{" not in word]
    name = "Test" + "".join(part.capitalize() for word in words for part in _parts(word))
    while name in taken:
        name += "Again"
    taken.add(name)
    steps = [part for part in (life.create, life.read, life.list, life.change, life.delete) if part]
    lines = [operation.request_line for step in steps if (operation := catalogue.named(step)) is not None]
    return LifeView(
        class_name=name,
        name=life.name,
        create=life.create,
        list=life.list,
        change=life.change,
        delete=life.delete,
        doc=", ".join(map(code_span, lines)),
        marks=_marks(catalogue, life.create),
        change_marks=_marks(catalogue, life.create, life.change),
        source=_source(life),
        has_plain=bool(life.plain or life.optional or life.changeable or life.chosen),
    )


def _parts(word: str) -> Iterator[str]:
    return iter("".join(char if char.isascii() and char.isalnum() else " " for char in word).split())


def _marks(catalogue: Catalogue, *names: str) -> tuple[str, ...]:
    writing = [name for name in names if (o := catalogue.named(name)) is not None and o.effect is not Effect.READ]
    return (f"write({', '.join(map(repr, writing))})",) if writing else ()


def _source(value: Any) -> str:
    """A record as Python source, without what is its default."""
    if isinstance(value, Life | Plain):
        given = [
            f"{each.name}={_source(part)}"
            for each in dataclasses.fields(value)
            if (part := getattr(value, each.name)) != each.default or type(part) is not type(each.default)
        ]
        return f"{type(value).__name__}({', '.join(given)})"
    if isinstance(value, tuple) and any(isinstance(item, Plain) for item in value):
        return f"({''.join(f'{_source(item)}, ' for item in value)})"
    return python_literal(value)
