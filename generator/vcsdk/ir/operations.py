"""Operations: what a caller can ask for, and what the server may answer."""

from __future__ import annotations

import enum
from collections.abc import Iterable

import msgspec

from vcsdk.diagnostics import Origin
from vcsdk.ir.identifiers import Identifies
from vcsdk.ir.lifespan import UNKNOWN, Lifespan
from vcsdk.ir.pages import Paging
from vcsdk.ir.schemas import MISSING, Missing
from vcsdk.ir.types import Json, Type


class In(enum.StrEnum):
    """Where a parameter travels (OpenAPI 3.0.3, "Parameter Locations")."""

    PATH = "path"
    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"


class Safety(enum.StrEnum):
    """What a call can do to the target: change nothing, change something, interrupt or destroy."""

    READ = "read"
    WRITE = "write"
    DESTRUCTIVE = "destructive"


class Role(enum.StrEnum):
    """The part an operation plays in the conventions of a profile (`vapi`)."""

    SESSION_CREATE = "session-create"
    SESSION_GET = "session-get"
    SESSION_DELETE = "session-delete"
    TASK_GET = "task-get"
    TASK_CANCEL = "task-cancel"


class Parameter(msgspec.Struct, frozen=True):
    """A declared parameter that a caller chooses.  Wire constants are in `Operation.fixed_query` instead.

    `inner` are the styles of the lists in its list, from the outside in; () where they go as JSON.
    """

    wire_name: str
    location: In
    type: Type
    required: bool
    origin: Origin
    style: str = "form"
    explode: bool = True
    inner: tuple[str, ...] = ()
    allow_reserved: bool = False
    content_type: str | None = None
    description: str = ""
    deprecated: bool = False
    default: Json | Missing = MISSING
    example: Json | Missing = MISSING
    lifespan: Lifespan = UNKNOWN
    identifies: Identifies | None = None
    name: str = ""


class Part(msgspec.Struct, frozen=True):
    """How a property of a form travels (OpenAPI 3.0.3 and 3.1.1, "Encoding Object").

    `style` and `explode` are None where the description names neither; `inner` as of a parameter.  `headers` are those
    of a part that can have one value only.  `verbatim`: the property is text in this content type already, such as JSON
    in a string.
    """

    name: str
    content_type: str | None = None
    style: str | None = None
    explode: bool | None = None
    inner: tuple[str, ...] = ()
    allow_reserved: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    verbatim: bool = False


class Media(msgspec.Struct, frozen=True):
    """A body in one content type; `type` is None where the description gives no schema, and it is no JSON.

    `example` is the value of `example`, or of the first entry of `examples`.  `encoding` has the properties of a
    form of which the description says how they travel.  With `envelope` the value travels as `{"value": …}`, and `type`
    is the type of the value.  Of a stream it is the type of one value in it, `is_text` where that is no JSON but text.
    """

    content_type: str
    type: Type | None
    origin: Origin
    example: Json | Missing = MISSING
    encoding: tuple[Part, ...] = ()
    envelope: bool = False
    is_text: bool = False


class Passed(enum.StrEnum):
    """How a method takes a body: as fits it, in one argument, or in one for each property."""

    AS_FITS = "as fits"
    WHOLE = "whole"
    APART = "apart"


class Body(msgspec.Struct, frozen=True):
    """What a request carries; the first content type is the one the client sends unless told otherwise.

    `silent` means that the description does not say whether it is required.  `passed` is set by naming where a release
    decided it.
    """

    required: bool
    content: tuple[Media, ...]
    origin: Origin
    description: str = ""
    silent: bool = False
    passed: Passed = Passed.AS_FITS


class ResponseHeader(msgspec.Struct, frozen=True):
    """A header that an answer documents."""

    wire_name: str
    type: Type
    required: bool
    description: str = ""


class Reason(msgspec.Struct, frozen=True):
    """An error that an answer stands for: its `error_type`, "" where the family has no such type, and when it comes."""

    error_type: str
    when: str


class Response(msgspec.Struct, frozen=True):
    """A documented answer; `status` is "202", a range such as "4XX", or "default".

    `reasons` are the errors of the profile's family that it names, which may be several under one status.
    """

    status: str
    description: str
    content: tuple[Media, ...]
    origin: Origin
    headers: tuple[ResponseHeader, ...] = ()
    reasons: tuple[Reason, ...] = ()


