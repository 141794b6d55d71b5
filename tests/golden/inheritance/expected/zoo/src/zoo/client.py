"""The client of Zoo."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Self, Unpack

from ._runtime import ApiFacts, AsyncClient, Client, Server

if TYPE_CHECKING:
    from ._runtime import AsyncSettings, Settings
    from .resources.animals import Animals, AsyncAnimals


@cache
def _facts() -> ApiFacts:
    """What the client has to know of the API besides its operations."""

    return ApiFacts(
        servers={"": Server("https://zoo.example.com")},
        env_prefix="ZOO",
    )


class Zoo(Client):
    """A client of Zoo.

    Composition, inheritance, and one of several.

    Close it with `close()`, or use it in a `with` statement.
    """

    def __init__(self, target: str | None = None, *, base_url: str | None = None, **settings: Unpack[Settings]) -> None:
        """Sends nothing.

        Args:
            target: A host name (spoken to by https), or an address ("http://127.0.0.1:8080"); a path in it stands in
                place of the description's. None means `https://zoo.example.com`.
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

        Reads `ZOO_TARGET`, `ZOO_BASE_URL`, `ZOO_CA_BUNDLE`, `ZOO_TIMEOUT`. A proxy is the environment's in any case.

        Raises:
            ArgumentError: A variable is missing, is empty, contradicts another or cannot be used; the message names it.
        """
        return cls._from_env({"target": target, "base_url": base_url, **settings})

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

    def __init__(
        self, target: str | None = None, *, base_url: str | None = None, **settings: Unpack[AsyncSettings]
    ) -> None:
        """Takes the arguments of `Zoo`."""
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
        """As `Zoo.from_env`."""
        return cls._from_env({"target": target, "base_url": base_url, **settings})

    @cached_property
    def animals(self) -> AsyncAnimals:
        """`/animals`"""
        from .resources.animals import AsyncAnimals

        return AsyncAnimals(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()
