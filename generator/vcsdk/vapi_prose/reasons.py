"""Which errors an answer stands for, and when: `***Vapi.Std.Errors.NotFound*** if the task does not exist`."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from vcsdk.ir import ErrorType

_STARRED = re.compile(r"\*\*\*([\w.]+)\*\*\*")
_LEADING = re.compile(r"\s*((?:[a-z]\w*\.)*errors\.[a-z_]+)\s*:\s*", re.IGNORECASE)
_NEXT = re.compile(r"\n(?=[Ii]f )")
_STANDARD = re.compile(r"(?:com\.vmware\.)?(?:vapi[._]?)?std[._]?errors[._]?(\w+)", re.IGNORECASE)


def take_reasons(text: str) -> list[tuple[str, str]]:
    """The names of errors in a response's description, in order, each with its own reason; [] if it names none.

    The current files put three stars around each name, older ones a colon behind the only one.
    """
    marks = list(_STARRED.finditer(text)) if "***" in text else []
    if not marks:
        leading = _LEADING.match(text)
        return [(leading[1], text[leading.end() :].strip())] if leading else []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    before = text[: marks[0].start()].strip()
    return [
        (mark[1], " ".join(part for part in (before, text[mark.end() : end].strip(" \n:")) if part))
        for mark, end in zip(marks, ends, strict=True)
    ]


def lines_of(reason: str) -> list[str]:
    """The reasons that older files give a line each: "if …" and "if …"."""
    return _NEXT.split(reason)


def by_name(family: Iterable[ErrorType]) -> dict[str, ErrorType]:
    """The family by what is the same in all spellings of a member's name, as `standard_error` gives it."""
    return {folded(error.value): error for error in family}


def folded(name: str) -> str:
    """A member's name without what its spellings differ in: `RESOURCE_BUSY` and `ResourceBusy` are `resourcebusy`."""
    return name.replace("_", "").lower()


@functools.lru_cache(maxsize=4096)
def standard_error(name: str) -> str | None:
    """The folded name of a standard error (`notfound`), by a schema's or an error's name; None for any other."""
    found = _STANDARD.fullmatch(name)
    return folded(found[1]) if found else None
