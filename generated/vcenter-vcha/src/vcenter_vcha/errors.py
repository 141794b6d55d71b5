"""What can go wrong.  `_runtime/errors.py` draws the classes that every client has.  Errors that this API reports:

VapiError (ApiError)
├─ Error                        500, also ServerError
├─ AlreadyExists                400, also BadRequestError
├─ AlreadyInDesiredState        400, also BadRequestError
├─ Canceled                     400, also BadRequestError
├─ ConcurrentChange             409, also ConflictError
├─ FeatureInUse                 400, also BadRequestError
├─ InternalServerError          500, also ServerError
├─ InvalidArgument              400, also BadRequestError
├─ InvalidElementConfiguration  400, also BadRequestError
├─ InvalidElementType           400, also BadRequestError
├─ InvalidRequest               400, also BadRequestError
├─ NotAllowedInCurrentState     400, also BadRequestError
├─ NotFound                     404, also NotFoundError
├─ OperationNotFound            404, also NotFoundError
├─ ResourceBusy                 500, also ServerError
├─ ResourceInUse                400, also BadRequestError
├─ ResourceInaccessible         500, also ServerError
├─ ServiceUnavailable           503, also UnavailableError
├─ TimedOut                     504, also ServerError
├─ UnableToAllocateResource     500, also ServerError
├─ Unauthenticated              401, also AuthenticationError
├─ Unauthorized                 403, also ForbiddenError
├─ UnexpectedInput              400, also BadRequestError
├─ Unsupported                  400, also BadRequestError
└─ UnverifiedPeer               400, also BadRequestError
"""

from __future__ import annotations

from collections.abc import Mapping

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
    TaskError,
    TaskFailed,
    TaskTimeout,
    UnavailableError,
    UnexpectedAnswer,
    UnprocessableEntityError,
    VapiError,
)


class Error(VapiError, ServerError):
    """An error that no other type of this list describes."""

    error_type: str | None = "ERROR"
    status: int | None = 500


class AlreadyExists(VapiError, BadRequestError):
    """Something with that identity exists already."""

    error_type: str | None = "ALREADY_EXISTS"
    status: int | None = 400


class AlreadyInDesiredState(VapiError, BadRequestError):
    """The target is in the wanted state already, so there is nothing to do."""

    error_type: str | None = "ALREADY_IN_DESIRED_STATE"
    status: int | None = 400


class Canceled(VapiError, BadRequestError):
    """The operation was cancelled before it completed."""

    error_type: str | None = "CANCELED"
    status: int | None = 400


class ConcurrentChange(VapiError, ConflictError):
    """Somebody else changed the target since it was read; read it again and retry."""

    error_type: str | None = "CONCURRENT_CHANGE"
    status: int | None = 409


class FeatureInUse(VapiError, BadRequestError):
    """The operation conflicts with a feature that is in use."""

    error_type: str | None = "FEATURE_IN_USE"
    status: int | None = 400


class InternalServerError(VapiError, ServerError):
    """The server met a condition it did not expect."""

    error_type: str | None = "INTERNAL_SERVER_ERROR"
    status: int | None = 500


class InvalidArgument(VapiError, BadRequestError):
    """A value in the request is not acceptable."""

    error_type: str | None = "INVALID_ARGUMENT"
    status: int | None = 400


class InvalidElementConfiguration(VapiError, BadRequestError):
    """The target is configured in a way that keeps the operation from working."""

    error_type: str | None = "INVALID_ELEMENT_CONFIGURATION"
    status: int | None = 400


class InvalidElementType(VapiError, BadRequestError):
    """The target or a referenced object is of the wrong kind."""

    error_type: str | None = "INVALID_ELEMENT_TYPE"
    status: int | None = 400


class InvalidRequest(VapiError, BadRequestError):
    """The request is malformed and could not be understood."""

    error_type: str | None = "INVALID_REQUEST"
    status: int | None = 400


class NotAllowedInCurrentState(VapiError, BadRequestError):
    """The target's state does not allow the operation now."""

    error_type: str | None = "NOT_ALLOWED_IN_CURRENT_STATE"
    status: int | None = 400


class NotFound(VapiError, NotFoundError):
    """Something the request refers to does not exist."""

    error_type: str | None = "NOT_FOUND"
    status: int | None = 404


class OperationNotFound(VapiError, NotFoundError):
    """The server has no such operation."""

    error_type: str | None = "OPERATION_NOT_FOUND"
    status: int | None = 404


class ResourceBusy(VapiError, ServerError):
    """Something the operation needs is busy with other work."""

    error_type: str | None = "RESOURCE_BUSY"
    status: int | None = 500


class ResourceInUse(VapiError, BadRequestError):
    """Something the operation would change or remove is in use."""

    error_type: str | None = "RESOURCE_IN_USE"
    status: int | None = 400


