"""What can go wrong.

    SdkError
    ├─ ArgumentError (ValueError)            an argument does not fit the description; nothing was sent
    ├─ ClientClosed                          the client was used after `close()`; nothing was sent
    ├─ ConnectionFailed (ConnectionError)    no answer, and the server has done nothing because of this call
    ├─ OutcomeUnknown                        no answer, and the server may have done what was asked
    ├─ UnexpectedAnswer                      an answer that the description does not know
    │  ├─ AnswerTooLarge                     an answer with more bytes than may be held
    │  └─ PagingError                        a page that does not lead to the next one
    ├─ TaskError
    │  ├─ TaskFailed                         the task ended with an error; `error` is the typed one
    │  └─ TaskTimeout (TimeoutError)         the task did not end in time; it may still be running
    └─ ApiError                              the server answered with an error
       ├─ BadRequestError                    400
       ├─ AuthenticationError                401
       ├─ ForbiddenError                     403
       ├─ NotFoundError                      404
       ├─ ConflictError                      409
       ├─ UnprocessableEntityError           422
       ├─ RateLimitError                     429
       └─ ServerError                        5xx
          └─ UnavailableError                503

Every one can be pickled and none holds a password or a token.  Each generated package has classes of its own; what one
`except` catches from several are the built-in classes in brackets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .printed import lines, printed
from .raw import RawAnswer


def _restore(kind: type[SdkError], args: tuple[Any, ...], state: dict[str, Any]) -> SdkError:
    error = kind.__new__(kind, *args)
    error.args = args  # OSError, a base of ConnectionFailed and TaskTimeout, sets them in its __init__ only
    error.__dict__.update(state)
    return error


class SdkError(Exception):
    """Everything this package raises on its own account."""

    def __str__(self) -> str:
        # Much of it is what a server said, and what a terminal does is not the server's to say.
        return lines(super().__str__())

    def __reduce__(self) -> tuple[Any, ...]:
        # Keyword-only constructors do not survive the default protocol, which calls the class with `args`.
        return _restore, (type(self), self.args, dict(self.__dict__))


class ArgumentError(SdkError, ValueError):
    """An argument that the description does not allow.  Raised before anything is sent."""


class ClientClosed(SdkError):
    """The client was used after `close()`, or an answer after it was read or closed."""


class _Unanswered(SdkError):
    def __init__(self, message: str, *, operation: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.operation = operation
        self.reason = reason


class ConnectionFailed(_Unanswered, ConnectionError):
    """No answer came, and the call had no effect: nothing was sent, or the operation only reads.

    `operation` is the operation's Python path, `reason` what happened ("connection refused"); `permanent` tells that
    calling again cannot help, as where the server's certificate is not trusted.  `__cause__` is the system's error.
    """

    def __init__(self, message: str, *, operation: str = "", reason: str = "", permanent: bool = False) -> None:
        super().__init__(message, operation=operation, reason=reason)
        self.permanent = permanent


class OutcomeUnknown(_Unanswered):
    """No answer came, but the server may have read the request and done what it asks.  It is not sent again.

    `operation` is the operation's Python path, `reason` what happened, and `hint` how to find out.
    """

    def __init__(self, message: str, *, operation: str = "", reason: str = "", hint: str = "") -> None:
        super().__init__(f"{message}\n  {hint}" if hint else message, operation=operation, reason=reason)
        self.hint = hint


class UnexpectedAnswer(SdkError):
    """An answer that the description does not know, or a success whose body does not fit; `response` has it all."""

    def __init__(self, message: str, *, operation: str = "", response: RawAnswer | None = None) -> None:
        super().__init__(message)
        self.operation = operation
        self.response = response

    @property
    def status(self) -> int | None:
        """The HTTP status, where an answer came at all."""
        return None if self.response is None else self.response.status


class AnswerTooLarge(UnexpectedAnswer):
    """An answer with more bytes than `max_answer_bytes`, the content encoding undone; what it asked for was done.

    `limit` is the number of bytes; `response` has status and headers, and no body.
    """

    def __init__(
        self, message: str, *, operation: str = "", response: RawAnswer | None = None, limit: int | None = None
    ) -> None:
        super().__init__(message, operation=operation, response=response)
        self.limit = limit


class PagingError(UnexpectedAnswer):
    """A page that does not lead to the next one: its cursor or link came before, or the link is another server's.

    Nothing was sent there.
    """


class ApiError(SdkError):
    """The server answered with an error.

    `message` is the text for people, `status` the HTTP status, `operation` the operation's Python path, `data` what
    the server said in structure (the documented error decoded, else its JSON value), `request_id` the server's name
    for the request where it gives one, and `response` the whole answer.
    """

    error_type: str | None = None
    status: int | None = None

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        operation: str = "",
        request_line: str = "",
        error_type: str | None = None,
        messages: tuple[Any, ...] = (),
        data: Any = None,
        request_id: str | None = None,
        response: RawAnswer | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status if status is not None else type(self).status
        self.operation = operation
        self.request_line = request_line
        self.error_type = error_type if error_type is not None else type(self).error_type
        self.messages = messages
        self.data = data
        self.request_id = request_id
        self.response = response

    def __str__(self) -> str:
        found = [printed(self.message)]
        found += [f"  caused by: {printed(text)}" for text in map(str, self.messages[1:]) if text]
        if self.request_line:
            answer = " ".join(str(part) for part in (self.status, self.error_type) if part is not None)
            request = f"   (request {self.request_id})" if self.request_id else ""
            found.append(printed(f"  {self.request_line} → {answer}{request}"))
        return "\n".join(found)


class BadRequestError(ApiError):
    """400: the request cannot be carried out as it stands."""

    status: int | None = 400


class AuthenticationError(ApiError):
    """401: the credentials are missing, wrong or no longer valid."""

    status: int | None = 401


class ForbiddenError(ApiError):
    """403: the caller may not do this."""

    status: int | None = 403


class NotFoundError(ApiError):
    """404: there is no such thing."""

    status: int | None = 404


class ConflictError(ApiError):
    """409: the state of the thing does not allow it."""

    status: int | None = 409


class UnprocessableEntityError(ApiError):
    """422: the request is understood, and what it says does not fit."""

    status: int | None = 422


class RateLimitError(ApiError):
    """429: too many requests."""

    status: int | None = 429


class ServerError(ApiError):
    """5xx: the server failed."""

    status: int | None = 500


class UnavailableError(ServerError):
    """503: the server cannot answer just now."""

    status: int | None = 503


_BY_STATUS: Mapping[int, type[ApiError]] = {
    kind.status: kind
    for kind in (
        BadRequestError,
        AuthenticationError,
        ForbiddenError,
        NotFoundError,
        ConflictError,
        UnprocessableEntityError,
        RateLimitError,
        UnavailableError,
    )
    if kind.status is not None
}


def class_by_status(status: int) -> type[ApiError]:
    """The class for an HTTP status: its own, else `ServerError` for 5xx, else `ApiError`."""
    return _BY_STATUS.get(status) or (ServerError if status >= 500 else ApiError)


class TaskError(SdkError):
    """A task did not succeed.  `task` is its identifier, `info` the last task information read, or None."""

    def __init__(self, message: str, *, task: str, info: Any = None) -> None:
        super().__init__(message)
        self.task = task
        self.info = info


class TaskFailed(TaskError):
    """The task ended with status FAILED; `error` is the typed error the server gave, an `ApiError`."""

    def __init__(self, message: str, *, task: str, info: Any = None, error: ApiError | None = None) -> None:
        super().__init__(message, task=task, info=info)
        self.error = error


class TaskTimeout(TaskError, TimeoutError):
    """The task did not end within `timeout`; it may still be running.  `note` is what hindered the last look."""

    def __init__(self, message: str, *, task: str, info: Any = None, note: str = "") -> None:
        super().__init__(message, task=task, info=info)
        self.note = note


class InsecureConnectionWarning(UserWarning):
    """Others can read along: the certificate is not checked (`verify=False`), or a secret goes out over plain http."""
