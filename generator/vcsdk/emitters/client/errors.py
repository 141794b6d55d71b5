"""The exception family of a generated package, and which of it an operation raises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
_UNSPECIFIC = 500


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
    found: dict[str, dict[str, list[str]]] = {}
    for response in sorted(operation.responses, key=lambda r: r.status):
        if not response.status.isdigit() or int(response.status) < 400:
            continue
        for name, when in _named(family, response):
            if name != base:
                found.setdefault(name, {}).setdefault(response.status, []).append(when)
    rows = [Raised(name, _when(reasons)) for name, reasons in found.items()]
    rows.append(Raised(base, "Any other error the server reports."))
    if operation.safety is not Safety.READ:
        rows.append(Raised("OutcomeUnknown", "The connection broke after the request may have been read."))
    return rows


def _named(family: Mapping[str, ErrorType], response: Response) -> Iterator[tuple[str, str]]:
    """The classes that an answer is raised as, each with its own reason; nothing where the base says as much."""
    status = int(response.status)
    for reason in response.reasons:
        error = family.get(reason.error_type)
        yield error.class_name if error is not None else status_class(status), reason.when
    if not response.reasons and status != _UNSPECIFIC:
        usual = family.get(_USUAL.get(status, ""))
        yield usual.class_name if usual is not None else status_class(status), response.description


def _when(reasons: Mapping[str, list[str]]) -> str:
    """The reasons of a class, those of each status together: "The task does not exist (404)."."""
    told = {status: [text for text in map(_sentence, texts) if text] for status, texts in reasons.items()}
    return " ".join(f"{'. '.join(texts) or 'The server answered so'} ({status})." for status, texts in told.items())


def _sentence(text: str) -> str:
    line = one_line(text).rstrip(".")
    return line[:1].upper() + line[1:]
