"""Arguments for operations, generated from the schemas of the description, and our client called with them."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from vcsdk.emitters.client.resources import Tree
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import Values
from vcsdk.ir import Operation
from vcsdk.ir.media import sent
from vcsdk.load.pointer import find, from_fragment
from vcsdk.pipeline import Described

from tests.oracle import calling
from tests.oracle.calling import ABSENT, Given
from tests.wire.client.recording import Recorded

_UTC = re.compile(r"(?<=T\d\d:\d\d:\d\d)\+00:00$")
_PLAIN_TEXT = "example"
_TEXTS = ("h&x=1", "a b/c", "50%25", "Zürich", "x+y", "a,b;c", "?#[]@!$'()*", "~-._", "q=1&q=2", '"\\', "{id}", "vm-42")
"""What goes wrong where a value is not escaped, or escaped twice."""


@dataclass(frozen=True)
class Call:
    """An operation and JSON values for all its parameters, by location and wire name, constants left out."""

    operation: Operation
    parameters: dict[tuple[str, str], Any]
    body: Any = ABSENT


class Arguments:
    """Generates calls of a description, or of `data` in its place; the same description gives the same calls."""

    def __init__(self, described: Described, data: dict[str, Any] | None = None) -> None:
        self._data = _with_base64(described.document.data if data is None else data)
        self._schemas = Schemas(self._data)
        self._values = Values(self._schemas)

    def call(self, operation: Operation, *, optional: bool = True) -> Call:
        """Values for everything the operation takes; `optional` False leaves out what need not be given.

        Raises:
            vcsdk.instances.values.UnboundedError: No valid value is known for something.
        """
        random_ = random.Random(operation.key)
        node = find(self._data, operation.key.removeprefix("#"))
        parameters = {}
        for (place, name), parameter in self.declared(operation).items():
            if optional or parameter.get("required"):
                random_of = random_ if place in ("path", "query") else None
                parameters[place, name] = self._value(schema_of(parameter), parameter.get("example"), random_of)
        request = self._resolved(node.get("requestBody", {}))
        required = operation.body is not None and operation.body.required
        content = request.get("content", {}) if optional or required else {}
        body = ABSENT
        if content and operation.body is not None:
            first = sent(operation.body)[0].content_type
            media = content.get(first) or next(iter(content.values()))
            body = self._value(media.get("schema", {}), media.get("example"), random_)
        return Call(operation, parameters, body)

    def declared(self, operation: Operation) -> dict[tuple[str, str], dict[str, Any]]:
        """The Parameter Objects by location and name; without constants and headers that nobody gives."""
        pointer = operation.key.removeprefix("#")
        node, item = find(self._data, pointer), find(self._data, pointer.rpartition("/")[0])
        fixed = {name for name, _ in operation.fixed_query}
        resolved = (self._resolved(raw) for raw in (*item.get("parameters", ()), *node.get("parameters", ())))
        every = {(p["in"], p["name"]): p for p in resolved if p["in"] != "query" or p["name"] not in fixed}
        taken = {(str(parameter.location), parameter.wire_name) for parameter in operation.parameters}
        return {key: parameter for key, parameter in every.items() if key in taken}

    def _value(self, schema: Any, example: Any, random_: random.Random | None) -> Any:
        """A valid value, troublesome where it may be; None for `random_` keeps to plain text, as headers must."""
        value = self._values.example(schema, example)
        spiced = value if random_ is None else _spiced(value, random_)
        return spiced if self._schemas.accepts(schema, spiced) else value

    def _resolved(self, node: Any) -> Any:
        while "$ref" in node:
            node = find(self._data, from_fragment(node["$ref"][1:]))
        return node


def schema_of(parameter: dict[str, Any]) -> Any:
    """The schema of a Parameter Object, which may stand in its `content`."""
    if "schema" in parameter:
        return parameter["schema"]
    return next(iter(parameter.get("content", {}).values()), {}).get("schema", {})


def _with_base64(node: Any) -> Any:
    """A copy in which bytes in JSON are base64 (`byte`): what vAPI's `binary` is on the wire."""
    if isinstance(node, list):
        return [_with_base64(item) for item in node]
    if not isinstance(node, dict):
        return node
    copy = {key: _with_base64(value) for key, value in node.items()}
    return {**copy, "format": "byte"} if copy.get("format") == "binary" else copy


def _spiced(value: Any, random_: random.Random) -> Any:
    """The value with each text that may be any text replaced by a troublesome one."""
    if isinstance(value, dict):
        return {key: _spiced(member, random_) for key, member in value.items()}
    if isinstance(value, list):
        return [_spiced(member, random_) for member in value]
    if isinstance(value, str):
        # No client keeps a fraction of nothing.
        return random_.choice(_TEXTS) if value == _PLAIN_TEXT else value.replace(".000Z", "Z")
    return value


def given(described: Described, constants: Mapping[str, str], call: Call) -> Given:
    """A call as the generated package takes it; `constants` are `Tree`'s."""
    operation, resource = call.operation, described.api.resources[call.operation.resource]
    return Given(
        operation.python_path,
        resource.module,
        constants[operation.key],
        [(argument.name, argument.source, argument.wire_name) for argument in operation.arguments],
        call.parameters,
        call.body,
    )


class OurClient:
    """Calls operations of a generated package with JSON values, through the public methods."""

    def __init__(self, described: Described, package: ModuleType, origin: str) -> None:
        self._described = described
        self._constants = Tree.of(described.api).constants
        self._package = package.__name__
        self.client = getattr(package, described.config.package.client)(origin, token="t0ken", retries=0, timeout=20)

    def constant(self, operation: Operation) -> Any:
        """The constant that the methods of an operation share."""
        return calling.constant(self._package, given(self._described, self._constants, Call(operation, {})))

    def call(self, call: Call) -> Any:
        """What the method gives; raises what it raises."""
        asked = given(self._described, self._constants, call)
        return calling.method(self.client, asked.method)(**dict(calling.keywords(self._package, asked)))


@dataclass(frozen=True)
class Sent:
    """A request as it matters to a server: path as it came, query in no order, body as JSON."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: Any

    @classmethod
    def of(cls, request: Recorded) -> Sent:
        """Read a recorded request."""
        path, _, query = request.target.partition("?")
        pairs = sorted(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
        body = _settled(msgspec.json.decode(request.body)) if request.body else None
        return cls(request.method, path, tuple(pairs), body)


def _settled(value: Any) -> Any:
    """The value with UTC written `Z`, which RFC 3339 also lets clients spell `+00:00`."""
    if isinstance(value, dict):
        return {key: _settled(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_settled(member) for member in value]
    return _UTC.sub("Z", value) if isinstance(value, str) else value
