"""The bases of a generated client."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

import httpx2
from msgspec import UNSET

from .base import Base
from .call import captured
from .drive_sync import SyncDriver
from .errors import UnexpectedAnswer
from .raw import RawAnswer, RawResponse
from .secret import concealed
from .transport import AsyncTransport, Transport

if TYPE_CHECKING:
    from .options import Query
    from .settings import Timeout
    from .streamed import AsyncStreaming, Streaming

P = ParamSpec("P")
T = TypeVar("T")


class Client(Base[httpx2.Client]):
    """A client of one server; usable by any number of threads; a context manager that logs out at its end.

    Args:
        target: A host name (spoken to by https), an origin such as "http://127.0.0.1:8080", or an address with a path,
            which stands in place of the description's ("https://gw.example.com/api/v1").
        base_url: Instead: the whole address before every operation's own path. It differs from a target where it has no
            path: then nothing stands there, whereas a target keeps the path that the description says.
        username: With `password`: sent once as HTTP Basic to make a session, or with each request where the API
            knows no sessions.
        password: Its password; text, `Secret`, or a function that gives one, asked at each login (asynchronous: it may
            be a coroutine's).
        token: Instead of both: a session token, bearer token or API key; a function is asked for each call.
        credentials: What a generated client took by arguments of its own, by their names.
        variables: What it took for the variables of servers, by the names that the description gives them.
        ca_bundle: A PEM file or folder of the authorities to trust; None means the system's.
        verify: False turns the check of the server's certificate off, with a warning; or an `ssl.SSLContext`.
        timeout: Seconds a call may take as a whole, or an `httpx2.Timeout` with its phases.
        language: Sent as Accept-Language ("de-DE"); servers localise messages by it.
        proxy: Address of an HTTP proxy; None means the environment's.
        limits: Connection limits.
        retries: How often a request is repeated where that can do no harm; see `Retries`.
        headers: Sent with every request.
        max_answer_bytes: Bytes of an answer that is held in memory, content encoding undone; None means any number.
        max_stream_bytes: The same of one that is streamed, all in all.
        max_stream_seconds: Seconds one that is streamed may take, all in all.
        http_client: One's own `httpx2.Client` (asynchronous: `httpx2.AsyncClient`), with its transport, mounts, hooks,
            proxy, TLS, authentication, headers, query and cookies; instead of `ca_bundle`, `verify`, `proxy` and
            `limits`. It stays its owner's and is never closed. Its own redirects are not followed, and `timeout` stands
            in place of its own. Three promises are its owner's: it is one process's and, asynchronous, one event loop's
            (where it pools connections, the others get an ArgumentError); `close()` does not end calls that run; and a
            synchronous call is bounded for each read and write by what is left, so that a head that drips can take
            longer.
        hooks: `Hooks`, or a list of them: functions that are called before each request, after each answer and for each
            error.

    Raises:
        ArgumentError: An argument cannot be used.
    """

    @classmethod
    def _parts(cls) -> tuple[type[httpx2.Client], Any, Any]:
        return httpx2.Client, SyncDriver, Transport

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = UNSET,
        content_type: str = "application/json",
        query: Mapping[str, Query] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: Timeout | None = None,
    ) -> RawResponse[Any]:
        """Call what the description lacks, with this client's credentials, errors and repetitions.

        Args:
            method: "GET" and the like; only GET, HEAD, OPTIONS, QUERY and TRACE are repeated after they may have been
                read.
            path: Below the API's address, "/things/7": escaped, without a query. It shows in logs and errors.
            body: By its content type: any JSON, a `dict` for a form, bytes, a file; None is null in JSON.
            content_type: That of the body.
            query: As in `with_options`.
            headers: As in `with_options`.
            timeout: Seconds the call may take as a whole, or an `httpx2.Timeout`.

        Returns:
            The answer as it came; `parsed` is its JSON, its text, or else its bytes, and None where it has no body.

        Raises:
            ArgumentError: An argument cannot be used; nothing was sent.
            ApiError: The server answered with an error; of the classes that any method raises.
            ConnectionFailed: No answer came, and nothing was done.
            OutcomeUnknown: No answer came, and the server may have done it.
            UnexpectedAnswer: A redirect that is not followed.
        """
        query, headers = concealed(query), concealed(headers)
        found: RawResponse[Any] = self._transport.request(method, path, body, content_type, query, headers, timeout)
        return found

    def with_raw_response(self, method: Callable[P, T]) -> Callable[P, RawResponse[T]]:
        """The same method, giving the answer as it came and the parsed value."""

        @wraps(method)
        def call(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
            answers: list[RawAnswer] = []
            mark = captured.set(answers)
            try:
                return _raw(answers, method(*args, **kwargs))
            except UnexpectedAnswer as error:
                return _refused(answers, error)
            finally:
                captured.reset(mark)

        return call

    def with_streaming_response(self, method: Callable[P, Any]) -> Callable[P, Streaming]:
        """The same method, giving a context manager over the answer while its body is still to be read.

        For downloads that should not be held in memory: `with client.with_streaming_response(vc.x.download)(…) as
        answer: answer.save(path)`.  Errors are raised as by the method itself, when the block is entered.  `timeout`
        bounds the head of the answer and then each wait for more.
        """
        from .streamed import Streaming

        @wraps(method)
        def call(*args: P.args, **kwargs: P.kwargs) -> Streaming:
            return Streaming(lambda: method(*args, **kwargs))

        return call

    def close(self) -> None:
        """Delete the session this client made and close the connections; afterwards calls raise ClientClosed."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient(Base[httpx2.AsyncClient]):
    """A client of one server for asyncio; an asynchronous context manager that logs out at its end.

    Takes the arguments of `Client`.
    """

    _asynchronous = True

    @classmethod
    def _parts(cls) -> tuple[type[httpx2.AsyncClient], Any, Any]:
        # asyncio costs as much to import as the rest; synchronous programs do without.
        from .drive_async import AsyncDriver

        return httpx2.AsyncClient, AsyncDriver, AsyncTransport

    async def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = UNSET,
        content_type: str = "application/json",
        query: Mapping[str, Query] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: Timeout | None = None,
    ) -> RawResponse[Any]:
        """Call what the description lacks; see `Client.request`."""
        query, headers = concealed(query), concealed(headers)
        found: RawResponse[Any] = await self._transport.request(
            method, path, body, content_type, query, headers, timeout
        )
        return found

    def with_raw_response(
        self, method: Callable[P, Coroutine[Any, Any, T]]
    ) -> Callable[P, Coroutine[Any, Any, RawResponse[T]]]:
        """The same method, giving the answer as it came and the parsed value."""

        @wraps(method)
        async def call(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
            answers: list[RawAnswer] = []
            mark = captured.set(answers)
            try:
                return _raw(answers, await method(*args, **kwargs))
            except UnexpectedAnswer as error:
                return _refused(answers, error)
            finally:
                captured.reset(mark)

        return call

    def with_streaming_response(self, method: Callable[P, Coroutine[Any, Any, Any]]) -> Callable[P, AsyncStreaming]:
        """The same method, giving an asynchronous context manager; see `Client.with_streaming_response`."""
        from .streamed import AsyncStreaming

        @wraps(method)
        def call(*args: P.args, **kwargs: P.kwargs) -> AsyncStreaming:
            return AsyncStreaming(lambda: method(*args, **kwargs))

        return call

    async def close(self) -> None:
        """Delete the session this client made and close the connections; afterwards calls raise ClientClosed."""
        await self._transport.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _raw(answers: list[RawAnswer], parsed: T) -> RawResponse[T]:
    if not answers:
        raise UnexpectedAnswer("with_raw_response: the method made no call")
    last = answers[-1]
    return RawResponse(last.status, last.headers, last.content, parsed)


def _refused(answers: list[RawAnswer], error: UnexpectedAnswer) -> RawResponse[Any]:
    """An answer that is there and does not fit; raises the error where none is."""
    if not answers:
        raise error
    last = answers[-1]
    return RawResponse(last.status, last.headers, last.content, refused=error)
