"""The client of Lamp."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from ._runtime import ApiFacts, AsyncClient, Client

if TYPE_CHECKING:
    from .resources.lamp import AsyncLampResource, LampResource


@cache
def _facts() -> ApiFacts:
    """What the client has to know of the API besides its operations."""

    return ApiFacts(
        prefix="/v1",
    )


class Lamp(Client):
    """A client of Lamp.

    The smallest API that is worth a client.

    Close it with `close()`, or use it in a `with` statement.
    """

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

    @cached_property
    def lamp(self) -> AsyncLampResource:
        """`/lamp`"""
        from .resources.lamp import AsyncLampResource

        return AsyncLampResource(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()
