"""Lists as their styles write them in one text (OpenAPI 3.0.3, "Style Values"; Swagger 2.0, `collectionFormat`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vcsdk.emitters.contract.smallest import sample
from vcsdk.ir import In, Json, Parameter, Schema, Type
from vcsdk.ir.resolving import resolve
from vcsdk.ir.types import Array, wire_text

_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}


def list_text(parameter: Parameter, value: Json, schemas: Mapping[str, Schema]) -> str | None:
    """A list as the one text that a parameter has, before percent-encoding; None where it is several, or cannot be.

    A list without a value is taken for one with a value in it, since it would not be there.

    Raises:
        NoValueError: There is no such value.
    """
    value = filled_list(value, parameter.type, schemas)
    if not isinstance(value, list):
        return wire_text(value)
    if not value:
        return None
    if not (parameter.location in (In.QUERY, In.COOKIE) and parameter.explode):
        return joined(value, (parameter.style, *parameter.inner))
    return joined(value[0], parameter.inner) if len(value) == 1 else None


def filled_list(value: Json, type_: Type, schemas: Mapping[str, Schema]) -> Json:
    """A list with a value in it, and so the lists in it; all else as it is."""
    meant = resolve(type_, schemas)
    if not isinstance(value, list) or not isinstance(meant, Array):
        return value
    return [filled_list(item, meant.items, schemas) for item in value or [sample(meant.items, schemas)]]


def joined(value: Json, styles: Sequence[str]) -> str | None:
    """A scalar, or a list with between its values what the first of the styles says; None if it cannot be read back."""
    if not isinstance(value, list):
        return wire_text(value)
    if not styles:
        return None
    between = _SEPARATORS.get(styles[0], ",")
    texts = [joined(item, styles[1:]) for item in value]
    known = [text for text in texts if text is not None and between not in text]
    return between.join(known) if len(known) == len(texts) else None
