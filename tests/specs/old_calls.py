"""Programs that call every method of a package, and what they send and get where a package of that name is imported.

A program is Python text made of one API's names: classes, fields, members, methods and arguments.  The same text runs
with another package of the same name.
"""

from __future__ import annotations

import enum
import importlib
import inspect
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import UnboundedError, Values
from vcsdk.ir import Alias, Api, Argument, Array, Enumeration, Map, Nullable, Operation, Ref, Scalar, Struct
from vcsdk.ir.media import is_json
from vcsdk.ir.types import Constant, Type
from vcsdk.load.pointer import find
from vcsdk.pipeline import Described

from tests.corpus.shaping import shaped
from tests.generated import imported, write_client
from tests.oracle.calling import ABSENT
from tests.oracle.calls import Arguments, Call
from tests.wire.client.recording import Recorded, Recorder, recording

_TEXT = ("string", "password", "any", "boolean", "integer", "number", "null")
_BOUNDARY = re.compile(r"boundary=([^;\s]+)")
_OF_THE_CONNECTION = frozenset(
    ("host", "user-agent", "accept-encoding", "connection", "content-length", "x-request-id", "transfer-encoding")
)


@dataclass(frozen=True)
class Asked:
    """A function of a program: its text, the operation it calls, and what the server answers it."""

    operation: Operation
    text: str
    status: int
    answer: Any


@dataclass
class Program:
    """Functions that call methods; `untried` counts what no arguments were known for."""

    described: Described
    asked: list[Asked] = field(default_factory=list)
    untried: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, described: Described, *, wanted: Callable[[Operation], bool] = lambda _: True) -> Program:
        """With all arguments of each method, and with what must be given alone."""
        program = cls(described)
        data = shaped(described)
        arguments = Arguments(described, data)
        answers = _Answers(data)
        for operation in described.api.operations:
            if not wanted(operation):
                continue
            status, answer = answers.of(operation)
            told: set[str] = set()
            for optional in (True, False):
                try:
                    call = arguments.call(operation, optional=optional)
                except UnboundedError:
                    program.untried[operation.request_line] += 1
                    continue
                text = _Text(described.api, described.config.package.module).function(call)
                if text not in told:
                    told.add(text)
                    program.asked.append(Asked(operation, text, status, answer))
        return program

    def run(self, api: Described, folder: Path) -> list[Outcome]:
        """What each function sends and gets with the package of `api`."""
        old = self.described
        attributes = {
            schema.name: tuple(f.name for f in _all_fields(schema, old.api))
            for schema in old.api.schemas.values()
            if isinstance(schema, Struct)
        }
        source = write_client(api.api, api.config, api.document, folder)
        name = old.config.package.module
        with recording() as server, imported(source, api.config.package.module) as package:
            with self._client(package, server) as client:
                return [self._call(each, client, name, server, attributes) for each in self.asked]

    def _client(self, package: Any, server: Recorder) -> Any:
        api = self.described.api
        keywords = [k for scheme in api.security_schemes.values() for k in scheme.keywords]
        given = dict.fromkeys(keywords, "t0ken") if api.profile != "vapi" else {"token": "t0ken"}
        kind = getattr(package, self.described.config.package.client)
        return kind(server.origin, retries=0, timeout=20, **given)

    def _call(
        self, asked: Asked, client: Any, name: str, server: Recorder, attributes: Mapping[str, tuple[str, ...]]
    ) -> Outcome:
        server.requests.clear()
        server.answers = _Always((asked.status, asked.answer))
        space: dict[str, Any] = {"read": lambda kind, value: _read(name, kind, value)}
        try:
            exec(compile(asked.text, "old_program.py", "exec"), space)
            got = plain(space["call"](client), attributes)
        except Exception as error:
            lines = str(error).splitlines()
            got = f"{type(error).__name__}: {lines[0] if lines else ''}"
        return Outcome(tuple(map(_as_it_matters, server.requests)), got)


@dataclass(frozen=True)
class Outcome:
    """What a call sent, request by request, and what it gave."""

    sent: tuple[tuple[Any, ...], ...]
    got: Any


class _Always(dict[str, tuple[int, Any]]):
    """The same answer to everything."""

    def __init__(self, answer: tuple[int, Any]) -> None:
        super().__init__()
        self.answer = answer

    def get(self, key: str, default: Any = None) -> Any:
        return self.answer