class ResourceInaccessible(VapiError, ServerError):
    """Something the operation needs cannot be reached."""

    error_type: str | None = "RESOURCE_INACCESSIBLE"
    status: int | None = 500


class ServiceUnavailable(VapiError, UnavailableError):
    """The service is not running or not reachable now."""

    error_type: str | None = "SERVICE_UNAVAILABLE"
    status: int | None = 503


class TimedOut(VapiError, ServerError):
    """The operation did not complete in the time it had."""

    error_type: str | None = "TIMED_OUT"
    status: int | None = 504


class UnableToAllocateResource(VapiError, ServerError):
    """There is not enough of something the operation needs, such as memory or licences."""

    error_type: str | None = "UNABLE_TO_ALLOCATE_RESOURCE"
    status: int | None = 500


class Unauthenticated(VapiError, AuthenticationError):
    """The caller's identity is not established; sign in and try again."""

    error_type: str | None = "UNAUTHENTICATED"
    status: int | None = 401


class Unauthorized(VapiError, ForbiddenError):
    """The caller is known but lacks a privilege."""

    error_type: str | None = "UNAUTHORIZED"
    status: int | None = 403


class UnexpectedInput(VapiError, BadRequestError):
    """The request has a field or a parameter that the server does not know."""

    error_type: str | None = "UNEXPECTED_INPUT"
    status: int | None = 400


class Unsupported(VapiError, BadRequestError):
    """The target does not support the operation."""

    error_type: str | None = "UNSUPPORTED"
    status: int | None = 400


class UnverifiedPeer(VapiError, BadRequestError):
    """The identity of another machine could not be verified, for example its certificate."""

    error_type: str | None = "UNVERIFIED_PEER"
    status: int | None = 400


FAMILY: Mapping[str, type[VapiError]] = {
    "ERROR": Error,
    "ALREADY_EXISTS": AlreadyExists,
    "ALREADY_IN_DESIRED_STATE": AlreadyInDesiredState,
    "CANCELED": Canceled,
    "CONCURRENT_CHANGE": ConcurrentChange,
    "FEATURE_IN_USE": FeatureInUse,
    "INTERNAL_SERVER_ERROR": InternalServerError,
    "INVALID_ARGUMENT": InvalidArgument,
    "INVALID_ELEMENT_CONFIGURATION": InvalidElementConfiguration,
    "INVALID_ELEMENT_TYPE": InvalidElementType,
    "INVALID_REQUEST": InvalidRequest,
    "NOT_ALLOWED_IN_CURRENT_STATE": NotAllowedInCurrentState,
    "NOT_FOUND": NotFound,
    "OPERATION_NOT_FOUND": OperationNotFound,
    "RESOURCE_BUSY": ResourceBusy,
    "RESOURCE_IN_USE": ResourceInUse,
    "RESOURCE_INACCESSIBLE": ResourceInaccessible,
    "SERVICE_UNAVAILABLE": ServiceUnavailable,
    "TIMED_OUT": TimedOut,
    "UNABLE_TO_ALLOCATE_RESOURCE": UnableToAllocateResource,
    "UNAUTHENTICATED": Unauthenticated,
    "UNAUTHORIZED": Unauthorized,
    "UNEXPECTED_INPUT": UnexpectedInput,
    "UNSUPPORTED": Unsupported,
    "UNVERIFIED_PEER": UnverifiedPeer,
}
"""The class for each value of `error_type`."""

__all__ = [
    "FAMILY",
    "AlreadyExists",
    "AlreadyInDesiredState",
    "ApiError",
    "ArgumentError",
    "AuthenticationError",
    "BadRequestError",
    "Canceled",
    "ClientClosed",
    "ConcurrentChange",
    "ConflictError",
    "ConnectionFailed",
    "Error",
    "FeatureInUse",
    "ForbiddenError",
    "InsecureConnectionWarning",
    "InternalServerError",
    "InvalidArgument",
    "InvalidElementConfiguration",
    "InvalidElementType",
    "InvalidRequest",
    "NotAllowedInCurrentState",
    "NotFound",
    "NotFoundError",
    "OperationNotFound",
    "OutcomeUnknown",
    "PagingError",
    "RateLimitError",
    "ResourceBusy",
    "ResourceInaccessible",
    "ResourceInUse",
    "SdkError",
    "ServerError",
    "ServiceUnavailable",
    "TaskError",
    "TaskFailed",
    "TaskTimeout",
    "TimedOut",
    "UnableToAllocateResource",
    "Unauthenticated",
    "Unauthorized",
    "UnavailableError",
    "UnexpectedAnswer",
    "UnexpectedInput",
    "UnprocessableEntityError",
    "Unsupported",
    "UnverifiedPeer",
    "VapiError",
]

# Tracebacks call a class by the name that programs import it under.
for _name in __all__:
    if isinstance(globals()[_name], type):
        globals()[_name].__module__ = __name__.rpartition(".")[0]
