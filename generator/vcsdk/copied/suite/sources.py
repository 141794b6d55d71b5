"""Which lists show the identifiers in a path."""

from __future__ import annotations

from dataclasses import dataclass

PARAMETER = r"\{([^{}]+)\}"
"""A parameter in a segment of a path template."""


@dataclass(frozen=True)
class Source:
    """A list that shows identifiers: its operation, where an answer has the items, the identifier in each ("" itself).

    `items` are names of properties from outside.
    """

    operation: str
    items: tuple[str, ...] = ()
    key: str = ""
