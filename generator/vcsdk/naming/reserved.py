"""Names that generated code needs for itself."""

from __future__ import annotations

import builtins

# Names that models, resources and the runtime import into the modules where generated classes stand.
_RUNTIME = (
    "Annotated",
    "Answer",
    "Any",
    "ArgumentError",
    "ApiError",
    "AsyncClient",
    "AsyncResource",
    "AsyncTask",
    "Body",
    "Client",
    "ClassVar",
    "Literal",
    "Meta",
    "Model",
    "OpenEnum",
    "OpenIntEnum",
    "OpenModel",
    "Operation",
    "Outcome",
    "OutcomeUnknown",
    "Parameter",
    "RawResponse",
    "Resource",
    "Secret",
    "Self",
    "Struct",
    "Task",
    "TYPE_CHECKING",
    "TypeAlias",
    "UNSET",
    "UUID",
    "Union",
    "UnsetType",
    "VapiError",
)

CLASSES = {name: f"{name}Model" for name in (*_RUNTIME, *(n for n in dir(builtins) if n[0].isupper()))}
"""Class names nobody may have, and what a schema of that name is called instead."""

FIELDS_SINCE = frozenset(("from_dict", "from_json", "to_dict", "to_json"))
"""Methods that models have only since packages were released: a field released under such a name keeps it."""

FIELDS = {
    name: f"{name}_"
    for name in (
        *("bool", "bytes", "date", "datetime", "dict", "float", "int", "list", "object", "set", "str"),
        *("time", "timedelta", "tuple", "uuid"),
        *FIELDS_SINCE,
    )
}
"""Field names that would hide a method, or a type that annotations use (msgspec resolves these inside the class)."""

ARGUMENTS = {name: f"{name}_" for name in ("timeout", "self", "body")}
"""Argument names that the generated method needs."""

CLIENT = frozenset(
    (
        *("aclose", "base_url", "close", "closed", "headers", "login", "logout", "target", "transport"),
        *("from_env", "request", "with_options", "with_raw_response"),
    )
)
"""Attributes of the client class that a root resource may not hide."""

CLIENT_SINCE = frozenset(("from_env", "request", "with_options"))
"""Those of them that the client class has only since packages were released: a resource released so keeps its name."""

CLIENT_EMITTED = frozenset(("from_env",))
"""Those of them that are emitted and not the runtime's, so that a resource stands in the place of nothing."""

CLIENT_KEYWORDS = frozenset(
    (
        *("ca_bundle", "credentials", "headers", "language", "limits", "proxy", "retries", "settings", "target"),
        *("hooks", "http_client", "max_answer_bytes", "max_stream_bytes", "max_stream_seconds"),
        *("timeout", "variables", "verify"),
    )
)
"""Keywords that every client takes."""
