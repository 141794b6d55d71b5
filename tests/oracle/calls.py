"""Arguments for operations, generated from the schemas of the description, and our client called with them."""

from __future__ import annotations

import importlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from vcsdk.emitters.client.resources import Tree
from vcsdk.ir import Operation
from vcsdk.load.pointer import find, from_fragment
from vcsdk.pipeline import Described
from vcsdk.simulator.schemas import Schemas
from vcsdk.simulator.values import Values

from tests.wire.client.recording import Recorded

ABSENT: Any = object()

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
    """Generates calls of a description; the same description gives the same calls."""

    def __init__(self, described: Described) -> None:
        self._data = _with_base64(described.document.data)
        self._values = Values(Schemas(self._data))

    def call(self, operation: Operation, *, optional: bool = True) -> Call:
        """Values for everything the operation takes; `optional` False leaves out what need not be given.

        Raises:
            vcsdk.simulator.values.UnboundedError: No valid value is known for something.
        """
        random_ = random.Random(operation.key)
        pointer = operation.key.removeprefix("#")
        node, item = find(self._data, pointer), find(self._data, pointer.rpartition("/")[0])
        fixed = {name for name, _ in operation.fixed_query}
        parameters = {}
        for raw in (*item.get("parameters", ()), *node.get("parameters", ())):
            parameter = self._resolved(raw)
            if parameter["in"] == "query" and parameter["name"] in fixed:
                continue
            if not (optional or parameter.get("required")):
                continue
            value = self._values.example(parameter["schema"], parameter.get("example"))
            parameters[(parameter["in"], parameter["name"])] = _spiced(value, random_)
        request = self._resolved(node.get("requestBody", {}))
        content = request.get("content", {}) if optional or request.get("required") else {}
        body = ABSENT
        for media in list(content.values())[:1]:
            body = _spiced(self._values.example(media["schema"], media.get("example")), random_)
        return Call(operation, parameters, body)

    def _resolved(self, node: Any) -> Any:
        while "$ref" in node:
            node = find(self._data, from_fragment(node["$ref"][1:]))
        return node


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


class OurClient:
    """Calls operations of a generated package with JSON values, through the public methods."""

    def __init__(self, described: Described, package: ModuleType, origin: str) -> None:
        self._api = described.api
        self._package = package
        self._constants = Tree.of(described.api).constants
        self.client = getattr(package, described.config.package.client)(origin, token="t0ken", retries=0, timeout=20)

    @cached_property
    def _dec_hook(self) -> Any:
        return importlib.import_module(f"{self._package.__name__}._runtime.secret").dec_hook

    def constant(self, operation: Operation) -> Any:
        """The constant that the methods of an operation share."""
        module = self._api.resources[operation.resource].module
        return getattr(importlib.import_module(f"{self._package.__name__}.{module}"), self._constants[operation.key])

    def call(self, call: Call) -> Any:
        """What the method gives; raises what it raises."""
        method = self.client
        for name in call.operation.python_path.split("."):
            method = getattr(method, name)
        return method(**dict(self._arguments(call)))

    def _arguments(self, call: Call) -> Iterator[tuple[str, Any]]:
        constant = self.constant(call.operation)
        kinds = {parameter.name: parameter.type for parameter in constant.parameters}
        body = ABSENT if call.body is ABSENT else self._convert(call.body, constant.body.type)
        for argument in call.operation.arguments:
            if argument.source == "body":
                value = body
            elif argument.source == "field":
                value = _member(body, argument.wire_name)
            else:
                raw = call.parameters.get((argument.source, argument.wire_name), ABSENT)
                value = ABSENT if raw is ABSENT else self._convert(raw, kinds[argument.name])
            if value is not ABSENT:
                yield argument.name, value

    def _convert(self, value: Any, kind: Any) -> Any:
        return msgspec.convert(value, kind, dec_hook=self._dec_hook)


def _member(body: Any, wire_name: str) -> Any:
    if body is ABSENT:
        return ABSENT
    if isinstance(body, dict):
        return body.get(wire_name, ABSENT)
    names = dict(zip(body.__struct_encode_fields__, body.__struct_fields__, strict=True))
    value = getattr(body, names[wire_name])
    return ABSENT if value is None else value


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
