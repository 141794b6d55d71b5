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
    """Any error that has no more specific type."""

    error_type: str | None = "ERROR"
    status: int | None = 500


class AlreadyExists(VapiError, BadRequestError):
    """Something with this identity exists already."""

    error_type: str | None = "ALREADY_EXISTS"
    status: int | None = 400


class AlreadyInDesiredState(VapiError, BadRequestError):
    """The resource is in the requested state already."""

    error_type: str | None = "ALREADY_IN_DESIRED_STATE"
    status: int | None = 400


class Canceled(VapiError, BadRequestError):
    """The operation was canceled on request."""

    error_type: str | None = "CANCELED"
    status: int | None = 400


class ConcurrentChange(VapiError, ConflictError):
    """The resource changed between reading and writing it."""

    error_type: str | None = "CONCURRENT_CHANGE"
    status: int | None = 409


class FeatureInUse(VapiError, BadRequestError):
    """The feature is in use and cannot be changed or switched off."""

    error_type: str | None = "FEATURE_IN_USE"
    status: int | None = 400


class InternalServerError(VapiError, ServerError):
    """The server failed in a way it did not expect."""

    error_type: str | None = "INTERNAL_SERVER_ERROR"
    status: int | None = 500


class InvalidArgument(VapiError, BadRequestError):
    """An argument has a value that is not allowed."""

    error_type: str | None = "INVALID_ARGUMENT"
    status: int | None = 400


class InvalidElementConfiguration(VapiError, BadRequestError):
    """An element of a group has a configuration that does not fit."""

    error_type: str | None = "INVALID_ELEMENT_CONFIGURATION"
    status: int | None = 400


class InvalidElementType(VapiError, BadRequestError):
    """An element has a type that the container does not take."""

    error_type: str | None = "INVALID_ELEMENT_TYPE"
    status: int | None = 400


class InvalidRequest(VapiError, BadRequestError):
    """The request is malformed."""

    error_type: str | None = "INVALID_REQUEST"
    status: int | None = 400


class NotAllowedInCurrentState(VapiError, BadRequestError):
    """The resource or service is in a state that does not allow this."""

    error_type: str | None = "NOT_ALLOWED_IN_CURRENT_STATE"
    status: int | None = 400


class NotFound(VapiError, NotFoundError):
    """Something that the request names does not exist."""

    error_type: str | None = "NOT_FOUND"
    status: int | None = 404


class OperationNotFound(VapiError, NotFoundError):
    """The server does not know this operation."""

    error_type: str | None = "OPERATION_NOT_FOUND"
    status: int | None = 404


class ResourceBusy(VapiError, ServerError):
    """The resource is busy with something else."""

    error_type: str | None = "RESOURCE_BUSY"
    status: int | None = 500


class ResourceInUse(VapiError, BadRequestError):
    """The resource is in use."""

    error_type: str | None = "RESOURCE_IN_USE"
    status: int | None = 400


class ResourceInaccessible(VapiError, ServerError):
    """The resource cannot be reached."""

    error_type: str | None = "RESOURCE_INACCESSIBLE"
    status: int | None = 500


class ServiceUnavailable(VapiError, UnavailableError):
    """The service is not available now."""

    error_type: str | None = "SERVICE_UNAVAILABLE"
    status: int | None = 503


class TimedOut(VapiError, ServerError):
    """The operation did not end in the time it had."""

    error_type: str | None = "TIMED_OUT"
    status: int | None = 504


class UnableToAllocateResource(VapiError, ServerError):
    """A resource that the operation needs could not be allocated."""

    error_type: str | None = "UNABLE_TO_ALLOCATE_RESOURCE"
    status: int | None = 500


class Unauthenticated(VapiError, AuthenticationError):
    """The caller is not logged in, or the session has ended."""

    error_type: str | None = "UNAUTHENTICATED"
    status: int | None = 401


class Unauthorized(VapiError, ForbiddenError):
    """The caller lacks a privilege."""

    error_type: str | None = "UNAUTHORIZED"
    status: int | None = 403


class UnexpectedInput(VapiError, BadRequestError):
    """The request holds something that the operation does not know."""

    error_type: str | None = "UNEXPECTED_INPUT"
    status: int | None = 400


class Unsupported(VapiError, BadRequestError):
    """The operation is not supported here."""

    error_type: str | None = "UNSUPPORTED"
    status: int | None = 400


class UnverifiedPeer(VapiError, BadRequestError):
    """The certificate of a peer could not be verified."""

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
