"""The bases of a generated client."""

from __future__ import annotations

import copy
from collections.abc import Callable, Coroutine, Mapping
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

import httpx2
from msgspec import UNSET

from .call import Caller, captured
from .credentials import Given
from .drive_sync import SyncDriver
from .errors import UnexpectedAnswer
from .facts import ApiFacts
from .line import Line
from .options import Options
from .owned import owned_by
from .raw import RawAnswer, RawResponse
from .resource import AsyncTasks, Tasks
from .secret import Concealed, hidden
from .session import Session
from .settings import (
    MAX_ANSWER_BYTES,
    Timeout,
    checked_bounds,
    checked_retries,
    checked_timeout,
    default_headers,
    taken_proxy,
    transport_options,
)
from .target import Bases
from .transport import AsyncTransport, Transport

if TYPE_CHECKING:
    import ssl

    from .options import Query
    from .retry import Retries
    from .secret import SupportsReveal
    from .streamed import AsyncStreaming, Streaming
    from .target import Address

P = ParamSpec("P")
T = TypeVar("T")
C = TypeVar("C", bound="_Described")


class _Described:
    """What both bases share: the arguments, and a `repr` without secrets."""

    _target: Address
    _username: str | None
    _transport: Any

    @classmethod
    def _describe(cls) -> ApiFacts:
        """The facts of the API; a generated client overrides it and imports what it needs inside."""
        return ApiFacts()

    @classmethod
    def _own(cls, session: Mapping[str, Any], credentials: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """The arguments that hold credentials: those of a session, or what a generated client took instead."""
        if credentials is None:
            return session
        for name, value in session.items():
            if value is not None:
                raise TypeError(f"{cls.__name__}() got an unexpected keyword argument {name!r}")
        return credentials

    def __repr__(self) -> str:
        user = "" if self._username is None else f", username={self._username!r}"
        return f"{type(self).__name__}({str(self._target)!r}{user})"


class Client(_Described):
    """A client of one server; usable by any number of threads; a context manager that logs out at its end.

    Args:
        target: A host name (spoken to by https), an origin such as "http://127.0.0.1:8080", or an address with a path,
            which stands in place of the description's ("https://gw.example.com/api/v1").
        username: With `password`: sent once as HTTP Basic to make a session, or with each request where the API
            knows no sessions.
        password: Its password; text or `Secret`.
        token: Instead of both: a session token, bearer token or API key.
        credentials: What a generated client took by arguments of its own, by their names.
        variables: What it took for the variables of servers, by the names that the description gives them.
        ca_bundle: A PEM file or folder of the authorities to trust; None means the system's.
        verify: False turns the check of the server's certificate off, with a warning; or an `ssl.SSLContext`.
        timeout: Seconds a call may take as a whole, or an `httpx2.Timeout` with its phases.
        language: Sent as Accept-Language ("de-DE"); servers localise messages by it.
        proxy: Address of an HTTP proxy; None means the environment's.
        limits: Connection limits.
        retries: How often a request is repeated where nothing can have been sent or the operation only reads.
        headers: Sent with every request.
        max_answer_bytes: Bytes of an answer that is held in memory, content encoding undone; None means any number.
        max_stream_bytes: The same of one that is streamed, all in all.
        max_stream_seconds: Seconds one that is streamed may take, all in all.
        http_client: One's own `httpx2.Client` (asynchronous: `httpx2.AsyncClient`), with its transport, mounts, hooks,
            proxy, TLS, authentication, headers, query and cookies; instead of `ca_bundle`, `verify`, `proxy` and
            `limits`. It stays its owner's and is never closed. Redirects are not followed, and `timeout` stands in
            place of its own. Three promises are its owner's: it is one process's and, asynchronous, one event loop's
            (where it pools connections, the others get an ArgumentError); `close()` does not end calls that run; and a
            synchronous call is bounded for each read and write by what is left, so that a head that drips can take
            longer.

    Raises:
        ArgumentError: An argument cannot be used.
    """

    def __init__(
        self,
        target: str | None,
        *,
        username: str | None = None,
        password: str | SupportsReveal | None = None,
        token: str | SupportsReveal | None = None,
        credentials: Mapping[str, str | SupportsReveal | None] | None = None,
        variables: Mapping[str, str | None] | None = None,
        ca_bundle: str | Path | None = None,
        verify: bool | ssl.SSLContext = True,
        timeout: Timeout = 60.0,
        language: str | None = None,
        proxy: str | httpx2.Proxy | None = None,
        limits: httpx2.Limits | None = None,
        retries: int | Retries = 3,
        headers: Mapping[str, str] | None = None,
        max_answer_bytes: int | None = MAX_ANSWER_BYTES,
        max_stream_bytes: int | None = None,
        max_stream_seconds: float | None = None,
        http_client: httpx2.Client | None = None,
    ) -> None:
        password, token, credentials = hidden(password), hidden(token), _hidden(credentials)
        headers, given_proxy, proxy = _concealed(headers), taken_proxy(proxy), None
        facts = self._describe()
        bases = Bases(facts, target, variables or {})
        self._target, self._username = bases.target, username
        sent = default_headers(language, headers)
        bounds = checked_bounds(max_answer_bytes, max_stream_bytes, max_stream_seconds)
        line = Line(bases, sent, checked_retries(retries), bounds)
        own = self._own({"username": username, "password": password, "token": token}, credentials)
        given = Given(facts.security, own, sent, certificate=http_client is not None or not isinstance(verify, bool))
        session = Session(facts, given, SyncDriver.lock, line)
        caller = Caller(facts, checked_timeout(timeout), session, line)
        secret = any(value is not None for value in own.values())
        own_verify = None if verify is True else verify
        owned = owned_by(
            http_client, httpx2.Client, ca_bundle=ca_bundle, proxy=given_proxy, limits=limits, verify=own_verify
        )
        deep, own_tls = type(self).__init__ is not Client.__init__, owned is not None
        options = transport_options(bases.origins, ca_bundle, verify, given_proxy, limits, secret, deep, own_tls)
        driver = SyncDriver(lambda: httpx2.Client(**options), owned)
        self._transport = Transport(caller, driver)

    @property
    def tasks(self) -> Tasks:
        """Tasks started elsewhere: `tasks.attach(id_or_checkpoint)`."""
        return Tasks(self._transport)

    def with_options(
        self,
        *,
        timeout: Timeout | None = None,
        retries: int | Retries | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Query] | None = None,
    ) -> Self:
        """The same client with other settings for the calls made by it; shares connections and session.

        What is None stays as it is.  `close()` ends the one that is given alone, and closing this one ends both.

        Args:
            timeout: Seconds a call may take as a whole, or an `httpx2.Timeout`.
            retries: How often a request is repeated where nothing can have been sent or the operation only reads.
            headers: Sent with every request but logins, in place of others of the name; an argument of the call
                stands before them.
            query: Added to the query of every request, except for what the call has by itself; a list repeats its name.

        Raises:
            ArgumentError: An argument cannot be used.
        """
        options = Options.of(_concealed(headers), _concealed(query))
        headers = query = None
        transport = self._transport.derived(
            None if timeout is None else checked_timeout(timeout),
            None if retries is None else checked_retries(retries),
            options,
        )
        return _over(self, transport)

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
            method: "GET" and the like; only GET, HEAD, OPTIONS and TRACE are repeated after they may have been read.
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
            UnexpectedAnswer: A redirect, which is not followed.
        """
        query, headers = _concealed(query), _concealed(headers)
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


class AsyncClient(_Described):
    """A client of one server for asyncio; an asynchronous context manager that logs out at its end.

    Takes the arguments of `Client`.
    """

    def __init__(
        self,
        target: str | None,
        *,
        username: str | None = None,
        password: str | SupportsReveal | None = None,
        token: str | SupportsReveal | None = None,
        credentials: Mapping[str, str | SupportsReveal | None] | None = None,
        variables: Mapping[str, str | None] | None = None,
        ca_bundle: str | Path | None = None,
        verify: bool | ssl.SSLContext = True,
        timeout: Timeout = 60.0,
        language: str | None = None,
        proxy: str | httpx2.Proxy | None = None,
        limits: httpx2.Limits | None = None,
        retries: int | Retries = 3,
        headers: Mapping[str, str] | None = None,
        max_answer_bytes: int | None = MAX_ANSWER_BYTES,
        max_stream_bytes: int | None = None,
        max_stream_seconds: float | None = None,
        http_client: httpx2.AsyncClient | None = None,
    ) -> None:
        password, token, credentials = hidden(password), hidden(token), _hidden(credentials)
        headers, given_proxy, proxy = _concealed(headers), taken_proxy(proxy), None
        # asyncio costs as much to import as the rest; synchronous programs do without.
        from .drive_async import AsyncDriver

        facts = self._describe()
        bases = Bases(facts, target, variables or {})
        self._target, self._username = bases.target, username
        sent = default_headers(language, headers)
        bounds = checked_bounds(max_answer_bytes, max_stream_bytes, max_stream_seconds)
        line = Line(bases, sent, checked_retries(retries), bounds)
        own = self._own({"username": username, "password": password, "token": token}, credentials)
        given = Given(facts.security, own, sent, certificate=http_client is not None or not isinstance(verify, bool))
        session = Session(facts, given, AsyncDriver.lock, line)
        caller = Caller(facts, checked_timeout(timeout), session, line)
        secret = any(value is not None for value in own.values())
        own_verify = None if verify is True else verify
        owned = owned_by(
            http_client, httpx2.AsyncClient, ca_bundle=ca_bundle, proxy=given_proxy, limits=limits, verify=own_verify
        )
        deep, own_tls = type(self).__init__ is not AsyncClient.__init__, owned is not None
        options = transport_options(bases.origins, ca_bundle, verify, given_proxy, limits, secret, deep, own_tls)
        driver = AsyncDriver(lambda: httpx2.AsyncClient(**options), owned)
        self._transport = AsyncTransport(caller, driver)

    @property
    def tasks(self) -> AsyncTasks:
        """Tasks started elsewhere: `tasks.attach(id_or_checkpoint)`, which is not awaited."""
        return AsyncTasks(self._transport)

    def with_options(
        self,
        *,
        timeout: Timeout | None = None,
        retries: int | Retries | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Query] | None = None,
    ) -> Self:
        """The same client with other settings; see `Client.with_options`, and not awaited."""
        options = Options.of(_concealed(headers), _concealed(query))
        headers = query = None
        transport = self._transport.derived(
            None if timeout is None else checked_timeout(timeout),
            None if retries is None else checked_retries(retries),
            options,
        )
        return _over(self, transport)

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
        query, headers = _concealed(query), _concealed(headers)
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


def _over(client: C, transport: Transport | AsyncTransport) -> C:
    """A copy of a client that calls by another transport; resources are made anew, because they hold theirs."""
    made = copy.copy(client)
    for name in list(vars(made)):
        if isinstance(getattr(type(made), name, None), cached_property):
            del vars(made)[name]
    made._transport = transport
    return made


def _hidden(values: Any) -> Any:
    """A mapping whose values no frame shows; what is none is refused later."""
    return Concealed((name, hidden(value)) for name, value in values.items()) if isinstance(values, Mapping) else values


def _concealed(values: Any) -> Any:
    return Concealed(values) if isinstance(values, Mapping) else values


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
