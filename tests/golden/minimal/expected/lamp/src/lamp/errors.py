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
    RateLimitError,
    SdkError,
    ServerError,
    TaskError,
    TaskFailed,
    TaskTimeout,
    UnavailableError,
    UnexpectedAnswer,
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
    "RateLimitError",
    "SdkError",
    "ServerError",
    "TaskError",
    "TaskFailed",
    "TaskTimeout",
    "UnavailableError",
    "UnexpectedAnswer",
]
