"""Which errors of the family an answer stands for, and under which statuses a description documents each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from vcsdk.ir import ErrorType, Operation, Ref, Response, Schema
from vcsdk.vapi_prose.reasons import by_name, folded, standard_error

USUAL = {401: "UNAUTHENTICATED", 403: "UNAUTHORIZED", 404: "NOT_FOUND", 503: "SERVICE_UNAVAILABLE"}
"""The member that a status means where an answer says no more."""


def errors_of(response: Response, schemas: Mapping[str, Schema], known: Mapping[str, ErrorType]) -> list[ErrorType]:
    """The members of the family that an answer has reasons for, else the one whose schema it has.

    `known` is the family `by_name`.
    """
    found = [known[name] for reason in response.reasons if (name := folded(reason.error_type)) in known]
    if found:
        return found
    types = (media.type for media in response.content)
    wires = (schemas[type_.key].wire_name for type_ in types if isinstance(type_, Ref) and type_.key in schemas)
    return [error for name in wires if (error := _member(name, known)) is not None][:1]


def with_statuses(
    family: Iterable[ErrorType], operations: Iterable[Operation], schemas: Mapping[str, Schema]
) -> tuple[ErrorType, ...]:
    """The family, each member with every status it is documented under; where there is none, by convention.

    Where the base of all errors also stands under statuses that mean one thing only (403, 404), it is the shape of any
    error, and says nothing of the type `ERROR`.
    """
    family = tuple(family)
    known = by_name(family)
    documented: dict[str, set[int]] = {}
    for operation in operations:
        for response in operation.responses:
            if response.status.isdigit() and int(response.status) >= 400:
                for error in errors_of(response, schemas, known):
                    documented.setdefault(error.value, set()).add(int(response.status))
    if documented.get("ERROR", set()) & USUAL.keys():
        del documented["ERROR"]
    return tuple(_with_statuses(error, sorted(documented.get(error.value, ()))) for error in family)


def _with_statuses(error: ErrorType, documented: list[int]) -> ErrorType:
    statuses = tuple(documented) or ((error.status,) if error.status else ())
    usual = error.status if error.status in statuses else next(iter(statuses), 0)
    return replace(error, status=usual, statuses=statuses)


def _member(name: str, known: Mapping[str, ErrorType]) -> ErrorType | None:
    """The member that a schema's name means; `…_error` is the older envelope of one."""
    found = standard_error(name) or ""
    return known.get(found) or known.get(found.removesuffix("error"))
