"""What the templates of models see: text ready to be laid out.

Fields named `annotation`, `bases`, `default`, `value` and `imports` are Python source that an emitter wrote; names are
identifiers; everything else is text of the description, which templates pass through a filter.
"""

from __future__ import annotations

import msgspec


class FieldView(msgspec.Struct, frozen=True):
    """A line of a class: `name: annotation default`, and what it means; `default` includes the ` = `."""

    name: str
    annotation: str
    default: str
    doc: str


class StructView(msgspec.Struct, frozen=True):
    """A struct; `bases` is what stands between the parentheses of its class statement."""

    name: str
    bases: str
    doc: str
    fields: tuple[FieldView, ...]
    kind: str = "struct"


class MemberView(msgspec.Struct, frozen=True):
    """A member of an enumeration; `value` is a Python literal."""

    name: str
    value: str
    doc: str


class EnumView(msgspec.Struct, frozen=True):
    """An open enumeration; `bases` names the runtime's class for its kind."""

    name: str
    bases: str
    doc: str
    members: tuple[MemberView, ...]
    kind: str = "enum"


class AliasView(msgspec.Struct, frozen=True):
    """A type under a name.

    Type checkers read `annotation`; `value`, where set, is what the interpreter gets instead because msgspec cannot
    decode the annotation by itself.
    """

    name: str
    annotation: str
    doc: str
    value: str = ""
    kind: str = "alias"


class ModuleView(msgspec.Struct, frozen=True):
    """A module of models: its imports (finished lines), then its classes in an order that defines before it uses."""

    doc: str
    imports: tuple[str, ...]
    lazy_imports: tuple[str, ...]
    symbols: tuple[StructView | EnumView | AliasView, ...]
