"""What both kinds of client share: the arguments, the settings that derive another, a `repr` without secrets."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self

import httpx2

from .call import Caller
from .called import by_environment, calling
from .credentials import Given
from .facts import ApiFacts
from .headers import default_headers
from .line import Line
from .options import Options
from .owned import H, owned_by
from .secret import Concealed, concealed, hidden
from .session import Session
from .settings import (
    MAX_ANSWER_BYTES,
    Timeout,
    checked_bounds,
    checked_retries,
    checked_timeout,
    taken_proxy,
    transport_options,
)
from .target import Bases

if TYPE_CHECKING:
    import ssl

    from .hooks import Hooks
    from .oauth2 import Live, SecretSource
    from .options import Query
    from .redirects import Redirects
    from .retry import Retries
    from .secret import SupportsReveal
    from .target import Address
    from .telling import Audience


class Base(Generic[H]):
    """A client that sends through an `H` of httpx2; `Client` says what its arguments are."""

    _target: Address
    _username: str | None
    _transport: Any
    _asynchronous: ClassVar[bool] = False

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

    @classmethod
    def _parts(cls) -> tuple[type[H], Any, Any]:
        """The classes of httpx2's client, of the driver and of the transport."""
        raise NotImplementedError

    def __init__(
        self,
        target: str | None = None,
        *,
        base_url: str | None = None,
        username: str | None = None,
        password: str | SupportsReveal | SecretSource | None = None,
        token: str | SupportsReveal | SecretSource | None = None,
        credentials: Mapping[str, str | SupportsReveal | Live | None] | None = None,
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
        http_client: H | None = None,
        hooks: Hooks | Sequence[Hooks] | None = None,
    ) -> None:
        password, token, credentials = hidden(password), hidden(token), _hidden(credentials)
        headers, given_proxy, proxy = concealed(headers), taken_proxy(proxy), None
        kind, drivers, transports = self._parts()
        facts = self._describe()
        bases = Bases(facts, target, variables or {}, base_url)
        self._target, self._username = bases.target, username
        sent = default_headers(language, headers)
        bounds = checked_bounds(max_answer_bytes, max_stream_bytes, max_stream_seconds)
        audience = None if hooks is None else self._audience(hooks, facts)
        line = Line(bases, sent, checked_retries(retries), bounds, audience)
        own = self._own({"username": username, "password": password, "token": token}, credentials)
        given = Given(facts.security, own, sent, certificate=http_client is not None or not isinstance(verify, bool))
        session = Session(facts, given, drivers.lock, line)
        caller = Caller(facts, checked_timeout(timeout), session, line)
        secret = any(value is not None for value in own.values())
        own_verify = None if verify is True else verify
        owned = owned_by(http_client, kind, ca_bundle=ca_bundle, proxy=given_proxy, limits=limits, verify=own_verify)
        deep, own_tls = (type(self).__init__ is not Base.__init__) + 2 * by_environment(), owned is not None
        options = transport_options(bases.origins, ca_bundle, verify, given_proxy, limits, secret, deep, own_tls)
        self._transport = transports(caller, drivers(lambda: kind(**options), owned))

    @classmethod
    def _audience(cls, hooks: Any, facts: ApiFacts) -> Audience | None:
        # Clients without hooks do without these imports.
        from .hooks import taken
        from .telling import Audience

        given = taken(hooks, asynchronous=cls._asynchronous)
        return Audience(given, facts) if given else None

    @classmethod
    def _from_env(cls, given: Mapping[str, Any]) -> Self:
        """A client of what was given and, for the rest, of the environment."""
        from .environment import completed

        arguments, variables = completed(cls._describe(), Concealed(given))
        given = {}
        if arguments.get("timeout") is None:
            arguments.pop("timeout", None)
        with calling(variables):
            return cls(**arguments)

    def with_options(
        self,
        *,
        timeout: Timeout | None = None,
        retries: int | Retries | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Query] | None = None,
        body: Mapping[str, object] | None = None,
        redirects: int | Redirects | None = None,
    ) -> Self:
        """The same client with other settings for the calls made by it; shares connections and session.

        What is None stays as it is.  `close()` ends the one that is given alone, and closing this one ends both.

        Args:
            timeout: Seconds a call may take as a whole, or an `httpx2.Timeout`.
            retries: How often a request is repeated where that can do no harm; see `Retries`.
            headers: Sent with every request but logins, in place of others of the name; an argument of the call
                stands before them.
            query: Added to the query of every request, except for what the call has by itself; a list repeats its name.
            body: Members that are added to each JSON object that is sent, but for those that the call sends itself:
                what a server knows and the description does not. They are not checked against it.
            redirects: How many redirects a call follows, one after the other; see `Redirects`. None are followed unless
                this says so, and no credentials go to another origin.

        Raises:
            ArgumentError: An argument cannot be used.
        """
        headers, query, body = concealed(headers), concealed(query), concealed(body)
        options = Options.of(headers, query, body)
        transport = self._transport.derived(
            None if timeout is None else checked_timeout(timeout),
            None if retries is None else checked_retries(retries),
            options,
            None if redirects is None else _checked_redirects(redirects),
        )
        return self._over(transport)

    def _over(self, transport: Any) -> Self:
        """A copy that calls by another transport; resources are made anew, because they hold theirs."""
        made = copy.copy(self)
        for name in list(vars(made)):
            if isinstance(getattr(type(made), name, None), cached_property):
                del vars(made)[name]
        made._transport = transport
        return made

    def __repr__(self) -> str:
        user = "" if self._username is None else f", username={self._username!r}"
        return f"{type(self).__name__}({str(self._target)!r}{user})"


def _hidden(values: Any) -> Any:
    """A mapping whose values no frame shows; what is none is refused later."""
    return Concealed((name, hidden(value)) for name, value in values.items()) if isinstance(values, Mapping) else values


def _checked_redirects(redirects: Any) -> Redirects:
    # Clients that follow none do without this import.
    from .redirects import checked_redirects

    return checked_redirects(redirects)
