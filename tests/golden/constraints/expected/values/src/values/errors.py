"""What can go wrong.  `_runtime/errors.py` draws the classes that every client has."""

from __future__ import annotations

from ._runtime import (
    ApiError,
    ArgumentError,
    AuthenticationError,
    BadRequestError,
    ClientClosed,
    ConflictError,
    ConnectionFailed,
    ForbiddenError,
    InsecureConnectionWarning,
    NotFoundError,
    OutcomeUnknown,
    PagingError,
    RateLimitError,
    SdkError,
    ServerError,
    UnavailableError,
    UnexpectedAnswer,
    UnprocessableEntityError,
)

__all__ = [
    "ApiError",
    "ArgumentError",
    "AuthenticationError",
    "BadRequestError",
    "ClientClosed",
    "ConflictError",
    "ConnectionFailed",
    "ForbiddenError",
    "InsecureConnectionWarning",
    "NotFoundError",
    "OutcomeUnknown",
    "PagingError",
    "RateLimitError",
    "SdkError",
    "ServerError",
    "UnavailableError",
    "UnexpectedAnswer",
    "UnprocessableEntityError",
]

# Tracebacks call a class by the name that programs import it under.
for _name in __all__:
    if isinstance(globals()[_name], type):
        globals()[_name].__module__ = __name__.rpartition(".")[0]
