"""The values of `error_type` that a description lists."""

from __future__ import annotations

from vcsdk.diagnostics import Origin
from vcsdk.ir import Api, Enumeration

# Every list of VMware's error types has these two; the profile `vapi` knows the enumeration by them as well.
_MARKS = frozenset({"UNAUTHENTICATED", "NOT_FOUND"})


def lists_error_types(values: tuple[object, ...] | None) -> bool:
    """Whether these values of an enumeration are error types."""
    return values is not None and _MARKS.issubset(value for value in values if isinstance(value, str))


def error_values(api: Api) -> tuple[tuple[str, ...], Origin | None]:
    """The values in the order of the description and where the first list stands; nothing outside the profile."""
    if api.profile != "vapi":
        return (), None
    found: dict[str, None] = {}
    origin = None
    for schema in api.schemas.values():
        if isinstance(schema, Enumeration) and lists_error_types(tuple(member.value for member in schema.listed)):
            origin = origin or schema.origin
            found.update((str(member.value), None) for member in schema.listed)
    return tuple(found), origin
