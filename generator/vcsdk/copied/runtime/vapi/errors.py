"""Errors of VMware APIs (`Std_Errors_Error`): parsing them, and the classes for those no family member fits.

    ApiError
    └─ VapiError                     any error a VMware API reports
       ├─ VapiBadRequest             also a BadRequestError (400)
       ├─ VapiUnauthenticated        also an AuthenticationError (401)
       ├─ VapiForbidden              also a ForbiddenError (403)
       ├─ VapiNotFound               also a NotFoundError (404)
       ├─ VapiConflict               also a ConflictError (409)
       ├─ VapiUnprocessable          also an UnprocessableEntityError (422)
       ├─ VapiRateLimited            also a RateLimitError (429)
       ├─ VapiServerError            also a ServerError (5xx)
       └─ VapiUnavailable            also an UnavailableError (503)

A generated package adds one class for each `error_type`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from ..errors import (
    ApiError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    ForbiddenError,
    NotFoundError,
    RateLimitError,
    ServerError,
    UnavailableError,
    UnprocessableEntityError,
)
from .messages import LocalizableMessage, parse_messages


class VapiError(ApiError):
    """An error that a VMware API reports.

    `messages` is most general first, each later one the cause of the one before; `message` is the first as text.
    `error_type` is the wire value ("UNAUTHORIZED"), None where the server names none; `data` what the operation adds.
    """

    messages: tuple[LocalizableMessage, ...]


class VapiBadRequest(VapiError, BadRequestError):
    """400 without a known `error_type`."""


class VapiUnauthenticated(VapiError, AuthenticationError):
    """401 without a known `error_type`."""


class VapiForbidden(VapiError, ForbiddenError):
    """403 without a known `error_type`."""


class VapiNotFound(VapiError, NotFoundError):
    """404 without a known `error_type`."""


class VapiConflict(VapiError, ConflictError):
    """409 without a known `error_type`."""


class VapiUnprocessable(VapiError, UnprocessableEntityError):
    """422 without a known `error_type`."""


class VapiRateLimited(VapiError, RateLimitError):
    """429 without a known `error_type`."""


class VapiServerError(VapiError, ServerError):
    """5xx without a known `error_type`."""


class VapiUnavailable(VapiError, UnavailableError):
    """503 without a known `error_type`."""


_PLAIN: Mapping[int, type[ApiError]] = {
    400: VapiBadRequest,
    401: VapiUnauthenticated,
    403: VapiForbidden,
    404: VapiNotFound,
    409: VapiConflict,
    422: VapiUnprocessable,
    429: VapiRateLimited,
    503: VapiUnavailable,
}
# The family's member for a status that means one thing only, whoever answered (a proxy names no error_type).
_USUAL = {401: "UNAUTHENTICATED", 403: "UNAUTHORIZED", 404: "NOT_FOUND", 503: "SERVICE_UNAVAILABLE"}


class ParsedError(msgspec.Struct, frozen=True):
    """What an error's JSON says, in one form whatever the wire's."""

    error_type: str | None
    messages: tuple[LocalizableMessage, ...]
    data: Any


def parse_error(raw: Any) -> ParsedError | None:
    """The error in a JSON value: bare, or as `{type, value}` of the older protocol; None if it is none."""
    if not isinstance(raw, dict):
        return None
    named = raw.get("type")
    inner = raw.get("value")
    if isinstance(inner, dict) and "messages" not in raw:
        error_type = _type_of(named) if isinstance(named, str) else None
        given = inner.get("error_type")
        return ParsedError(
            given if isinstance(given, str) else error_type, parse_messages(inner.get("messages")), inner.get("data")
        )
    given = raw.get("error_type")
    if "messages" not in raw and not isinstance(given, str):
        return None
    error_type = given if isinstance(given, str) else _type_of(named) if isinstance(named, str) else None
    return ParsedError(error_type, parse_messages(raw.get("messages")), raw.get("data"))


def _type_of(name: str) -> str:
    """`com.vmware.vapi.std.errors.not_found` → `NOT_FOUND`."""
    last = name.rsplit(".", 1)[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", last).upper()


def class_for(
    family: Mapping[str, type[ApiError]], base: type[ApiError], error_type: str | None, status: int | None
) -> type[ApiError]:
    """The class by `error_type`, then by status; always one of `base`."""
    if error_type is not None and error_type in family:
        return family[error_type]
    usual = family.get(_USUAL.get(status or 0, ""))
    if usual is not None:
        return usual
    plain = _PLAIN.get(status or 0) or (VapiServerError if (status or 0) >= 500 else VapiError)
    return plain if issubclass(plain, base) else base
