"""Finds what openapi-python-client left out, by looking for each declared thing in the files it wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vcsdk.emitters.file import File
from vcsdk.flavors.document import Named
from vcsdk.flavors.result import Dropped
from vcsdk.ir import Alias, Operation, Parameter
from vcsdk.load.pointer import escape
from vcsdk.pipeline import Described

if TYPE_CHECKING:
    from openapi_python_client.config import Config
    from openapi_python_client.parser import GeneratorData
    from openapi_python_client.parser.errors import ParseError
    from openapi_python_client.parser.openapi import Endpoint

_SCHEMA = re.compile(r"/components/schemas/([^\s/]+)")
_CLASS = re.compile(r"^class (\w+)\b", re.MULTILINE)
_ANSWER = re.compile(r"^    if (\d+) <= response\.status_code <= (\d+):", re.MULTILINE)
_OBJECT = re.compile(r"<[\w.]+ object at 0x[0-9a-f]+>")
_COMPOSED = frozenset(("$ref", "allOf", "anyOf", "nullable", "oneOf"))
_UNEXPLAINED = "the tool does not say why"


class Output:
    """The text of the modules that the tool wrote, below the package's folder."""

    def __init__(self, files: Sequence[File], config: Config) -> None:
        root = f"{config.package_name_override}/"
        self._prefix = config.field_prefix
        self._texts = {str(f.path).removeprefix(root): f.content for f in files if f.kind == "python"}
        models = (text for path, text in self._texts.items() if path.startswith("models/"))
        self.classes = frozenset(name for text in models for name in _CLASS.findall(text))

    def text(self, module: str) -> str:
        """The text of a module (`api/session/get.py`), "" where there is none."""
        return self._texts.get(module, "")

    def module(self, endpoint: Endpoint) -> str:
        """The module of an operation."""
        from openapi_python_client.strings import PythonIdentifier

        return f"api/{endpoint.tags[0]}/{PythonIdentifier(endpoint.name, self._prefix)}.py"

    def class_name(self, name: str) -> str:
        """What the tool calls a class that the document calls `name`."""
        from openapi_python_client.strings import ClassName

        return ClassName(name, self._prefix)


@dataclass(frozen=True, slots=True)
class _Pair:
    """An operation, what the tool made of it (None: nothing), and the reasons it gave on the way."""

    operation: Operation
    endpoint: Endpoint | None
    reason: str

    def dropped(self, kind: str, what: str, *tokens: str) -> Dropped:
        pointer = self.operation.key.removeprefix("#") + "".join(f"/{escape(token)}" for token in tokens)
        line = self.operation.request_line
        return Dropped(kind, f"{what} of {line}" if what else line, pointer, self.reason)


def losses(described: Described, named: Named, parsed: GeneratorData, output: Output) -> Iterator[Dropped]:
    """Everything declared that is not in the output, operations first.

    Args:
        described: The description.
        named: The document the tool was given, one path an operation in the order of `described.api.operations`.
        parsed: What the tool understood.
        output: What it wrote.
    """
    seen: set[str] = set()
    for pair in _pairs(described, named, parsed):
        module = output.module(pair.endpoint) if pair.endpoint is not None else ""
        text = output.text(module)
        # Of two operations that share a module the first is overwritten.
        if pair.endpoint is None or module in seen or "def _get_kwargs(" not in text:
            yield pair.dropped("operation", "")
            continue
        seen.add(module)
        yield from _missing_parameters(pair, pair.endpoint)
        yield from _missing_bodies(pair, pair.endpoint)
        yield from _missing_answers(pair, pair.endpoint, text)
    yield from _missing_schemas(described, named, parsed, output)


def _pairs(described: Described, named: Named, parsed: GeneratorData) -> Iterator[_Pair]:
    collections = parsed.endpoint_collections_by_tag.values()
    # The tool writes our names of path parameters over the templates, and those are what we have put there.
    endpoints = {(e.method, e.path.get_untrusted_value()): e for c in collections for e in c.endpoints}
    reasons: dict[str, list[str]] = {}
    for error in (error for collection in collections for error in collection.parse_errors):
        reasons.setdefault(error.header.removeprefix("WARNING parsing ").partition(" within ")[0], []).append(
            _reason(error)
        )
    for key, operation in zip(named.data["paths"], described.api.operations, strict=True):
        given = reasons.get(f"{operation.method} {key}", [])
        endpoint = endpoints.get((operation.method.lower(), key)) or _renamed(endpoints, operation, key)
        yield _Pair(operation, endpoint, "; ".join(dict.fromkeys(given)) or _UNEXPLAINED)


def _renamed(endpoints: Mapping[tuple[str, str], Endpoint], operation: Operation, key: str) -> Endpoint | None:
    """The endpoint of an operation whose path parameters the tool calls otherwise: the end of the key tells it."""
    end = key[key.index("?") :]
    found = (e for (method, path), e in endpoints.items() if method == operation.method.lower() and path.endswith(end))
    return next(found, None)


def _missing_parameters(pair: _Pair, endpoint: Endpoint) -> Iterator[Dropped]:
    known = {(place.value, _text(parameter.name)) for place, parameter in endpoint.iter_all_parameters()}
    for parameter in pair.operation.parameters:
        if (parameter.location.value, _wire_name(parameter)) not in known:
            yield pair.dropped("parameter", f"`{parameter.wire_name}`")


def _wire_name(parameter: Parameter) -> str:
    return parameter.name if parameter.location.value == "path" else parameter.wire_name


def _text(name: Any) -> str:
    return name if isinstance(name, str) else str(name.get_untrusted_value())


def _missing_bodies(pair: _Pair, endpoint: Endpoint) -> Iterator[Dropped]:
    sent = {_text(body.content_type) for body in endpoint.bodies}
    for media in pair.operation.body.content if pair.operation.body is not None else ():
        if media.content_type.partition(";")[0].strip() not in sent:
            yield pair.dropped("body", media.content_type, "requestBody")


def _missing_answers(pair: _Pair, endpoint: Endpoint, text: str) -> Iterator[Dropped]:
    known = set(_ANSWER.findall(text))
    for response in pair.operation.responses:
        status = response.status
        first, last = status.replace("X", "0"), status.replace("X", "9")
        if (endpoint.responses.default is None) if status == "default" else (first, last) not in known:
            yield pair.dropped("answer", status, "responses", status)


def _missing_schemas(described: Described, named: Named, parsed: GeneratorData, output: Output) -> Iterator[Dropped]:
    reasons = {name: _reason(e) for e in parsed.errors for name in _SCHEMA.findall(f"{e.header} {e.detail}")}
    schemas = named.data["components"]["schemas"]
    for key in described.document.data.get("components", {}).get("schemas", {}):
        pointer = f"/components/schemas/{escape(key)}"
        name = named.names[pointer]
        # The tool writes the type of an alias or a union out where it is used: there is no class to look for.
        if name in reasons:
            yield Dropped("schema", f"`{key}`", pointer, reasons[name])
            continue
        written_out = isinstance(described.api.schemas[f"#{pointer}"], Alias) or not _COMPOSED.isdisjoint(schemas[name])
        if not written_out and output.class_name(name) not in output.classes:
            yield Dropped("schema", f"`{key}`", pointer, _UNEXPLAINED)


def _reason(error: ParseError) -> str:
    """What the tool says, without the addresses of its objects, which differ from run to run."""
    return " ".join(_OBJECT.sub("…", error.detail or error.header).split())
