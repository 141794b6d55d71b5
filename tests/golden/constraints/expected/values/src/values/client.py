"""The client of Values."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from ._runtime import ApiFacts, AsyncClient, Client

if TYPE_CHECKING:
    from .resources.values import AsyncValues as AsyncValues_
    from .resources.values import Values as Values_


@cache
def _facts() -> ApiFacts:
    """What the client has to know of the API besides its operations."""

    return ApiFacts(
        prefix="",
    )


class Values(Client):
    """A client of Values.

    Enumerations, constraints, formats, and the styles of parameters.

    Close it with `close()`, or use it in a `with` statement.
    """

    @cached_property
    def values(self) -> Values_:
        """`/values/{key}`"""
        from .resources.values import Values

        return Values(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()


class AsyncValues(AsyncClient):
    """`Values` for asyncio: the same calls, awaited.

    Close it with `await close()`, or use it in an `async with` statement.
    """

    @cached_property
    def values(self) -> AsyncValues_:
        """`/values/{key}`"""
        from .resources.values import AsyncValues

        return AsyncValues(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()
