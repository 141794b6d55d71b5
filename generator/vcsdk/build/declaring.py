"""What the composition of schemas needs of the builder of schemas."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any, Protocol

from msgspec.structs import replace

from vcsdk.build.binaries import Binaries
from vcsdk.diagnostics import Diagnostics
from vcsdk.ir import ANY, Discriminator, Field, Json, Ref, Schema, Type, Union
from vcsdk.load import Document


class Declares(Protocol):
    """A builder: `depth` counts what is being built, `later` is what is built once nothing else is."""

    document: Document
    diagnostics: Diagnostics
    declared: dict[str, Schema]
    binaries: Binaries
    depth: int
    later: list[Callable[[], None]]

    def type_of(self, schema: Json, pointer: str, name: str) -> Type:
        """The type of the schema at `pointer`; `name` is what an inline declaration would be called."""

    def reference(self, pointer: str, name: str) -> Type:
        """The type of the schema at `pointer`, declared under `name` if it is not yet."""

    def field(self, wire: str, schema: Json, pointer: str, owner: str, *, required: bool) -> Field:
        """The field of a property of the struct that would be called `owner`."""

    def option(self, option: Json, pointer: str, name: str, index: int, *, told: bool) -> Type:
        """A member of a union; `told`: a discriminator tells members apart."""

    def discriminator(self, schema: dict[str, Any]) -> Discriminator | None:
        """What tells the members of a union apart, where the description says."""

    def enumeration(self, schema: dict[str, Any], pointer: str, name: str, types: list[str]) -> tuple[Type, bool]:
        """The type of an `enum`, and whether null is among its values."""

    def under_a_name(self, union: Union, schema: dict[str, Any], pointer: str, name: str) -> Type:
        """The union, declared where it needs a decoder of its own."""

    def declare_struct(
        self,
        schema: dict[str, Any],
        pointer: str,
        name: str,
        fields: tuple[Field, ...],
        additional: Type | None,
        base: str | None = None,
        *,
        closed: bool = False,
    ) -> Ref:
        """Declare a struct at `pointer`; `base` is the key of the one it inherits from.

        `closed`: it refuses properties beside its own.
        """


def undeclared(names: Set[str], document: Document, pointer: str) -> tuple[Field, ...]:
    """Fields for properties of which a schema says only that they must be there: any value will do.

    They are optional: most such names are misspelt, and servers send what was meant.
    """
    return tuple(Field(wire, ANY, False, document.origin(pointer)) for wire in sorted(names))


def set_apart(declared: dict[str, Schema], members: tuple[Type, ...], pointer: str, name: str) -> tuple[Type, ...]:
    """The members of a union that is to be declared at `pointer`.

    One of several JSON types can be an object, which was declared in that place; it gets one of its own.
    """
    key = "#" + pointer
    taken = declared.pop(key, None)
    if taken is None:
        return members
    own = f"{key}/type"
    declared[own] = replace(taken, key=own, wire_name=f"{name}_object")
    return tuple(Ref(own) if member == Ref(key) else member for member in members)
