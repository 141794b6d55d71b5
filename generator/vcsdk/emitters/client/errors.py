"""The exception family of a generated package, and which of it an operation raises."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from vcsdk.build.error_answers import USUAL, errors_of
from vcsdk.emitters.prose import one_line
from vcsdk.ir import Api, ErrorType, Operation, Response, Safety
from vcsdk.vapi_prose.reasons import by_name

STATUS_CLASSES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "ForbiddenError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "UnprocessableEntityError",
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
    "PagingError",
    "SdkError",
    "ServerError",
    "TaskError",
    "TaskFailed",
    "TaskTimeout",
    "UnexpectedAnswer",
)
"""What every package re-exports from its runtime."""

_UNSPECIFIC = 500


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
    base, family = base_class(api), _family(api)
    found: dict[str, dict[str, list[str]]] = {}
    for response in sorted(operation.responses, key=lambda r: r.status):
        if not response.status.isdigit() or int(response.status) < 400:
            continue
        for name, when in _named(api, family, response):
            if name != base:
                found.setdefault(name, {}).setdefault(response.status, []).append(when)
    rows = [Raised(name, _when(reasons)) for name, reasons in found.items()]
    rows.append(Raised(base, "Any other error the server reports."))
    if operation.safety is not Safety.READ:
        rows.append(Raised("OutcomeUnknown", "The connection broke after the request may have been read."))
    return rows


class _Family(msgspec.Struct, frozen=True):
    """The members of an API's family of errors by their values, and `by_name`."""

    by_value: Mapping[str, ErrorType]
    by_name: Mapping[str, ErrorType]


_families: dict[int, tuple[Api, _Family]] = {}


def _family(api: Api) -> _Family:
    """The family of an API; kept for the last one, which is asked for each of its operations."""
    known = _families.get(id(api))
    if known is None:
        made = _Family({error.value: error for error in api.error_types}, by_name(api.error_types))
        _families.clear()
        # The API itself is kept too, so that no other gets its id.
        known = _families[id(api)] = (api, made)
    return known[1]


def _named(api: Api, family: _Family, response: Response) -> Iterator[tuple[str, str]]:
    """The classes that an answer is raised as, each with its own reason; none where the base of all says as much."""
    status = int(response.status)
    if not response.reasons:
        errors = errors_of(response, api.schemas, family.by_name)
        yield from ((name, response.description) for name in _class_names(api, errors, status))
    for reason in response.reasons:
        error = family.by_value.get(reason.error_type)
        if error is None:
            yield status_class(status), reason.when
        elif status in error.statuses:
            yield error.class_name, reason.when
        else:
            yield from ((name, reason.when) for name in _class_names(api, (), status))


def _class_names(api: Api, errors: Iterable[ErrorType], status: int) -> list[str]:
    """The classes of errors that are documented under the status; else what the status means by itself."""
    errors = [error for error in errors if status in error.statuses]
    if status == _UNSPECIFIC:
        return [error.class_name for error in errors if error.value != "ERROR"]
    usual = [error for error in api.error_types if error.value == USUAL.get(status)]
    return [error.class_name for error in errors or usual] or [status_class(status)]


def _when(reasons: Mapping[str, list[str]]) -> str:
    """The reasons of a class, those of each status together: "The task does not exist (404)."."""
    told = {status: [text for text in map(_sentence, texts) if text] for status, texts in reasons.items()}
    return " ".join(f"{'. '.join(texts) or 'The server answered so'} ({status})." for status, texts in told.items())


@functools.lru_cache(maxsize=4096)
def _sentence(text: str) -> str:
    line = one_line(text).rstrip(".")
    return line[:1].upper() + line[1:]
