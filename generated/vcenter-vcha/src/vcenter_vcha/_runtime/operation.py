"""The facts of one operation: what goes on the wire and what may come back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import msgspec

from .secret import dec_hook

T = TypeVar("T")
_KEYS = frozenset(("idempotency-key", "x-idempotency-key"))
_LITERAL = "/:@!$&'()*+,;=-._~%"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Parameter(msgspec.Struct, frozen=True, eq=False, dict=True):
    """An argument that travels outside the body.

    `name` is the Python argument, `wire` the name on the wire, `location` path, query, header or cookie.  `style`
    and `explode` are OpenAPI's; "" and None mean the default of the location.  `inner` are the styles of the lists in
    its list, from the outside in; where it names none they go as JSON.  `content_type` is set where the value
    is sent as a document ("application/json") rather than in a style; `pairs` where maps in it travel as lists of
    `{key, value}`.
    """

    name: str
    wire: str
    location: str
    style: str = ""
    explode: bool | None = None
    required: bool = False
    type: Any = Any
    allow_reserved: bool = False
    content_type: str | None = None
    pairs: bool = False
    inner: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True, eq=False):
    """How a field of a form travels (OpenAPI's "Encoding Object").

    With a `style` ("form", "spaceDelimited", "pipeDelimited", "deepObject") it does as a parameter of the query would,
    lists in its list as `inner` says;
    otherwise `content_type` says how its value is written, `verbatim` that it is written so already.  `headers` are
    those of its part.
    """

    content_type: str | None = None
    style: str | None = None
    explode: bool = False
    allow_reserved: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    verbatim: bool = False
    inner: tuple[str, ...] = ()


class Body(msgspec.Struct, frozen=True, eq=False, dict=True):
    """What a request carries: its type and content type.

    `encoding` gives the content types of parts of a form, by wire name, or all that the description says of them;
    `pairs` tells that maps in it travel as lists of `{key, value}`, `nullable` that None is sent as null.
    """

    type: Any
    content_type: str = "application/json"
    required: bool = True
    nullable: bool = False
    encoding: Mapping[str, str | Part] = {}
    pairs: bool = False

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Any]:
        """Checks an encoded body against the declared type."""
        return _decoder(self.type)


class Envelope(msgspec.Struct, Generic[T]):
    """`{"value": …}`, in which the older form of vCenter's API (`/rest`) sends every value."""

    value: T


def enveloped(kind: Any) -> Any:
    """The type of an envelope with a value of this type in it."""
    return Envelope[kind]


class Answer(msgspec.Struct, frozen=True, eq=False, dict=True):
    """A documented answer; `type` is None where it has no body, and that of the value where there is an `envelope`.

    Of a stream it is that of one value in it; with `text` this is no JSON but text.
    """

    type: Any = None
    content_type: str = "application/json"
    envelope: bool = False
    text: bool = False

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[Any]:
        """Decodes the body, built once; an envelope comes with its value in it."""
        return _decoder(enveloped(self.type) if self.envelope else self.type)


class Outcome(msgspec.Struct, frozen=True, eq=False):
    """How to tell that a disruptive operation happened when its task record is gone.

    Read `operation` before and after: the name of the first of `properties` (wire names) whose value at `path`
    (dotted wire names) equals `equals` must have changed.
    """

    operation: Operation
    properties: tuple[str, ...]
    path: str
    equals: str


class Paging(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """How the pages of a list are asked for: `kind` is page, offset, cursor, next or link.

    `items` leads from the answer's value to its list, as `next` does to the next cursor or address, `total` and `pages`
    to how many items and pages there are, `more` and `last` to what says whether this is all, and `number` to the
    number of the page: attributes, or keys of a mapping.  `parameter` and `size` are Python arguments, `first` is the
    first page or offset, `full` how many items a page has unless the call says so; `short`: one with fewer is the last.
    """

    kind: str
    items: tuple[str, ...] = ()
    parameter: str = ""
    first: int | None = None
    next: tuple[str, ...] = ()
    total: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    number: tuple[str, ...] = ()
    size: str = ""
    full: int | None = None
    short: bool = False


class Operation(msgspec.Struct, frozen=True, eq=False, kw_only=True, dict=True):
    """One request a caller can make; a constant that the sync and the async method share.

    `name` is the Python path ("vcha.cluster.failover"), `path` the path template below the prefix, `query` the
    constants of the wire ("" for a name alone), `headers` those among the headers. `answers` is keyed by status, range
    ("4XX") or "default"; a tuple of `Answer`, or of `Body`, offers several content types. `security` has
    alternatives, each the names of schemes that are needed together, () for none; or it is "session" or "basic", as a
    vCenter has them, or "none". `safe`: it changes nothing and may be sent again; `destructive`: it interrupts a
    service or may lose data. `task`: its answer is a task identifier, `result` the type of the task's result. `server`
    is the key of its own server in the facts of the API. `paging`: its answer is a page of a list.
    """

    name: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    parameters: tuple[Parameter, ...] = ()
    body: Body | tuple[Body, ...] | None = None
    answers: Mapping[str, Answer | tuple[Answer, ...]] = {}
    security: str | tuple[tuple[str, ...], ...] = "session"
    safe: bool = False
    destructive: bool = False
    task: bool = False
    result: Any = None
    outcome: Outcome | None = None
    server: str = ""
    paging: Paging | None = None

    @cached_property
    def request_line(self) -> str:
        """How it stands in logs and errors: method, path template and constants, no argument."""
        query = "&".join(f"{key}={value}" if value else key for key, value in self.query)
        return f"{self.method} {self.path}" + (f"?{query}" if query else "")

    @cached_property
    def by_name(self) -> Mapping[str, Parameter]:
        """The parameters by Python argument."""
        return {parameter.name: parameter for parameter in self.parameters}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The parameters that are an idempotency key (IETF, "The Idempotency-Key HTTP Header Field"), in lower case."""
        return _KEYS & {parameter.wire.lower() for parameter in self.parameters if parameter.location == "header"}

    @cached_property
    def segments(self) -> tuple[str | Parameter, ...]:
        """The path template taken apart: literal text as it is sent, and path parameters, in turn."""
        found = {p.wire: p for p in self.parameters if p.location == "path"}
        parts = _PLACEHOLDER.split(self.path)
        return tuple(found[part] if index % 2 else quote(part, safe=_LITERAL) for index, part in enumerate(parts))

    @cached_property
    def constants(self) -> tuple[str, ...]:
        """The constants of the query as they are sent."""
        pairs = ((quote(key, safe=""), quote(value, safe="")) for key, value in self.query)
        return tuple(f"{key}={value}" if value else key for key, value in pairs)

    @cached_property
    def accept(self) -> str:
        """The Accept header: the content types of the documented answers, JSON preferred (RFC 9110, 12.5.1)."""
        found = [answer.content_type for answers in self.answers.values() for answer in _several(answers)]
        types = list(dict.fromkeys(found)) or ["application/json"]
        structured = [name for name in types if "json" in name]
        others = [name for name in types if "json" not in name]
        return ", ".join([*structured, *(f"{name};q=0.5" if structured else name for name in others)])

    def documented(self, status: int) -> tuple[Answer, ...]:
        """What the description says of this status: exact, then range, then `default`; () if nothing."""
        for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
            if key in self.answers:
                return _several(self.answers[key])
        return ()

    @cached_property
    def success(self) -> tuple[Answer, ...]:
        """The first documented 2xx answer; () if there is none."""
        return next((_several(answer) for key, answer in self.answers.items() if key.startswith("2")), ())


def _several(answer: Answer | tuple[Answer, ...]) -> tuple[Answer, ...]:
    return answer if isinstance(answer, tuple) else (answer,)


def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    try:
        return msgspec.json.Decoder(kind, dec_hook=dec_hook)
    except RecursionError:
        from .deep import prepare

        prepare(kind)
        return msgspec.json.Decoder(kind, dec_hook=dec_hook)
