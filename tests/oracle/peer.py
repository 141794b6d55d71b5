"""openapi-python-client with its own templates, generated from plain documents and called with JSON values."""

from __future__ import annotations

import datetime as dt
import enum
import importlib
import io
import json
import sys
import types
import typing
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from vcsdk.bundle import View, views
from vcsdk.load.grammar import METHODS
from vcsdk.pipeline import Described

from tests.oracle.calls import ABSENT, Call
from tests.oracle.closure import at, needed


class NotEmittedError(Exception):
    """The tool has left the operation out."""


def plain(described: Described, targets: Collection[tuple[str, str, tuple[tuple[str, str], ...]]]) -> list[Any]:
    """The plain view with these operations only (method, path, constants) and what they need."""
    documents = []
    for document in views(described.document, View.PLAIN):
        paths = {}
        for path, item in document["paths"].items():
            kept = {
                method: item[method]
                for method in METHODS
                if method in item and (method.upper(), path, constants(document, item[method])) in targets
            }
            if kept:
                paths[path] = kept
        if paths:
            documents.append({**document, "paths": paths, "components": needed(document, paths)})
    return documents


def constants(document: dict[str, Any], operation: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The query parameters of an operation that have one possible value."""
    found = []
    for parameter in operation.get("parameters", ()):
        node = at(document, parameter["$ref"]) if "$ref" in parameter else parameter
        values = node["schema"].get("enum", ())
        if node["in"] == "query" and node.get("required") and len(values) == 1:
            found.append((node["name"], values[0]))
    return tuple(found)


class Peer:
    """The tool's clients for some documents, one package each, and its parsed endpoints by method, path, constants."""

    def __init__(self, documents: list[Any], folder: Path) -> None:
        self._endpoints: dict[tuple[Any, ...], tuple[str, Any]] = {}
        for number, document in enumerate(documents):
            package = f"peer_{folder.name.replace('-', '_')}_{number}"
            for endpoint, module in _build(document, folder, package):
                path, method = _path(endpoint), _text(endpoint.method)
                fixed = constants(document, document["paths"][path][method])
                self._endpoints[(method.upper(), path, fixed)] = (module, endpoint)
        self._folder = str(folder)

    @contextmanager
    def importable(self) -> Iterator[None]:
        """The packages can be imported within."""
        sys.path.insert(0, self._folder)
        importlib.invalidate_caches()
        try:
            yield
        finally:
            sys.path.remove(self._folder)

    def call(self, call: Call, base_url: str) -> Any:
        """Send a call.

        Raises:
            NotEmittedError: There is no function for it.
        """
        operation = call.operation
        found = self._endpoints.get((operation.method, operation.path, operation.fixed_query))
        if found is None:
            raise NotEmittedError
        path, endpoint = found
        module = importlib.import_module(path)
        hints = typing.get_type_hints(module._get_kwargs, include_extras=True)
        values = {**call.parameters, **{("query", name): value for name, value in operation.fixed_query}}
        arguments = {}
        for place, parameters in (
            ("path", endpoint.path_parameters),
            ("query", endpoint.query_parameters),
            ("header", endpoint.header_parameters),
        ):
            for parameter in parameters:
                value = values.get((place, _text(parameter.name)), ABSENT)
                if value is not ABSENT:
                    arguments[parameter.python_name] = _convert(value, hints[parameter.python_name])
        if call.body is not ABSENT and "body" in hints:
            arguments["body"] = _convert(call.body, hints["body"])
        return module.sync_detailed(client=self._client(path.partition(".")[0], base_url), **arguments)

    @cache  # noqa: B019  a test's object, and each client of httpx reads the system's certificates
    def _client(self, package: str, base_url: str) -> Any:
        client = importlib.import_module(package).Client(base_url, raise_on_unexpected_status=True)
        return client.set_httpx_client(httpx.Client(base_url=base_url, verify=False))


def _build(document: Any, folder: Path, package: str) -> Iterator[tuple[Any, str]]:
    from openapi_python_client import Project
    from openapi_python_client.config import Config, ConfigFile, MetaType
    from openapi_python_client.parser import GeneratorData
    from openapi_python_client.strings import PythonIdentifier

    settings = ConfigFile(package_name_override=package, post_hooks=[])
    place = folder / package
    config = Config.from_sources(settings, MetaType.NONE, Path("plain.json"), "utf-8", True, place)
    # The tool changes what it is given.
    parsed = GeneratorData.from_dict(json.loads(json.dumps(document)), config=config)
    assert isinstance(parsed, GeneratorData), parsed
    with redirect_stdout(io.StringIO()):
        Project(openapi=parsed, config=config).build()
    for tag, collection in parsed.endpoint_collections_by_tag.items():
        for endpoint in collection.endpoints:
            name = PythonIdentifier(endpoint.name, config.field_prefix)
            yield endpoint, f"{package}.api.{tag}.{name}"


def _path(endpoint: Any) -> str:
    """The path as the document has it; the tool puts its own names into the braces."""
    path = _text(endpoint.path)
    for parameter in endpoint.path_parameters:
        path = path.replace(f"{{{parameter.python_name}}}", f"{{{_text(parameter.name)}}}")
    return path


def _text(untrusted: Any) -> str:
    return untrusted if isinstance(untrusted, str) else untrusted.get_untrusted_value()


def _convert(value: Any, kind: Any) -> Any:
    """A JSON value as the tool's own types want it."""
    origin, members = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        failed: Exception | None = None
        for member in members:
            if getattr(member, "__name__", "") in ("Unset", "NoneType"):
                continue
            try:
                return _convert(value, member)
            except (TypeError, ValueError, KeyError, AttributeError) as error:
                failed = error
        raise failed or ValueError(value)
    if origin is list:
        return [_convert(item, members[0]) for item in value]
    if origin is typing.Literal or not isinstance(kind, type):
        return value
    if issubclass(kind, enum.Enum):
        return kind(value)
    if kind is dt.datetime:
        return dt.datetime.fromisoformat(value)
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    if kind is uuid.UUID:
        return uuid.UUID(value)
    return kind.from_dict(value) if hasattr(kind, "from_dict") else value
