"""Data types: std."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .._runtime import Model, OpenEnum


class StdNestedLocalizableMessage(Model):
    """A message that stands for a value inside another message.

    Source: `#/components/schemas/Std_NestedLocalizableMessage`
    """

    id: str
    """Names the template in the message catalogue."""

    params: dict[str, StdLocalizationParam] | None = None
    """Values for named placeholders, by name."""


class StdLocalizationParamDateTimeFormat(OpenEnum):
    """How much of a moment to show, and at what length.

    Source: `#/components/schemas/Std_LocalizationParam_DateTimeFormat`
    """

    SHORT_DATE = "SHORT_DATE"
    """The date in digits."""

    MED_DATE = "MED_DATE"
    """The date with the month's name cut short."""

    LONG_DATE = "LONG_DATE"
    """The date with the month's full name."""

    FULL_DATE = "FULL_DATE"
    """The date with the day of the week."""

    SHORT_TIME = "SHORT_TIME"
    """Hours and minutes."""

    MED_TIME = "MED_TIME"
    """Hours, minutes and seconds."""

    LONG_TIME = "LONG_TIME"
    """The time with a short time zone."""

    FULL_TIME = "FULL_TIME"
    """The time with the time zone's full name."""

    SHORT_DATE_TIME = "SHORT_DATE_TIME"
    """SHORT_DATE followed by SHORT_TIME."""

    MED_DATE_TIME = "MED_DATE_TIME"
    """MED_DATE followed by MED_TIME."""

    LONG_DATE_TIME = "LONG_DATE_TIME"
    """LONG_DATE followed by LONG_TIME."""

    FULL_DATE_TIME = "FULL_DATE_TIME"
    """FULL_DATE followed by FULL_TIME."""


class StdLocalizationParam(Model):
    """A value for a named placeholder. Exactly one of `s`, `dt`, `i`, `d` and `l` is meant to be there.

    Source: `#/components/schemas/Std_LocalizationParam`
    """

    s: str | None = None
    """A text."""

    dt: datetime | None = None
    """A moment; `format` says how to show it."""

    i: int | None = None
    """A whole number."""

    d: float | None = None
    """A number; `precision` says how many decimal places to show."""

    l: StdNestedLocalizableMessage | None = None
    """Another message, which may hold messages in turn."""

    format: StdLocalizationParamDateTimeFormat | None = None
    """How to show `dt`."""

    precision: int | None = None
    """Decimal places for `d`."""


class StdLocalizableMessage(Model):
    """A text for people, as a template with values. Show `localized` where the server sent it, else `default_message`
    with its values filled in.

    Source: `#/components/schemas/Std_LocalizableMessage`
    """

    id: str
    """Names the template in the message catalogue."""

    default_message: str
    """The template in English, with placeholders for `args` or `params`."""

    args: list[str]
    """Values for numbered placeholders."""

    params: dict[str, StdLocalizationParam] | None = None
    """Values for named placeholders, by name."""

    localized: str | None = None
    """The finished text in the language that the request asked for."""


class StdErrorsErrorType(OpenEnum):
    """The standard errors; tells them apart where the protocol has no way of its own.

    Source: `#/components/schemas/Std_Errors_Error_Type`
    """

    ERROR = "ERROR"
    """An error that no other type of this list describes."""

    ALREADY_EXISTS = "ALREADY_EXISTS"
    """Something with that identity exists already."""

    ALREADY_IN_DESIRED_STATE = "ALREADY_IN_DESIRED_STATE"
    """The target is in the wanted state already, so there is nothing to do."""

    CANCELED = "CANCELED"
    """The operation was cancelled before it completed."""

    CONCURRENT_CHANGE = "CONCURRENT_CHANGE"
    """Somebody else changed the target since it was read; read it again and retry."""

    FEATURE_IN_USE = "FEATURE_IN_USE"
    """The operation conflicts with a feature that is in use."""

    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"
    """The server met a condition it did not expect."""

    INVALID_ARGUMENT = "INVALID_ARGUMENT"
    """A value in the request is not acceptable."""

    INVALID_ELEMENT_CONFIGURATION = "INVALID_ELEMENT_CONFIGURATION"
    """The target is configured in a way that keeps the operation from working."""

    INVALID_ELEMENT_TYPE = "INVALID_ELEMENT_TYPE"
    """The target or a referenced object is of the wrong kind."""

    INVALID_REQUEST = "INVALID_REQUEST"
    """The request is malformed and could not be understood."""

    NOT_ALLOWED_IN_CURRENT_STATE = "NOT_ALLOWED_IN_CURRENT_STATE"
    """The target's state does not allow the operation now."""

    NOT_FOUND = "NOT_FOUND"
    """Something the request refers to does not exist."""

    OPERATION_NOT_FOUND = "OPERATION_NOT_FOUND"
    """The server has no such operation."""

    RESOURCE_BUSY = "RESOURCE_BUSY"
    """Something the operation needs is busy with other work."""

    RESOURCE_IN_USE = "RESOURCE_IN_USE"
    """Something the operation would change or remove is in use."""

    RESOURCE_INACCESSIBLE = "RESOURCE_INACCESSIBLE"
    """Something the operation needs cannot be reached."""

    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    """The service is not running or not reachable now."""

    TIMED_OUT = "TIMED_OUT"
    """The operation did not complete in the time it had."""

    UNABLE_TO_ALLOCATE_RESOURCE = "UNABLE_TO_ALLOCATE_RESOURCE"
    """There is not enough of something the operation needs, such as memory or licences."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    """The caller's identity is not established; sign in and try again."""

    UNAUTHORIZED = "UNAUTHORIZED"
    """The caller is known but lacks a privilege."""

    UNEXPECTED_INPUT = "UNEXPECTED_INPUT"
    """The request has a field or a parameter that the server does not know."""

    UNSUPPORTED = "UNSUPPORTED"
    """The target does not support the operation."""

    UNVERIFIED_PEER = "UNVERIFIED_PEER"
    """The identity of another machine could not be verified, for example its certificate."""


class StdErrorsError(Model):
    """A condition that kept an operation from completing.

    Source: `#/components/schemas/Std_Errors_Error`
    """

    messages: list[StdLocalizableMessage]
    """Most general first; each later message is the cause of the one before it."""

    data: dict[str, Any] | None = None
    """Facts for programs, specific to the operation and the error. Its form is open, and many errors do not have it."""

    error_type: StdErrorsErrorType | None = None
    """Which standard error this is; newer servers may send values that are not listed."""


class StdErrorsUnauthenticated(StdErrorsError):
    """The caller's identity is not established.

    Source: `#/components/schemas/Std_Errors_Unauthenticated`
    """

    challenge: str | None = None
    """How to authenticate, in the form of the WWW-Authenticate header."""


class StdDynamicID(Model):
    """Identifies an object of any kind.

    Source: `#/components/schemas/Std_DynamicID`
    """

    type: str
    """The kind of object, such as com.vmware.vcenter.vcha.cluster."""

    id: str
    """The object's identifier among its kind."""
