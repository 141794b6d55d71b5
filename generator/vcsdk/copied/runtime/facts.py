"""The facts of an API that no single operation holds; a generated client describes them once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from .errors import ApiError
from .operation import Operation
from .server import Server


class SessionFacts(msgspec.Struct, frozen=True, eq=False):
    """How to log in: `create` (HTTP Basic, answers the token as a JSON string), then `header` carries the token."""

    create: Operation
    get: Operation | None = None
    delete: Operation | None = None
    header: str = "vmware-api-session-id"


class TaskFacts(msgspec.Struct, frozen=True, eq=False):
    """How to read and cancel a task; the first path parameter of each is the task identifier."""

    get: Operation
    cancel: Operation | None = None


class ErrorFacts(msgspec.Struct, frozen=True, eq=False):
    """The error family of a profile: class by wire value of `error_type`.

    Its presence means the `vapi` profile: enveloped answers are decoded too.  `base` is the class of every error,
    `parse` gives `vapi.errors.ParsedError` or None for an error's JSON; None takes those of `vapi`.
    """

    family: Mapping[str, type[ApiError]]
    base: type[ApiError] | None = None
    parse: Callable[[Any], Any] | None = None


GRANTED = ("client_id", "client_secret", "username", "password", "refresh_token", "scope", "token_url")
"""The arguments of an `OAuth2` that variables and a command line can say."""
SECRET_GRANTED = frozenset(("client_secret", "password", "refresh_token"))
"""Those of them that nobody may see."""


class SecurityFacts(msgspec.Struct, frozen=True, eq=False):
    """A security scheme: `kind` basic, bearer, header, query, cookie, http, certificate or other.

    `wire_name` is the name of the header, parameter or cookie, or of the scheme of `http` and `other`.  `keywords` are
    the client's arguments that take it; () means those of a vCenter.  `token_url` is where OAuth 2.0 has its tokens;
    `grants` what each of `GRANTED` is called outside of a program, () where no OAuth 2.0 is.
    """

    kind: str
    wire_name: str = ""
    keywords: tuple[str, ...] = ()
    token_url: str = ""
    grants: tuple[str, ...] = ()

    @property
    def given_by(self) -> tuple[str, ...]:
        """The arguments that take it; () where none can."""
        if self.keywords or self.kind in ("certificate", "other"):
            return self.keywords
        return ("username", "password") if self.kind == "basic" else ("token",)


class ApiFacts(msgspec.Struct, frozen=True, eq=False):
    """Everything about an API that its client needs.

    `prefix` is the path before every operation's own ("/api") where `servers` does not say more: the server of the
    API under "", and those that operations name.  `find` gives the operation with a Python path, so
    that a checkpoint can be resumed; None where there are no tasks.  `env_prefix` begins the names of the variables
    that `from_env` reads; `authenticated`: no operation can be called without credentials.
    """

    prefix: str = ""
    session: SessionFacts | None = None
    tasks: TaskFacts | None = None
    errors: ErrorFacts | None = None
    security: Mapping[str, SecurityFacts] = {}
    find: Callable[[str], Operation | None] | None = None
    servers: Mapping[str, Server] = {}
    env_prefix: str = "API"
    authenticated: bool = False

    @property
    def secret_headers(self) -> list[str]:
        """The names of headers that carry credentials, besides those of every API."""
        own = [] if self.session is None else [self.session.header]
        return own + [scheme.wire_name for scheme in self.security.values() if scheme.kind == "header"]
