"""Client for Zoo, version 1.0."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import errors, hooks, models, tracing
    from ._runtime import RawResponse, Redirects, Retries, Secret, Upload
    from .client import AsyncZoo, Zoo
    from .errors import (
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

__version__ = "0.1.0"

_MODULES: dict[str, str] = {
    "ApiError": "errors",
    "ArgumentError": "errors",
    "AsyncZoo": "client",
    "AuthenticationError": "errors",
    "BadRequestError": "errors",
    "ClientClosed": "errors",
    "ConflictError": "errors",
    "ConnectionFailed": "errors",
    "ForbiddenError": "errors",
    "InsecureConnectionWarning": "errors",
    "NotFoundError": "errors",
    "OutcomeUnknown": "errors",
    "PagingError": "errors",
    "RateLimitError": "errors",
    "RawResponse": "_runtime",
    "Redirects": "_runtime",
    "Retries": "_runtime",
    "SdkError": "errors",
    "Secret": "_runtime",
    "ServerError": "errors",
    "UnavailableError": "errors",
    "UnexpectedAnswer": "errors",
    "UnprocessableEntityError": "errors",
    "Upload": "_runtime",
    "Zoo": "client",
}

__all__ = [
    "ApiError",
    "ArgumentError",
    "AsyncZoo",
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
    "RawResponse",
    "Redirects",
    "Retries",
    "SdkError",
    "Secret",
    "ServerError",
    "UnavailableError",
    "UnexpectedAnswer",
    "UnprocessableEntityError",
    "Upload",
    "Zoo",
    "__version__",
    "errors",
    "hooks",
    "models",
    "tracing",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        if name in ["errors", "hooks", "models", "tracing"]:
            return import_module(f".{name}", __name__)
        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f".{module}", __name__), name)
        return found

    def __dir__():
        return sorted({*globals(), *__all__})
