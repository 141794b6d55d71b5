"""Data types: std."""

from __future__ import annotations

from typing import Any

from .._runtime import Model, OpenEnum


class StdLocalizableMessage(Model):
    """A message in the caller's language.

    Source: `#/components/schemas/Std_LocalizableMessage`
    """

    id: str

    default_message: str

    args: list[str]


class StdErrorsErrorType(OpenEnum):
    """What kind of error it is.

    Source: `#/components/schemas/Std_Errors_Error_Type`
    """

    ERROR = "ERROR"

    NOT_FOUND = "NOT_FOUND"

    UNAUTHENTICATED = "UNAUTHENTICATED"

    UNAUTHORIZED = "UNAUTHORIZED"


class StdErrorsError(Model):
    """Why an operation did not complete.

    Source: `#/components/schemas/Std_Errors_Error`
    """

    messages: list[StdLocalizableMessage]

    data: dict[str, Any] | None = None

    error_type: StdErrorsErrorType | None = None
