"""What generated resources call: the operations of one client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, SupportsIndex

from .carried import carried
from .errors import ArgumentError

if TYPE_CHECKING:
    from .call import Caller
    from .drive_async import AsyncDriver
    from .drive_sync import SyncDriver
    from .operation import Operation
    from .options import Options
    from .pages import PagedCall
    from .redirects import Redirects
    from .retry import Retries
    from .settings import Timeout


class Unshared(ArgumentError, TypeError):
    """Something of a client was pickled, or copied deeply; a TypeError, as `pickle` and `copy` have it."""


class _Alone:
    """What belongs to a process: connections, locks and credentials, none of which another can be given."""

    def __reduce_ex__(self, protocol: SupportsIndex) -> str | tuple[Any, ...]:
        raise Unshared("a client cannot be pickled or copied deeply: make one in each process")


class Transport(_Alone):
    """What synchronous resources call: operations of one client, carried out in the calling thread."""

    def __init__(self, caller: Caller, driver: SyncDriver) -> None:
        self.caller = caller
        self._driver = driver

    def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = None,
        content_type: str | None = None,
        timeout: Timeout | None = None,
    ) -> Any:
        """One call; `arguments` by Python name, None means absent.  Gives the decoded answer."""
        flow = self.caller.call(operation, arguments, body=body, content_type=content_type, timeout=timeout)
        return self._driver.run(flow)

    def start(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = None,
        content_type: str | None = None,
        timeout: Timeout | None = None,
    ) -> Any:
        """One call that starts a task; gives the `Task`."""
        tasks = carried("tasks")
        flow = tasks.starting(self.caller, operation, arguments, body, timeout, content_type)
        return tasks.Task(self.caller, self._driver, self._driver.run(flow))

    def stream(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = None,
        content_type: str | None = None,
        timeout: Timeout | None = None,
    ) -> Any:
        """One call whose answer is a stream; gives it open, or the decoded value where the answer is none."""
        from .call import streaming
        from .request import prepare
        from .streams import opened

        if streaming.get() is not None:  # `with_streaming_response` wants the bytes
            return self.call(operation, arguments, body=body, content_type=content_type, timeout=timeout)
        prepared = prepare(operation, arguments, body, content_type)
        return opened(self.caller, self._driver, prepared, timeout)

    def paged(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = None,
        content_type: str | None = None,
        timeout: Timeout | None = None,
    ) -> Any:
        """One call whose answer is a page of a list; what it gives leads to the next ones."""
        from .call import streaming
        from .page_flow import first_of
        from .pages import fetch

        if streaming.get() is not None:  # `with_streaming_response` wants the bytes
            return self.call(operation, arguments, body=body, content_type=content_type, timeout=timeout)
        first = first_of(operation, arguments, body, content_type)
        return fetch(self.caller, self._driver, first, timeout)

    def attach(self, task: str) -> Any:
        """The task of an identifier or a checkpoint.  Sends nothing."""
        tasks = carried("tasks")
        return tasks.Task(self.caller, self._driver, tasks.attached(self.caller, task))

    def request(
        self, method: str, path: str, body: Any, content_type: str, query: Any, headers: Any, timeout: Timeout | None
    ) -> Any:
        """One call of what the description lacks."""
        from .undescribed import prepared, requested

        request = prepared(self.caller, method, path, body, content_type, query, headers)
        return self._driver.run(requested(self.caller, request, timeout))

    def derived(
        self, timeout: Timeout | None, retries: Retries | None, options: Options, redirects: Redirects | None
    ) -> Transport:
        """Another over the same connections and session."""
        return Transport(self.caller.derived(timeout, retries, options, redirects), self._driver)

    def close(self) -> None:
        """Log out and close the connections; a derived one only ends itself."""
        if self.caller.end_derived():
            return
        try:
            self._driver.run(self.caller.close())
        finally:
            self._driver.close()


class AsyncTransport(_Alone):
    """What asynchronous resources call: operations of one client, carried out in the running event loop."""

    def __init__(self, caller: Caller, driver: AsyncDriver) -> None:
        self.caller = caller
        self._driver = driver

    async def call(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = None,
        content_type: str | None = None,
        timeout: Timeout | None = None,
    ) -> Any:
        """One call; `arguments` by Python name, None means absent.  Gives the decoded answer."""
        flow = self.caller.call(operation, arguments, body=body, content_type=content_type, timeout=timeout)
        return await self._driver.run(flow)

    async def start(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = None,
        content_type: str | None = None,
        timeout: Timeout | None = None,
    ) -> Any:
        """One call that starts a task; gives the `AsyncTask`."""
        tasks = carried("tasks")
        flow = tasks.starting(self.caller, operation, arguments, body, timeout, content_type)
        return tasks.AsyncTask(self.caller, self._driver, await self._driver.run(flow))

    async def stream(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = None,
        content_type: str | None = None,
        timeout: Timeout | None = None,
    ) -> Any:
        """One call whose answer is a stream; gives it open, or the decoded value where the answer is none."""
        from .call import streaming
        from .request import prepare
        from .streams import aopened

        if streaming.get() is not None:  # `with_streaming_response` wants the bytes
            return await self.call(operation, arguments, body=body, content_type=content_type, timeout=timeout)
        prepared = prepare(operation, arguments, body, content_type)
        return await aopened(self.caller, self._driver, prepared, timeout)

    def paged(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *,
        body: Any = None,
        content_type: str | None = None,
        timeout: Timeout | None = None,
    ) -> PagedCall[Any, Any]:
        """One call whose answer is a page of a list; sent when it is awaited, or its pages are walked through."""
        from .pages import PagedCall

        async def start() -> Any:
            from .call import streaming
            from .page_flow import first_of
            from .pages import afetch

            if streaming.get() is not None:  # `with_streaming_response` wants the bytes
                return await self.call(operation, arguments, body=body, content_type=content_type, timeout=timeout)
            first = first_of(operation, arguments, body, content_type)
            return await afetch(self.caller, self._driver, first, timeout)

        return PagedCall(start)

    def attach(self, task: str) -> Any:
        """The task of an identifier or a checkpoint.  Sends nothing; not awaited."""
        tasks = carried("tasks")
        return tasks.AsyncTask(self.caller, self._driver, tasks.attached(self.caller, task))

    async def request(
        self, method: str, path: str, body: Any, content_type: str, query: Any, headers: Any, timeout: Timeout | None
    ) -> Any:
        """One call of what the description lacks."""
        from .undescribed import prepared, requested

        request = prepared(self.caller, method, path, body, content_type, query, headers)
        return await self._driver.run(requested(self.caller, request, timeout))

    def derived(
        self, timeout: Timeout | None, retries: Retries | None, options: Options, redirects: Redirects | None
    ) -> AsyncTransport:
        """Another over the same connections and session."""
        return AsyncTransport(self.caller.derived(timeout, retries, options, redirects), self._driver)

    async def close(self) -> None:
        """Log out and close the connections; a derived one only ends itself."""
        if self.caller.end_derived():
            return
        try:
            await self._driver.run(self.caller.close())
        finally:
            await self._driver.close()
