"""References that lead nowhere as they are written, and can only mean one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.load.pointer import exists

_ELSEWHERE = {"definitions": "components/schemas", "parameters": "components/parameters"} | {
    "responses": "components/responses",
    "securityDefinitions": "components/securitySchemes",
}
"""Sections of Swagger 2.0 by where OpenAPI 3 has them."""


def meant(data: Any, pointer: str) -> str | None:
    """The pointer that one to nothing can only mean; None where it may mean anything.

    The first slash may be missing, blanks or a slash may stand behind it, and a section may be called as Swagger 2.0
    calls it.
    """
    for other in _spellings(pointer.strip().strip("/")):
        if other != pointer and exists(data, other):
            return other
    return None


def _spellings(bare: str) -> Iterator[str]:
    if bare:
        yield f"/{bare}"
        section, slash, name = bare.partition("/")
        if slash and section in _ELSEWHERE:
            yield f"/{_ELSEWHERE[section]}/{name}"
