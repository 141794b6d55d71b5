"""The client of Zoo."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from ._runtime import ApiFacts, AsyncClient, Client

if TYPE_CHECKING:
    from .resources.animals import Animals, AsyncAnimals


@cache
def _facts() -> ApiFacts:
    """What the client has to know of the API besides its operations."""

    return ApiFacts(
        prefix="",
    )


class Zoo(Client):
    """A client of Zoo.

    Composition, inheritance, and one of several.

    Close it with `close()`, or use it in a `with` statement.
    """

    @cached_property
    def animals(self) -> Animals:
        """`/animals`"""
        from .resources.animals import Animals

        return Animals(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()


class AsyncZoo(AsyncClient):
    """`Zoo` for asyncio: the same calls, awaited.

    Close it with `await close()`, or use it in an `async with` statement.
    """

    @cached_property
    def animals(self) -> AsyncAnimals:
        """`/animals`"""
        from .resources.animals import AsyncAnimals

        return AsyncAnimals(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()