class Argument(msgspec.Struct, frozen=True):
    """A keyword of the generated method, settled by naming.

    It comes from a parameter (`source` is its `In`), from a property of the body (`source` "field"), is the whole body
    ("body") or chooses among its content types ("content-type").  `field_of` is the schema key of the body struct when
    `source` is "field".
    """

    name: str
    wire_name: str
    source: str
    type: Type
    required: bool
    description: str = ""
    default: Json | Missing = MISSING
    deprecated: bool = False
    lifespan: Lifespan = UNKNOWN
    identifies: Identifies | None = None


class Outcome(msgspec.Struct, frozen=True):
    """How to tell that a disruptive operation happened when its task record is gone.

    Read `operation` (an operationId) before and after: the name of the first property among `properties` whose
    sub-value at `path` (dotted) equals `equals` must have changed.  For failover: which of node1, node2 is ACTIVE.
    """

    operation: str
    properties: tuple[str, ...]
    path: str
    equals: str


class Webhook(msgspec.Struct, frozen=True):
    """A request that the server makes by itself (OpenAPI 3.1.1, `webhooks`); `key` is the pointer of its operation."""

    key: str
    wire_name: str
    method: str
    body: Body | None
    origin: Origin
    summary: str = ""
    description: str = ""
    name: str = ""


class Operation(msgspec.Struct, frozen=True):
    """One request a caller can make.

    `key` is its JSON pointer in the normalised document.  `path` is the wire path without query or fragment;
    `fixed_query` are the constants of the wire that tell operations on one path apart, "" for a name alone; `presence`
    names required parameters of the query that do the same by being there, whatever their value.  `fixed_headers` are
    constants among the headers.  `security` lists
    alternatives, each a set of scheme names that are needed together; an empty alternative means "none needed".
    `server` is the key of its own server in `Api.servers`, "" for that of the API.
    `resource` and `name` make the Python path: `("vcha", "cluster")` and `failover`; `also` are other names beside it.
    `successor` is the Python path of the operation that a deprecated one is deprecated for.
    `paging` is set by naming, where settings are applied; `unpaged` says why there is none although something speaks of
    pages, "" where nothing does.
    """

    key: str
    operation_id: str
    method: str
    path: str
    fixed_query: tuple[tuple[str, str], ...]
    parameters: tuple[Parameter, ...]
    body: Body | None
    responses: tuple[Response, ...]
    security: tuple[tuple[str, ...], ...]
    tags: tuple[str, ...]
    origin: Origin
    summary: str = ""
    description: str = ""
    deprecated: bool = False
    lifespan: Lifespan = UNKNOWN
    safety: Safety = Safety.WRITE
    safety_reason: str = ""
    task: bool = False
    disrupts_connection: bool = False
    outcome: Outcome | None = None
    role: Role | None = None
    resource: tuple[str, ...] = ()
    name: str = ""
    arguments: tuple[Argument, ...] = ()
    presence: tuple[str, ...] = ()
    fixed_headers: tuple[tuple[str, str], ...] = ()
    server: str = ""
    also: tuple[str, ...] = ()
    successor: str = ""
    paging: Paging | None = None
    unpaged: str = ""

    @property
    def enveloped(self) -> bool:
        """True if its success travels as `{"value": …}` (`Media.envelope`)."""
        return self.success is not None and any(media.envelope for media in self.success.content)

    @property
    def python_path(self) -> str:
        """How people name it: `vcha.cluster.failover`."""
        return ".".join((*self.resource, self.name))

    @property
    def label(self) -> str:
        """How reports, logs and the contract suite's catalogue name it: its Python path, else its operationId."""
        return self.python_path.strip(".") or self.operation_id

    @property
    def request_line(self) -> str:
        """How it stands on the wire: `POST /vcenter/vcha/cluster?action=failover&vmw-task=true`."""
        constants = (f"{key}={value}" if value else key for key, value in self.fixed_query)
        query = "&".join((*constants, *self.presence))
        return f"{self.method} {self.path}" + (f"?{query}" if query else "")

    @property
    def success(self) -> Response | None:
        """The first documented 2xx answer, or None."""
        return next((r for r in self.responses if r.status.startswith("2")), None)


def asked_for(operations: Iterable[Operation]) -> frozenset[str]:
    """The keys of the security schemes that any of the operations asks for."""
    return frozenset(name for operation in operations for names in operation.security for name in names)
