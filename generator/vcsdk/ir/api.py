"""The whole description as the emitters see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from vcsdk.ir.operations import Operation, Role, Webhook
from vcsdk.ir.schemas import Schema
from vcsdk.ir.vapi import SESSION_HEADER


class SecurityScheme(msgspec.Struct, frozen=True):
    """A way to authenticate, by how it travels.

    `kind` is `basic`, `bearer` (OAuth 2.0 and OpenID Connect, too), `header`, `query`, `cookie`, `http` (another scheme
    of the header Authorization), `certificate` (of TLS), or `other`, which no client can be given.  `wire_name` is
    the name of the header, of the parameter, of the cookie or of the scheme.  `type` is what the description calls it.
    `keywords` are the arguments of the client that take it, none where nothing asks for it; set by naming.  `token_url`
    is where OAuth 2.0 has its tokens.
    """

    key: str
    kind: str
    wire_name: str = ""
    description: str = ""
    type: str = ""
    keywords: tuple[str, ...] = ()
    token_url: str = ""


class ServerVariable(msgspec.Struct, frozen=True):
    """What stands for a part of a server's address: a keyword of the client; `enum` are all its values, () for any.

    `default` is None where the description has none.
    """

    name: str
    default: str | None = None
    enum: tuple[str, ...] = ()
    description: str = ""
    keyword: str = ""


class Server(msgspec.Struct, frozen=True):
    """An address with its variables in braces: of `http` or `https`, or a path alone (`/api`), "" for the root."""

    url: str
    variables: tuple[ServerVariable, ...] = ()
    description: str = ""

    @property
    def is_absolute(self) -> bool:
        """Whether it says the host, so that a client needs to be told none."""
        return bool(self.url) and not self.url.startswith("/")

    @property
    def expanded(self) -> str:
        """The address with its variables at their defaults, and `host` for those that have none."""
        known = {variable.name: variable.default for variable in self.variables}
        return re.sub(
            r"\{([^{}]*)\}", lambda found: "host" if (value := known.get(found[1])) is None else value, self.url
        )

    @property
    def path(self) -> str:
        """The path of that address, "" for the root."""
        return urlsplit(self.expanded).path.rstrip("/")


class Resource(msgspec.Struct, frozen=True):
    """A node of the call tree: `vc.vcha.cluster`; `path` ("vcha", "cluster"); the root has path ().

    `module` is the dotted module below the package ("resources.vcha_cluster"), `children` the paths of its
    sub-resources in order.
    """

    path: tuple[str, ...]
    class_name: str
    module: str
    operations: tuple[Operation, ...]
    children: tuple[tuple[str, ...], ...] = ()


class ErrorType(msgspec.Struct, frozen=True):
    """A member of the profile's error family: wire value, exception class, usual HTTP status.

    `statuses` are all that the description documents it under, or the usual one; none where nothing is known.
    """

    value: str
    class_name: str
    status: int
    description: str
    statuses: tuple[int, ...] = ()


class Api(msgspec.Struct, frozen=True):
    """An API: operations in document order, schemas by key, and what the profile found in them.

    `prefix` is the path of the first server (`/api`), "" where there is none.  `profile` is `vapi` or `plain`.
    `servers` has that server under "", and those of operations that have their own under `Operation.server`.
    `resources` holds every node of the call tree by path, the root included; filled by naming.  `undescribed` are
    operations that servers of this profile have although the description does not (sessions, records of tasks).
    `webhooks` are requests that the server makes.
    """

    title: str
    version: str
    description: str
    prefix: str
    operations: tuple[Operation, ...]
    schemas: Mapping[str, Schema]
    security_schemes: Mapping[str, SecurityScheme] = msgspec.field(default_factory=dict)
    profile: str = "plain"
    error_types: tuple[ErrorType, ...] = ()
    resources: Mapping[tuple[str, ...], Resource] = msgspec.field(default_factory=dict)
    undescribed: tuple[Operation, ...] = ()
    servers: Mapping[str, Server] = msgspec.field(default_factory=dict)
    webhooks: tuple[Webhook, ...] = ()

    @property
    def server(self) -> Server:
        """That of the API."""
        return self.servers.get("", Server(""))

    @property
    def session_header(self) -> str:
        """The header that carries a session, as the description writes it or by the profile's convention."""
        headers = (s.wire_name for s in self.security_schemes.values() if s.kind == "header")
        return next((name for name in headers if name.lower() == SESSION_HEADER), SESSION_HEADER)

    def with_role(self, role: Role) -> Operation | None:
        """The described operation that plays this role, or None."""
        return next((o for o in self.operations if o.role is role), None)

    def playing(self, role: Role) -> Operation | None:
        """The operation that plays this role, be it described or not; None where the API has none."""
        return self.with_role(role) or next((o for o in self.undescribed if o.role is role), None)

    def find(self, name: str) -> Operation | None:
        """The operation with this Python path or operationId, as command lines name it."""
        return next((o for o in self.operations if name in (o.python_path, o.operation_id)), None)
