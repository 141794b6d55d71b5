"""The client of vCenter disks."""

from __future__ import annotations

from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Self

from ._runtime import ApiFacts, ErrorFacts, Operation, SecurityFacts, SessionFacts, TaskFacts
from ._runtime import concealed as _concealed
from ._runtime import hidden as _hidden
from ._runtime import hidden_proxy as _hidden_proxy
from ._runtime.tasking import AsyncClient, Client

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import httpx2

    from ._runtime import Retries, SecretSource, SupportsReveal
    from .hooks import Hooks
    from .resources.disk import AsyncDisk, Disk
    from .resources.session import AsyncSession, Session
    from .resources.tasks import AsyncTasks, Tasks


@cache
def _facts() -> ApiFacts:
    """What the client has to know of the API besides its operations."""
    from .errors import FAMILY, VapiError
    from .resources import session, tasks

    return ApiFacts(
        prefix="/api",
        session=SessionFacts(
            create=session._CREATE, get=session._GET, delete=session._DELETE, header="vmware-api-session-id"
        ),
        tasks=TaskFacts(get=tasks._GET, cancel=tasks._CANCEL),
        errors=ErrorFacts(family=FAMILY, base=VapiError),
        security={
            "basic_auth": SecurityFacts("basic"),
            "api_key_auth": SecurityFacts("header", "vmware-api-session-id"),
        },
        find=_find,
        env_prefix="VCENTER",
        authenticated=True,
    )


_TASKS = {
    "disk.shrink": ("resources.disk", "_SHRINK"),
}


def _find(path: str) -> Operation | None:
    """The operation with this Python path that starts a task; None if there is none."""
    if path not in _TASKS:
        return None
    module, constant = _TASKS[path]
    found: Operation = getattr(import_module(f".{module}", __package__), constant)
    return found


class VCenter(Client):
    """A client of vCenter disks.

    A session, a task and the error family, as VMware's API has them.

    Close it with `close()`, or use it in a `with` statement.
    """

    @classmethod
    def from_env(
        cls,
        target: str | None = None,
        *,
        base_url: str | None = None,
        username: str | None = None,
        password: str | SupportsReveal | SecretSource | None = None,
        token: str | SupportsReveal | SecretSource | None = None,
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

        Reads `VCENTER_TARGET`, `VCENTER_BASE_URL`, `VCENTER_USERNAME`, `VCENTER_PASSWORD`, `VCENTER_PASSWORD_FILE`,
        `VCENTER_TOKEN`, `VCENTER_TOKEN_FILE`, `VCENTER_CA_BUNDLE`, `VCENTER_TIMEOUT`. A variable with `_FILE` names a
        file with the secret in it. A proxy is the environment's in any case.

        Raises:
            ArgumentError: A variable is missing, is empty, contradicts another or cannot be used; the message names it.
        """
        password = _hidden(password)
        token = _hidden(token)
        headers = _concealed(headers)
        proxy = _hidden_proxy(proxy)
        return cls._from_env(
            {
                "target": target,
                "base_url": base_url,
                "username": username,
                "password": password,
                "token": token,
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
    def disk(self) -> Disk:
        """`/vcenter/disk/{disk}`"""
        from .resources.disk import Disk

        return Disk(self._transport)

    @cached_property
    def session(self) -> Session:
        """`/session`"""
        from .resources.session import Session

        return Session(self._transport)

    @cached_property
    def tasks(self) -> Tasks:
        """`/cis/tasks/{task}`"""
        from .resources.tasks import Tasks

        return Tasks(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()


class AsyncVCenter(AsyncClient):
    """`VCenter` for asyncio: the same calls, awaited.

    Close it with `await close()`, or use it in an `async with` statement.
    """

    @classmethod
    def from_env(
        cls,
        target: str | None = None,
        *,
        base_url: str | None = None,
        username: str | None = None,
        password: str | SupportsReveal | SecretSource | None = None,
        token: str | SupportsReveal | SecretSource | None = None,
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
        """As `VCenter.from_env`."""
        password = _hidden(password)
        token = _hidden(token)
        headers = _concealed(headers)
        proxy = _hidden_proxy(proxy)
        return cls._from_env(
            {
                "target": target,
                "base_url": base_url,
                "username": username,
                "password": password,
                "token": token,
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
    def disk(self) -> AsyncDisk:
        """`/vcenter/disk/{disk}`"""
        from .resources.disk import AsyncDisk

        return AsyncDisk(self._transport)

    @cached_property
    def session(self) -> AsyncSession:
        """`/session`"""
        from .resources.session import AsyncSession

        return AsyncSession(self._transport)

    @cached_property
    def tasks(self) -> AsyncTasks:
        """`/cis/tasks/{task}`"""
        from .resources.tasks import AsyncTasks

        return AsyncTasks(self._transport)

    @classmethod
    def _describe(cls) -> ApiFacts:
        return _facts()
