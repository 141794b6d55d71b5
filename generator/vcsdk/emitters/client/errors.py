"""The exception family of a generated package, and which of it an operation raises."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from vcsdk.emitters.prose import one_line
from vcsdk.ir import Api, ErrorType, Operation, Response, Safety

STATUS_CLASSES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "ForbiddenError",
    404: "NotFoundError",
    409: "ConflictError",
    429: "RateLimitError",
    503: "UnavailableError",
}
"""The runtime's class for a status; other 5xx are `ServerError`, the rest `ApiError`."""

RUNTIME_ERRORS = (
    *STATUS_CLASSES.values(),
    "ApiError",
    "ArgumentError",
    "ClientClosed",
    "ConnectionFailed",
    "InsecureConnectionWarning",
    "OutcomeUnknown",
    "SdkError",
    "ServerError",
    "TaskError",
    "TaskFailed",
    "TaskTimeout",
    "UnexpectedAnswer",
)
"""What every package re-exports from its runtime."""

_USUAL = {401: "UNAUTHENTICATED", 403: "UNAUTHORIZED", 404: "NOT_FOUND", 503: "SERVICE_UNAVAILABLE"}
# `com.vmware.vapi.std.errors.not_found : if the task does not exist` names its error type before the colon.
_NAMED = re.compile(r"^\s*(?:[a-z_]+\.)*errors\.([a-z_]+)\s*:\s*", re.IGNORECASE)


class Raised(msgspec.Struct, frozen=True):
    """An exception that a method can raise, and when."""

    class_name: str
    when: str


def status_class(status: int) -> str:
    """The runtime's exception class for an HTTP status."""
    return STATUS_CLASSES.get(status, "ServerError" if status >= 500 else "ApiError")


def base_class(api: Api) -> str:
    """The class that every error of this API's family derives from."""
    return "VapiError" if api.profile == "vapi" else "ApiError"


def raised(api: Api, operation: Operation) -> list[Raised]:
    """What an operation raises: its documented errors by status, then the family, then a lost answer."""
    base, family = base_class(api), {error.value: error for error in api.error_types}
    found: dict[str, str] = {}
    for response in sorted(operation.responses, key=lambda r: r.status):
        if not response.status.isdigit() or int(response.status) < 400:
            continue
        status = int(response.status)
        error = _error_type(family, response, status)
        name = error.class_name if error is not None and error.value != "ERROR" else status_class(status)
        if status == 500 or name == base:
            continue
        when = _sentence(_NAMED.sub("", response.description)) or "The server answered so"
        found.setdefault(name, f"{when} ({status}).")
    rows = [Raised(name, when) for name, when in found.items()]
    rows.append(Raised(base, "Any other error the server reports."))
    if operation.safety is not Safety.READ:
        rows.append(Raised("OutcomeUnknown", "The connection broke after the request may have been read."))
    return rows


def _error_type(family: Mapping[str, ErrorType], response: Response, status: int) -> ErrorType | None:
    named = _NAMED.match(response.description)
    if named is not None and named[1].upper() in family:
        return family[named[1].upper()]
    return family.get(_USUAL.get(status, ""))


def _sentence(text: str) -> str:
    line = one_line(text).rstrip(".")
    return line[:1].upper() + line[1:]
