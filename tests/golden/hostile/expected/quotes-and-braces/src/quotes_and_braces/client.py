"""The client of Quotes ''' \"\"\" and {{ braces }}."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from ._runtime import ApiFacts, AsyncClient, Client

if TYPE_CHECKING:
    from .resources.class_ import AsyncClass, Class


@cache
def _facts() -> ApiFacts:
    """What the client has to know of the API besides its operations."""

    return ApiFacts(
        prefix="",
    )


class QuotesAndBraces(Client):
    """A client of Quotes ''' \"\"\" and {{ braces }}.

    A description that wants out: \"\"\"; import os; os._exit(3) # {{ self.__init__.__globals__ }} {% raw %} \\N{BULLET}
    \\x00 \\

    Close it with `close()`, or use it in a `with` statement.
    """

    @cached_property
    def class_(self) -> Class:
        """`/class/{import}`"""
        from .resources.class_ import Class

        return Class(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()


class AsyncQuotesAndBraces(AsyncClient):
    """`QuotesAndBraces` for asyncio: the same calls, awaited.

    Close it with `await close()`, or use it in an `async with` statement.
    """

    @cached_property
    def class_(self) -> AsyncClass:
        """`/class/{import}`"""
        from .resources.class_ import AsyncClass

        return AsyncClass(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()
