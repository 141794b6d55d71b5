"""Hooks: what a caller wants to be told of each request, and may add to it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Sequence
from typing import Any, Literal

import httpx2

from . import masked
from .errors import ArgumentError
from .headers import checked_headers
from .operation import Operation
from .raw import OpenAnswer, RawAnswer

Purpose = Literal["call", "login", "logout", "poll", "reconnect", "redirect"]


class HookRequest:
    """A request that is about to be sent, or was; the same object for all that is told of it.

    Attributes:
        operation: The Python path of the operation, "vcha.cluster.get"; "request" where the description lacks it.
        method: "GET" and the like.
        template: The path with its placeholders, below the API's address.
        purpose: "call"; or what the client does by itself: "login", "logout", "poll" (a look at a task, or at what it
            changes), "reconnect" (of a stream),
            "redirect" (to an address that the server has named, which can be anybody's).
        resend_count: How often the request was sent before: 0, or more for a repetition.
        state: For hooks to keep things in until they are told of the answer.
    """

    def __init__(
        self, request: httpx2.Request, operation: Operation, purpose: Purpose, resend_count: int, secrets: Secrets
    ) -> None:
        self.operation: str = operation.name
        self.method: str = request.method
        self.template: str = operation.path
        self.purpose: Purpose = purpose
        self.resend_count: int = resend_count
        self.state: dict[Any, Any] = {}
        self._request = request
        self._described = operation
        self._secrets = secrets
        self._added: set[str] = set()
        self._left = False

    @property
    def url(self) -> str:
        """The whole address.  Values in the query that the description does not declare, or calls secret, are `***`."""
        return self._masked_url(masked.MASK)

    def _masked_url(self, mask: str) -> str:
        return masked.url(self._request, self._described, self._secrets.base, self._secrets.query, mask)

    @property
    def headers(self) -> dict[str, str]:
        """A copy of the headers by their names in lower case.  Values that can be secret are `***`."""
        return masked.sent(self._request, self._described, self._added, self._secrets.headers)

    def add_header(self, name: str, value: str) -> None:
        """Send a header with the request, in place of one of the name.

        Raises:
            ArgumentError: No header can be called so or hold this value, or the request has left.
        """
        if self._left:
            raise ArgumentError("hooks: the request has left; `before_request` adds headers")
        for key, checked in checked_headers({name: value}).items():
            self._request.headers[key] = checked
            self._added.add(key)

    def reveal(self) -> httpx2.Request:
        """The request itself, with the password or token in it."""
        return self._request

    def __repr__(self) -> str:
        return f"<HookRequest {self.method} {self.operation}>"


class HookResponse:
    """An answer, whatever its status.

    Attributes:
        status: The HTTP status.
        seconds: From sending the request to the end of the answer; of a stream, to its begin.
    """

    def __init__(self, answer: RawAnswer, seconds: float, secrets: Secrets) -> None:
        self.status: int = answer.status
        self.seconds: float = seconds
        self._answer = answer
        self._secrets = secrets

    @property
    def headers(self) -> dict[str, str]:
        """A copy of the headers by their names in lower case.  Values that are secret are `***`."""
        return masked.received(self._answer.headers, self._secrets.headers)

    def reveal(self) -> RawAnswer:
        """The answer itself, which may hold a token; of a stream, without its body."""
        answer = self._answer
        return RawAnswer(answer.status, answer.headers, b"") if isinstance(answer, OpenAnswer) else answer

    def __repr__(self) -> str:
        return f"<HookResponse {self.status}>"


class Hooks:
    """Functions that a client calls for each request that it sends: logins, repetitions and looks at tasks, too.

    Each request is followed by just one of `after_response` and `on_error`.  In an asynchronous client each may be
    asynchronous.  Several `Hooks` are called in their order.

    Args:
        before_request: Called before a request is sent.  What it raises reaches the caller, and nothing is sent.
        after_response: Called after an answer, whatever its status.  What it raises is logged and changes nothing.
        on_error: Called where no answer came, with the exception for that, or with what `before_request` of later
            hooks has raised.  What it raises is logged and changes nothing.
    """

    def __init__(
        self,
        *,
        before_request: Callable[[HookRequest], object] | None = None,
        after_response: Callable[[HookRequest, HookResponse], object] | None = None,
        on_error: Callable[[HookRequest, BaseException], object] | None = None,
    ) -> None:
        self.before_request = before_request
        self.after_response = after_response
        self.on_error = on_error

    @property
    def functions(self) -> tuple[Callable[..., object] | None, ...]:
        """All three."""
        return self.before_request, self.after_response, self.on_error


class Secrets:
    """Names of headers and of pairs of the query that carry credentials; `base` stands before the paths."""

    def __init__(self, base: str, headers: Collection[str], query: Collection[str]) -> None:
        self.base: str = base
        self.headers: frozenset[str] = frozenset(name.lower() for name in headers)
        self.query: frozenset[str] = frozenset(query)


def taken(hooks: Any, *, asynchronous: bool) -> tuple[Hooks, ...]:
    """What was given for `hooks`.  Raises ArgumentError."""
    given = (hooks,) if isinstance(hooks, Hooks) else hooks
    if not isinstance(given, Sequence) or not all(isinstance(each, Hooks) for each in given):
        raise ArgumentError("hooks: expected Hooks, or a list of them")
    functions = [function for each in given for function in each.functions if function is not None]
    if not all(map(callable, functions)):
        raise ArgumentError("hooks: expected functions")
    if not asynchronous and any(map(_is_asynchronous, functions)):
        raise ArgumentError("hooks: an asynchronous function needs the asynchronous client")
    return tuple(given)


def _is_asynchronous(function: Any) -> bool:
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(type(function).__call__)