class _Answers:
    """A small valid answer to each operation."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data
        self._values = Values(Schemas(data))

    def of(self, operation: Operation) -> tuple[int, Any]:
        success = operation.success
        if success is None or not success.status.isdigit() or success.status == "204":
            return 204, None
        media = next((m for m in success.content if is_json(m.content_type)), None)
        if media is None:
            return int(success.status), None
        answers = find(self._data, operation.key.removeprefix("#")).get("responses", {})
        node = answers.get(success.status, {})
        while "$ref" in node:
            node = find(self._data, node["$ref"][1:])
        try:
            return int(success.status), self._values.example(node["content"][media.content_type].get("schema", {}))
        except (UnboundedError, KeyError):
            return int(success.status), None


class _Text:
    """Writes the text of functions."""

    def __init__(self, api: Api, package: str) -> None:
        self._schemas = api.schemas
        self._package = package
        self._names: set[str] = set()

    def function(self, call: Call) -> str:
        self._names.clear()
        given = [f"{name}={text}" for name, text in self._given(call)]
        body = f"    return client.{call.operation.python_path}({', '.join(given)})"
        imports = [f"    from {self._package}.models import {name}" for name in sorted(self._names)]
        return "\n".join(("def call(client):", *imports, body)) + "\n"

    def _given(self, call: Call) -> Iterator[tuple[str, str]]:
        for argument in call.operation.arguments:
            value = self._value_of(argument, call)
            if value is not ABSENT:
                yield argument.name, self.value(argument.type, value)

    def _value_of(self, argument: Argument, call: Call) -> Any:
        if argument.source == "body":
            return call.body
        if argument.source == "field":
            return call.body.get(argument.wire_name, ABSENT) if isinstance(call.body, dict) else ABSENT
        return call.parameters.get((argument.source, argument.wire_name), ABSENT)

    def value(self, type_: Type, value: Any) -> str:
        """The expression for a value; what a constructor cannot make alone is read from JSON."""
        if isinstance(type_, Nullable):
            return "None" if value is None else self.value(type_.type, value)
        if isinstance(type_, Constant):
            return repr(value)
        if isinstance(type_, Scalar):
            return self._scalar(type_, value)
        if isinstance(type_, Array) and isinstance(value, list):
            return "[" + ", ".join(self.value(type_.items, each) for each in value) + "]"
        if isinstance(type_, Map) and isinstance(value, dict) and type_.keys is None:
            return "{" + ", ".join(f"{key!r}: {self.value(type_.values, v)}" for key, v in value.items()) + "}"
        if isinstance(type_, Ref):
            return self._declared(type_, value)
        return repr(value)

    def _scalar(self, type_: Scalar, value: Any) -> str:
        if type_.kind in _TEXT:
            return repr(value)
        if type_.kind == "binary" and isinstance(value, str):
            return repr(value.encode())
        kind = {
            "date-time": "__import__('datetime').datetime",
            "date": "__import__('datetime').date",
            "time": "__import__('datetime').time",
            "duration": "__import__('datetime').timedelta",
            "uuid": "__import__('uuid').UUID",
            "byte": "bytes",
        }.get(type_.kind)
        return f"read({kind}, {value!r})" if kind else repr(value)

    def _declared(self, type_: Ref, value: Any) -> str:
        schema = self._schemas[type_.key]
        if isinstance(schema, Alias) and not isinstance(schema.type, (Ref, Scalar, Array, Map, Nullable)):
            return self._read(schema.name, value)
        if isinstance(schema, Alias):
            return self.value(schema.type, value)
        if isinstance(schema, Enumeration):
            member = next((m.name for m in schema.members if m.value == value and type(m.value) is type(value)), None)
            if member is None:
                return self._read(schema.name, value)
            self._names.add(schema.name)
            return f"{schema.name}.{member}"
        known = {each.wire_name: each for each in schema.fields}
        by_hand = schema.base or schema.tag_field or schema.additional is not None or schema.discriminator
        if by_hand or not isinstance(value, dict) or not value.keys() <= known.keys():
            return self._read(schema.name, value)
        self._names.add(schema.name)
        fields = (f"{known[wire].name}={self.value(known[wire].type, each)}" for wire, each in value.items())
        return f"{schema.name}({', '.join(fields)})"

    def _read(self, name: str, value: Any) -> str:
        self._names.add(name)
        return f"read({name}, {value!r})"


def _read(package: str, kind: Any, value: Any) -> Any:
    hook = importlib.import_module(f"{package}._runtime.secret").dec_hook
    return msgspec.convert(value, kind, dec_hook=hook)


def _all_fields(schema: Struct, api: Api) -> Iterator[Any]:
    above = api.schemas.get(schema.base or "")
    if isinstance(above, Struct):
        yield from _all_fields(above, api)
    yield from schema.fields


def plain(value: Any, attributes: Mapping[str, tuple[str, ...]]) -> Any:
    """A value as data, of models no more than the `attributes` that their class is known to have."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(plain(key, attributes)): plain(each, attributes) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each, attributes) for each in value]
    names = next((attributes[kind.__name__] for kind in type(value).__mro__ if kind.__name__ in attributes), None)
    if names is not None:
        return {name: plain(getattr(value, name), attributes) for name in names}
    if inspect.isgenerator(value):
        value.close()
        return "a generator"
    return value if isinstance(value, (str, int, float, bytes, bool, type(None))) else type(value).__name__


def _as_it_matters(request: Recorded) -> tuple[Any, ...]:
    """A request without what is of the connection, and what is drawn for each."""
    headers, body = dict(request.headers), request.body
    if found := _BOUNDARY.search(headers.get("content-type", "")):
        headers["content-type"] = headers["content-type"].replace(found[1], "…")
        body = body.replace(found[1].encode(), b"-")
    if is_json(headers.get("content-type", "")) and body:
        body = msgspec.json.decode(body)
    kept = tuple(sorted((name, value) for name, value in headers.items() if name not in _OF_THE_CONNECTION))
    return (request.method, request.target, kept, body)
