"""Which versions of an API have a thing."""

from __future__ import annotations

import functools

import msgspec


class Lifespan(msgspec.Struct, frozen=True):
    """The versions in which something came, was deprecated and went, as written; "" where nobody says."""

    since: str = ""
    deprecated_since: str = ""
    removed_in: str = ""

    def is_newer_than(self, version: str) -> bool:
        """Whether it came after this version; what has no `since` was always there."""
        return release(self.since) > release(version) if self.since else False


UNKNOWN = Lifespan()


@functools.cache
def release(version: str) -> tuple[int, ...]:
    """A version's numbers, comparable: "8.0.2" and "8.0.2.0" are one, "8.0.2.00300" is newer.

    Raises:
        ValueError: It is no version: a part is no number.
    """
    if not all(part.isascii() and part.isdigit() for part in version.split(".")):
        raise ValueError(f"{version!r} is no version such as 8.0.2")
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
