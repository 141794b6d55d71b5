"""What every generated client is built on: calls, sessions, retries, tasks, errors.  Knows no API of its own.

Names load their module on first use, so that a package pays for what it uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choice import one_of
    from .client import AsyncClient, Client
    from .deprecation import deprecated, deprecated_arguments
    from .enums import OpenEnum, OpenIntEnum
    from .errors import (
        AnswerTooLarge,
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
    )
    from .facts import ApiFacts, ErrorFacts, SecurityFacts, SessionFacts, TaskFacts
    from .model import Model
    from .oauth2 import Live, OAuth2, SecretSource
    from .open_model import OpenModel
    from .operation import Answer, Body, Operation, Outcome, Paging, Parameter, Part
    from .pages import AsyncPaged, AsyncPagedList, AsyncPages, Paged, PagedCall, PagedList, Pages
    from .raw import RawAnswer, RawResponse
    from .redirects import Redirects
    from .resource import AsyncResource, Resource
    from .retry import Retries
    from .secret import Secret, SupportsReveal, concealed, hidden
    from .server import Server, Variable
    from .settings import hidden_proxy
    from .streamed import AsyncStreamedResponse, StreamedResponse
    from .streams import AsyncEventStream, AsyncItemStream, Event, EventStream, ItemStream
    from .taskinfo import TaskCounts, TaskInfo, TaskProgress, TaskStatus
    from .tasking import AsyncTasks, Tasks
    from .tasks import AsyncTask, Task
    from .transport import AsyncTransport, Transport
    from .upload import AsyncContent, Content, FilePart, Upload
    from .values import Base64, Duration, Stepped
    from .vapi.errors import VapiError, parse_error
    from .vapi.messages import LocalizableMessage, LocalizationParam
    from .vapi.pairs import Pairs
    from .webhook import Webhook

_HOME = {
    "one_of": "choice",
    "AsyncClient": "client",
    "Client": "client",
    "deprecated": "deprecation",
    "deprecated_arguments": "deprecation",
    "OpenEnum": "enums",
    "OpenIntEnum": "enums",
    "AnswerTooLarge": "errors",
    "ApiError": "errors",
    "ArgumentError": "errors",
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
    "UnprocessableEntityError": "errors",
    "SdkError": "errors",
    "ServerError": "errors",
    "TaskError": "errors",
    "TaskFailed": "errors",
    "TaskTimeout": "errors",
    "UnavailableError": "errors",
    "UnexpectedAnswer": "errors",
    "ApiFacts": "facts",
    "ErrorFacts": "facts",
    "SecurityFacts": "facts",
    "SessionFacts": "facts",
    "TaskFacts": "facts",
    "Live": "oauth2",
    "SecretSource": "oauth2",
    "Model": "model",
    "OpenModel": "open_model",
    "Answer": "operation",
    "Body": "operation",
    "OAuth2": "oauth2",
    "Operation": "operation",
    "Outcome": "operation",
    "Parameter": "operation",
    "Paging": "operation",
    "Part": "operation",
    "AsyncPaged": "pages",
    "AsyncPagedList": "pages",
    "AsyncPages": "pages",
    "Paged": "pages",
    "PagedCall": "pages",
    "PagedList": "pages",
    "Pages": "pages",
    "RawAnswer": "raw",
    "RawResponse": "raw",
    "AsyncResource": "resource",
    "AsyncTasks": "tasking",
    "Resource": "resource",
    "Tasks": "tasking",
    "Redirects": "redirects",
    "Retries": "retry",
    "Secret": "secret",
    "SupportsReveal": "secret",
    "concealed": "secret",
    "hidden": "secret",
    "Server": "server",
    "Variable": "server",
    "hidden_proxy": "settings",
    "AsyncStreamedResponse": "streamed",
    "StreamedResponse": "streamed",
    "AsyncEventStream": "streams",
    "AsyncItemStream": "streams",
    "Event": "streams",
    "EventStream": "streams",
    "ItemStream": "streams",
    "TaskCounts": "taskinfo",
    "TaskInfo": "taskinfo",
    "TaskProgress": "taskinfo",
    "TaskStatus": "taskinfo",
    "AsyncTask": "tasks",
    "Task": "tasks",
    "AsyncTransport": "transport",
    "Transport": "transport",
    "AsyncContent": "upload",
    "Content": "upload",
    "FilePart": "upload",
    "Upload": "upload",
    "Base64": "values",
    "Duration": "values",
    "Stepped": "values",
    "VapiError": "vapi.errors",
    "parse_error": "vapi.errors",
    "LocalizableMessage": "vapi.messages",
    "LocalizationParam": "vapi.messages",
    "Pairs": "vapi.pairs",
    "Webhook": "webhook",
}

__all__ = [
    "Answer",
    "AnswerTooLarge",
    "ApiError",
    "ApiFacts",
    "ArgumentError",
    "AsyncClient",
    "AsyncContent",
    "AsyncEventStream",
    "AsyncItemStream",
    "AsyncPaged",
    "AsyncPagedList",
    "AsyncPages",
    "AsyncResource",
    "AsyncStreamedResponse",
    "AsyncTask",
    "AsyncTasks",
    "AsyncTransport",
    "AuthenticationError",
    "BadRequestError",
    "Base64",
    "Body",
    "Client",
    "ClientClosed",
    "ConflictError",
    "ConnectionFailed",
    "Content",
    "Duration",
    "ErrorFacts",
    "Event",
    "EventStream",
    "FilePart",
    "ForbiddenError",
    "InsecureConnectionWarning",
    "ItemStream",
    "Live",
    "LocalizableMessage",
    "LocalizationParam",
    "Model",
    "NotFoundError",
    "OAuth2",
    "OpenEnum",
    "OpenIntEnum",
    "OpenModel",
    "Operation",
    "Outcome",
    "OutcomeUnknown",
    "Paged",
    "PagedCall",
    "PagedList",
    "Pages",
    "Paging",
    "PagingError",
    "Pairs",
    "Parameter",
    "Part",
    "RateLimitError",
    "RawAnswer",
    "RawResponse",
    "Redirects",
    "Resource",
    "Retries",
    "SdkError",
    "Secret",
    "SecretSource",
    "SecurityFacts",
    "Server",
    "ServerError",
    "SessionFacts",
    "Stepped",
    "StreamedResponse",
    "SupportsReveal",
    "Task",
    "TaskCounts",
    "TaskError",
    "TaskFacts",
    "TaskFailed",
    "TaskInfo",
    "TaskProgress",
    "TaskStatus",
    "TaskTimeout",
    "Tasks",
    "Transport",
    "UnavailableError",
    "UnexpectedAnswer",
    "UnprocessableEntityError",
    "Upload",
    "VapiError",
    "Variable",
    "Webhook",
    "concealed",
    "deprecated",
    "deprecated_arguments",
    "hidden",
    "hidden_proxy",
    "one_of",
    "parse_error",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
