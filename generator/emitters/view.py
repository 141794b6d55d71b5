"""What the templates of models see: text ready to be laid out.

Fields named `annotation`, `bases`, `default`, `value` and `imports` are Python source that an emitter wrote; names are
identifiers; everything else is text of the description, which templates pass through a filter.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldView:
    """A line of a class: `name: annotation default`, and what it means; `default` includes the ` = `."""

    name: str
    annotation: str
    default: str
    doc: str


@dataclass(frozen=True, slots=True)
class StructView:
    """A struct; `bases` is what stands between the parentheses of its class statement."""

    name: str
    bases: str
    doc: str
    fields: tuple[FieldView, ...]
    kind: str = "struct"


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of an enumeration; `value` is a Python literal."""

    name: str
    value: str
    doc: str


@dataclass(frozen=True, slots=True)
class EnumView:
    """An open enumeration; `bases` names the runtime's class for its kind."""

    name: str
    bases: str
    doc: str
    members: tuple[MemberView, ...]
    kind: str = "enum"


@dataclass(frozen=True, slots=True)
class AliasView:
    """A type under a name.

    Type checkers read `annotation`; `value`, where set, is what the interpreter gets instead because msgspec cannot
    decode the annotation by itself.
    """

    name: str
    annotation: str
    doc: str
    value: str = ""
    kind: str = "alias"


@dataclass(frozen=True, slots=True)
class ModuleView:
    """A module of models: its imports (finished lines), then its classes in an order that defines before it uses."""

    doc: str
    imports: tuple[str, ...]
    lazy_imports: tuple[str, ...]
    symbols: tuple[StructView | EnumView | AliasView, ...]
