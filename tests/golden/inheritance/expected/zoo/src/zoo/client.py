"""The client of Zoo."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Self

from ._runtime import ApiFacts, AsyncClient, Client, Server
from ._runtime import concealed as _concealed
from ._runtime import hidden_proxy as _hidden_proxy

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import httpx2

    from ._runtime import Retries
    from .hooks import Hooks
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

    def __init__(
        self,
        target: str | None = None,
        *,
        base_url: str | None = None,
        ca_bundle: str | Path | None = None,
        verify: bool | ssl.SSLContext = True,
        timeout: float | httpx2.Timeout = 60.0,
        language: str | None = None,
        proxy: str | httpx2.Proxy | None = None,
        limits: httpx2.Limits | None = None,
        retries: int | Retries = 3,
        headers: Mapping[str, str] | None = None,
        max_answer_bytes: int | None = 268435456,
        max_stream_bytes: int | None = None,
        max_stream_seconds: float | None = None,
        http_client: httpx2.Client | None = None,
        hooks: Hooks | Sequence[Hooks] | None = None,
    ) -> None:
        """Sends nothing.  What is not told here is a setting, which `Client` explains: timeouts, TLS, proxies and the
        like.

        Args:
            target: A host name (spoken to by https), or an address ("http://127.0.0.1:8080"); a path in it stands in
                place of the description's. None means `https://zoo.example.com`.
            base_url: Instead of a target: the whole address before the path of every operation, also where it has none
                ("https://gw.example.com/api/v1").

        Raises:
            ArgumentError: An argument cannot be used.
        """
        headers = _concealed(headers)
        proxy = _hidden_proxy(proxy)
        super().__init__(
            target,
            base_url=base_url,
            credentials={},
            variables={},
            ca_bundle=ca_bundle,
            verify=verify,
            timeout=timeout,
            language=language,
            proxy=proxy,
            limits=limits,
            retries=retries,
            headers=headers,
            max_answer_bytes=max_answer_bytes,
            max_stream_bytes=max_stream_bytes,
            max_stream_seconds=max_stream_seconds,
            http_client=http_client,
            hooks=hooks,
        )

    @classmethod
    def from_env(
        cls,
        target: str | None = None,
        *,
        base_url: str | None = None,
        ca_bundle: str | Path | None = None,
        verify: bool | ssl.SSLContext = True,
        timeout: float | httpx2.Timeout | None = None,
        language: str | None = None,
        proxy: str | httpx2.Proxy | None = None,
        limits: httpx2.Limits | None = None,
        retries: int | Retries = 3,
        headers: Mapping[str, str] | None = None,
        max_answer_bytes: int | None = 268435456,
        max_stream_bytes: int | None = None,
        max_stream_seconds: float | None = None,
        http_client: httpx2.Client | None = None,
        hooks: Hooks | Sequence[Hooks] | None = None,
    ) -> Self:
        """A client by variables of the environment; what is given by keyword stands in place of them.

        Reads `ZOO_TARGET`, `ZOO_BASE_URL`, `ZOO_CA_BUNDLE`, `ZOO_TIMEOUT`. A proxy is the environment's in any case.

        Raises:
            ArgumentError: A variable is missing, is empty, contradicts another or cannot be used; the message names it.
        """
        headers = _concealed(headers)
        proxy = _hidden_proxy(proxy)
        return cls._from_env(
            {
                "target": target,
                "base_url": base_url,
                "ca_bundle": ca_bundle,
                "verify": verify,
                "timeout": timeout,
                "language": language,
                "proxy": proxy,
                "limits": limits,
                "retries": retries,
                "headers": headers,
                "max_answer_bytes": max_answer_bytes,
                "max_stream_bytes": max_stream_bytes,
                "max_stream_seconds": max_stream_seconds,
                "http_client": http_client,
                "hooks": hooks,
            }
        )

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
        self,
        target: str | None = None,
        *,
        base_url: str | None = None,
        ca_bundle: str | Path | None = None,
        verify: bool | ssl.SSLContext = True,
        timeout: float | httpx2.Timeout = 60.0,
        language: str | None = None,
        proxy: str | httpx2.Proxy | None = None,
        limits: httpx2.Limits | None = None,
        retries: int | Retries = 3,
        headers: Mapping[str, str] | None = None,
        max_answer_bytes: int | None = 268435456,
        max_stream_bytes: int | None = None,
        max_stream_seconds: float | None = None,
        http_client: httpx2.AsyncClient | None = None,
        hooks: Hooks | Sequence[Hooks] | None = None,
    ) -> None:
        """Takes the arguments of `Zoo`."""
        headers = _concealed(headers)
        proxy = _hidden_proxy(proxy)
        super().__init__(
            target,
            base_url=base_url,
            credentials={},
            variables={},
            ca_bundle=ca_bundle,
            verify=verify,
            timeout=timeout,
            language=language,
            proxy=proxy,
            limits=limits,
            retries=retries,
            headers=headers,
            max_answer_bytes=max_answer_bytes,
            max_stream_bytes=max_stream_bytes,
            max_stream_seconds=max_stream_seconds,
            http_client=http_client,
            hooks=hooks,
        )

    @classmethod
    def from_env(
        cls,
        target: str | None = None,
        *,
        base_url: str | None = None,
        ca_bundle: str | Path | None = None,
        verify: bool | ssl.SSLContext = True,
        timeout: float | httpx2.Timeout | None = None,
        language: str | None = None,
        proxy: str | httpx2.Proxy | None = None,
        limits: httpx2.Limits | None = None,
        retries: int | Retries = 3,
        headers: Mapping[str, str] | None = None,
        max_answer_bytes: int | None = 268435456,
        max_stream_bytes: int | None = None,
        max_stream_seconds: float | None = None,
        http_client: httpx2.AsyncClient | None = None,
        hooks: Hooks | Sequence[Hooks] | None = None,
    ) -> Self:
        """As `Zoo.from_env`."""
        headers = _concealed(headers)
        proxy = _hidden_proxy(proxy)
        return cls._from_env(
            {
                "target": target,
                "base_url": base_url,
                "ca_bundle": ca_bundle,
                "verify": verify,
                "timeout": timeout,
                "language": language,
                "proxy": proxy,
                "limits": limits,
                "retries": retries,
                "headers": headers,
                "max_answer_bytes": max_answer_bytes,
                "max_stream_bytes": max_stream_bytes,
                "max_stream_seconds": max_stream_seconds,
                "http_client": http_client,
                "hooks": hooks,
            }
        )

    @cached_property
    def animals(self) -> AsyncAnimals:
        """`/animals`"""
        from .resources.animals import AsyncAnimals

        return AsyncAnimals(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()
