"""The client of Lamp."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Self, Unpack

from ._runtime import ApiFacts, AsyncClient, Client, Server

if TYPE_CHECKING:
    from ._runtime import AsyncSettings, Settings
    from .resources.lamp import AsyncLampResource, LampResource


@cache
def _facts() -> ApiFacts:
    """What the client has to know of the API besides its operations."""

    return ApiFacts(
        servers={"": Server("https://lamp.example.com/v1")},
        env_prefix="LAMP",
    )


class Lamp(Client):
    """A client of Lamp.

    The smallest API that is worth a client.

    Close it with `close()`, or use it in a `with` statement.
    """

    def __init__(self, target: str | None = None, *, base_url: str | None = None, **settings: Unpack[Settings]) -> None:
        """Sends nothing.

        Args:
            target: A host name (spoken to by https), or an address ("http://127.0.0.1:8080"); a path in it stands in
                place of the description's. None means `https://lamp.example.com/v1`.
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

        Reads `LAMP_TARGET`, `LAMP_BASE_URL`, `LAMP_CA_BUNDLE`, `LAMP_TIMEOUT`. A proxy is the environment's in any
        case.

        Raises:
            ArgumentError: A variable is missing, is empty, contradicts another or cannot be used; the message names it.
        """
        return cls._from_env({"target": target, "base_url": base_url, **settings})

    @cached_property
    def lamp(self) -> LampResource:
        """`/lamp`"""
        from .resources.lamp import LampResource

        return LampResource(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()


class AsyncLamp(AsyncClient):
    """`Lamp` for asyncio: the same calls, awaited.

    Close it with `await close()`, or use it in an `async with` statement.
    """

    def __init__(
        self, target: str | None = None, *, base_url: str | None = None, **settings: Unpack[AsyncSettings]
    ) -> None:
        """Takes the arguments of `Lamp`."""
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
        """As `Lamp.from_env`."""
        return cls._from_env({"target": target, "base_url": base_url, **settings})

    @cached_property
    def lamp(self) -> AsyncLampResource:
        """`/lamp`"""
        from .resources.lamp import AsyncLampResource

        return AsyncLampResource(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()
