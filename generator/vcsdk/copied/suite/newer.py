"""The type of an error that a description does not list: newer servers have more (VMware vAPI, "Standard Errors")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .answers import Answer
from .description import Departure
from .operations import Catalogue
from .reading import read_json

_PLACE = "$.error_type"
# As the listed ones are written; whatever else stands there is no type of an error.
_TYPE = re.compile(r"[A-Z][A-Z0-9_]{2,63}")


def error_type(answer: Answer, catalogue: Catalogue) -> str:
    """The type of an error that is none of the listed ones; "" for a listed one, none, and what is no type."""
    if answer.status < 400 or not catalogue.error_statuses or "json" not in answer.content_type:
        return ""
    try:
        error = read_json(answer.content)
    except ValueError:
        return ""
    kind = error.get("error_type") if isinstance(error, dict) else None
    listed = any(kind == value for value, _ in catalogue.error_statuses)
    return kind if isinstance(kind, str) and not listed and _TYPE.fullmatch(kind) else ""


def but_for_it(answer: Answer, catalogue: Catalogue, departures: Sequence[Departure]) -> list[Departure]:
    """The departures of a body, but that of such a type from the list."""
    if not departures or not error_type(answer, catalogue):
        return [*departures]
    return [each for each in departures if (each.path, each.keyword) != (_PLACE, "enum")]


def remark(answer: Answer, kind: str) -> str:
    """What a run notes of it."""
    where = answer.operation.request_line if answer.operation is not None else answer.method
    return f"{where} answered {answer.status} with the error type {kind}, which the description does not list"
