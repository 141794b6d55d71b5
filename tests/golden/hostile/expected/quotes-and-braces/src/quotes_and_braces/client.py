"""The client of Quotes ''' \"\"\" and {{ braces }}."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Self, Unpack

from ._runtime import ApiFacts, AsyncClient, Client

if TYPE_CHECKING:
    from ._runtime import AsyncSettings, Settings
    from .resources.class_ import AsyncClass, Class


@cache
def _facts() -> ApiFacts:
    """What the client has to know of the API besides its operations."""

    return ApiFacts(
        prefix="",
        env_prefix="QUOTES_AND_BRACES",
    )


class QuotesAndBraces(Client):
    """A client of Quotes ''' \"\"\" and {{ braces }}.

    A description that wants out: \"\"\"; import os; os._exit(3) # {{ self.__init__.__globals__ }} {% raw %} \\N{BULLET}
    \\x00 \\

    Close it with `close()`, or use it in a `with` statement.
    """

    def __init__(self, target: str | None = None, *, base_url: str | None = None, **settings: Unpack[Settings]) -> None:
        """Sends nothing.

        Args:
            target: A host name (spoken to by https), or an address ("http://127.0.0.1:8080"); a path in it stands in
                place of `/`. Needed, unless there is a `base_url`.
            base_url: Instead of a target: the whole address before the path of every operation, also where it has none
                ("https://gw.example.com/api/v1").
            settings: Timeouts, TLS, proxies and the like, by the names that `Client` gives them.

        Raises:
            ArgumentError: An argument cannot be used.
        """
        super().__init__(
            target,
            base_url=base_url,
            credentials={},
            variables={},
            **settings,
        )

    @classmethod
    def from_env(cls, target: str | None = None, *, base_url: str | None = None, **settings: Unpack[Settings]) -> Self:
        """A client by variables of the environment; what is given by keyword stands in place of them.

        Reads `QUOTES_AND_BRACES_TARGET`, `QUOTES_AND_BRACES_BASE_URL`, `QUOTES_AND_BRACES_CA_BUNDLE`,
        `QUOTES_AND_BRACES_TIMEOUT`. A proxy is the environment's in any case.

        Raises:
            ArgumentError: A variable is missing, is empty, contradicts another or cannot be used; the message names it.
        """
        return cls._from_env({"target": target, "base_url": base_url, **settings})

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

    def __init__(
        self, target: str | None = None, *, base_url: str | None = None, **settings: Unpack[AsyncSettings]
    ) -> None:
        """Takes the arguments of `QuotesAndBraces`."""
        super().__init__(
            target,
            base_url=base_url,
            credentials={},
            variables={},
            **settings,
        )

    @classmethod
    def from_env(
        cls, target: str | None = None, *, base_url: str | None = None, **settings: Unpack[AsyncSettings]
    ) -> Self:
        """As `QuotesAndBraces.from_env`."""
        return cls._from_env({"target": target, "base_url": base_url, **settings})

    @cached_property
    def class_(self) -> AsyncClass:
        """`/class/{import}`"""
        from .resources.class_ import AsyncClass

        return AsyncClass(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()
