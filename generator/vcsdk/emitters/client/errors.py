"""The exception family of a generated package, and which of it an operation raises."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from vcsdk.build.error_answers import USUAL, by_name, errors_of
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

_UNSPECIFIC = 500
# `com.vmware.vapi.std.errors.not_found : if the task does not exist` names its error type before the colon.
_NAMED = re.compile(r"^\s*(?:[a-z_]+\.)*errors\.([a-z_]+)\s*:\s*", re.IGNORECASE)


class Raised(msgspec.Struct, frozen=True):
    """An exception that a method can raise, and when."""

    class_name: str
    when: str


def status_class(status: int) -> str:
    """The runtime's exception class for an HTTP status."""
    return STATUS_CLASSES.get(status, "ServerError" if status >= 500 else "ApiError")


def status_classes(error: ErrorType) -> tuple[str, ...]:
    """The runtime's classes for every status that the error is documented under, each once; `ApiError` says nothing."""
    found = dict.fromkeys(map(status_class, error.statuses))
    found.pop("ApiError", None)
    if "UnavailableError" in found:
        found.pop("ServerError", None)  # which it is already
    return tuple(found)


def base_class(api: Api) -> str:
    """The class that every error of this API's family derives from."""
    return "VapiError" if api.profile == "vapi" else "ApiError"


def raised(api: Api, operation: Operation) -> list[Raised]:
    """What an operation raises: its documented errors by status, then the family, then a lost answer."""
    base, known = base_class(api), by_name(api.error_types)
    found: dict[str, str] = {}
    for response in sorted(operation.responses, key=lambda r: r.status):
        if not response.status.isdigit() or int(response.status) < 400:
            continue
        when = _sentence(_NAMED.sub("", response.description)) or "The server answered so"
        for name in _class_names(api, known, response, int(response.status)):
            found.setdefault(name, f"{when} ({response.status}).")
    rows = [Raised(name, when) for name, when in found.items()]
    rows.append(Raised(base, "Any other error the server reports."))
    if operation.safety is not Safety.READ:
        rows.append(Raised("OutcomeUnknown", "The connection broke after the request may have been read."))
    return rows


def _class_names(api: Api, known: Mapping[str, ErrorType], response: Response, status: int) -> list[str]:
    """The classes that the answer is raised as; none for a 500 that says no more than the base of all does."""
    errors = [error for error in errors_of(response, api.schemas, known) if status in error.statuses]
    if status == _UNSPECIFIC:
        return [error.class_name for error in errors if error.value != "ERROR"]
    usual = [error for error in api.error_types if error.value == USUAL.get(status)]
    return [error.class_name for error in errors or usual] or [status_class(status)]


def _sentence(text: str) -> str:
    line = one_line(text).rstrip(".")
    return line[:1].upper() + line[1:]
