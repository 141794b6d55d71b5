"""The bundled description: which answers are documented, and whether a body fits."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jsonschema_rs

from . import unwritable
from .answers import Answer
from .coverage import answer_key
from .kinds import with_kinds
from .operations import Operation
from .refusals import is_of_what_is_asked
from .schemas import carries, node_at, without
from .validating import Validating

_NAMING_KEYWORDS = frozenset({"required", "additionalProperties", "unevaluatedProperties"})
_LONGEST_NAME = 120
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Departure:
    """Where a value departs from a schema.

    `path` is a JSON path with `[*]` for every position in an array; `observed` the broken keyword with the shape of
    what stood there ("type: null"), free of values; `keyword` is that alone.
    """

    path: str
    message: str
    observed: str
    keyword: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class Description:
    """An OpenAPI 3 document that is read when it is first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._validators: dict[tuple[str, bool, bool], jsonschema_rs.Validator | None] = {}
        self._views: dict[tuple[bool, bool], Validating] = {}

    @cached_property
    def document(self) -> dict[str, Any]:
        """The parsed document; shared, not to be changed."""
        document: dict[str, Any] = with_kinds(json.loads(self.path.read_text(encoding="utf-8")))
        return document

    @property
    def name(self) -> str:
        """What the API calls itself, with its version, in a line."""
        info = self.document.get("info")
        told = (info.get("title"), info.get("version")) if isinstance(info, dict) else ()
        return " ".join(" ".join(str(word) for word in told if word is not None).split())[:_LONGEST_NAME]

    def at(self, pointer: str) -> Any:
        """The node at a JSON pointer such as `#/components/schemas/X`, references followed.

        Raises:
            KeyError: There is no such node.
        """
        node = node_at(self.document, pointer)
        while isinstance(node, dict) and isinstance(node.get("$ref"), str) and "/schemas/" not in node["$ref"]:
            node = self.at(node["$ref"])
        return node

    def response(self, operation: Operation, status: int) -> dict[str, Any] | None:
        """The documented answer with this status: exact, then the range `4XX`, then `default`.

        `default` is what an error is like; where no success is documented, what every answer is like.
        """
        responses = self.at(operation.pointer).get("responses", {})
        key = answer_key(responses, status)
        if not key:
            return None
        response: dict[str, Any] = responses[key]
        return self.at(response["$ref"]) if "$ref" in response else response

    def statuses(self, operation: Operation) -> tuple[str, ...]:
        """The documented statuses as the description writes them: `("202", "403", "default")`.

        Those that an overlay of known gaps added (`x-known-gap`) are not among them.
        """
        responses = self.at(operation.pointer).get("responses", {})
        documented = {str(key): response for key, response in responses.items() if not str(key).startswith("x-")}
        return tuple(key for key, response in documented.items() if not response.get("x-known-gap"))

    def refuses(self, answer: Answer) -> bool:
        """Whether an answer is a documented refusal of a request that may fit its schemas all the same."""
        operation = answer.operation
        if operation is None or not is_of_what_is_asked(answer.status, free=not operation.secured):
            return False
        return self.response(operation, answer.status) is not None

    def media(self, operation: Operation | None, answer: Answer) -> dict[str, Any] | None:
        """The documented Media Type Object that the answer's content type belongs to, or None."""
        response = self.response(operation, answer.status) if operation is not None else None
        content: dict[str, dict[str, Any]] = (response or {}).get("content", {})
        by_type = {declared.partition(";")[0].strip().lower(): media for declared, media in content.items()}
        ranges = (answer.content_type.partition("/")[0] + "/*", "*/*") if answer.content_type else ()
        return next((by_type[name] for name in (answer.content_type, *ranges) if name in by_type), None)

    def properties(self, schema: dict[str, Any]) -> set[str]:
        """The names of a schema's properties, those of what it is composed of included."""
        if "$ref" in schema:
            return self.properties(self.at(schema["$ref"]))
        names = set(schema.get("properties", {}))
        for part in (*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
            names |= self.properties(part)
        return names

    def is_request(self, operation: Operation, media_type: str, body: Any) -> bool:
        """True for a body that its schema takes from one who sends it, or of which the description says nothing."""
        schema = self._sent(operation, media_type)
        return schema is None or not self.departures(schema, body, request=True)

    def as_request(self, operation: Operation, media_type: str, body: Any) -> Any:
        """A body less what only answers have."""
        return without(body, self._sent(operation, media_type), "readOnly", self.followed)

    def request_types(self, operation: Operation) -> dict[str, bool]:
        """The media types that a request's body may have, in lower case, each with whether there must be a body."""
        described = self.followed(self.at(operation.pointer).get("requestBody"))
        content = described.get("content", {}) if isinstance(described, dict) else {}
        return {name.partition(";")[0].strip().lower(): bool(described.get("required")) for name in content}

    def _sent(self, operation: Operation, media_type: str) -> Any:
        described = self.followed(self.at(operation.pointer).get("requestBody"))
        media = described.get("content", {}).get(media_type) if isinstance(described, dict) else None
        return media.get("schema") if isinstance(media, dict) else None

    def has_read_only(self, operation: Operation, body: Any) -> bool:
        """True if a JSON body carries a property that only answers have."""
        described = self.followed(self.at(operation.pointer).get("requestBody"))
        content = described.get("content", {}) if isinstance(described, dict) else {}
        return any(carries(body, media.get("schema"), "readOnly", self.followed) for media in content.values())

    def lists(self, operation: Operation) -> frozenset[str]:
        """The names of an operation's parameters that are lists or objects."""
        found = ((each["name"], self.followed(each.get("schema", {}))) for each in self._parameters(operation))
        return frozenset(name for name, schema in found if isinstance(schema, dict) and _is_compound(schema))

    def takes(self, operation: Operation, name: str, text: str) -> bool:
        """True for a text that may stand in the path for a parameter, by its schema."""
        declared = (each for each in self._parameters(operation) if (each.get("in"), each["name"]) == ("path", name))
        schema = next((each["schema"] for each in declared if isinstance(each.get("schema"), dict)), None)
        if schema is None:
            return True
        # No draft that 3.0 goes by knows this format.
        if self.followed(schema).get("format") == "uuid" and _UUID.fullmatch(text) is None:
            return False
        values: list[Any] = [text]
        with contextlib.suppress(ValueError):
            values.append(json.loads(text))
        return any(not self.departures(schema, value) for value in values)

    def is_unwritable(self, operation: Operation, case: Any, *, malformed: bool) -> bool:
        """Whether no bytes say what a generated request is to say."""
        objects = frozenset[str]() if malformed else self._needed_objects(operation)
        return unwritable.is_unwritable(case, self.lists(operation), objects)

    def _needed_objects(self, operation: Operation) -> frozenset[str]:
        """The names of objects that have to be in the query by their members (`filter[name]`)."""
        found = (each for each in self._parameters(operation) if each.get("required") and each.get("in") == "query")
        return frozenset(each["name"] for each in found if each.get("style") == "deepObject")

    def _parameters(self, operation: Operation) -> list[dict[str, Any]]:
        written = [
            each
            for node in (self.at(operation.item_pointer), self.at(operation.pointer))
            for each in node.get("parameters", ())
        ]
        return [self.at(each["$ref"]) if "$ref" in each else each for each in written]

    def followed(self, node: Any) -> Any:
        """What a reference leads to; any other node itself."""
        return self.at(node["$ref"]) if isinstance(node, dict) and isinstance(node.get("$ref"), str) else node

    def departures(
        self, schema: dict[str, Any], value: Any, *, closed: bool = False, request: bool = False
    ) -> list[Departure]:
        """Where the value, of an answer or of a request, departs from the schema; empty where it fits.

        Nothing departs from a schema by which one value would be judged more than `effort.MOST` times.
        """
        validator = self._validator(schema, closed, request)
        return [_departure(error) for error in validator.iter_errors(value)] if validator is not None else []

    def _validator(self, schema: dict[str, Any], closed: bool, request: bool) -> jsonschema_rs.Validator | None:
        key = (json.dumps(schema, sort_keys=True), closed, request)
        if key not in self._validators:
            self._validators[key] = self._view(closed, request).validator(schema)
        return self._validators[key]

    def _view(self, closed: bool, request: bool) -> Validating:
        if (closed, request) not in self._views:
            draft4 = str(self.document.get("openapi", "3.0")).startswith("3.0")
            self._views[closed, request] = Validating(self.document, closed=closed, draft4=draft4, request=request)
        return self._views[closed, request]


def _is_compound(schema: dict[str, Any]) -> bool:
    kind = schema.get("type")
    return not {"array", "object"}.isdisjoint(kind if isinstance(kind, list) else [kind]) or "items" in schema


def _departure(error: jsonschema_rs.ValidationError) -> Departure:
    path = "$" + "".join("[*]" if isinstance(step, int) else f".{step}" for step in error.instance_path)
    keyword = str(error.schema_path[-1]) if error.schema_path else ""
    observed = f"{keyword}: {error.message if keyword in _NAMING_KEYWORDS else _shape(error.instance)}"
    return Departure(path, error.message, observed, keyword)


def _shape(value: Any) -> str:
    names = {bool: "boolean", int: "integer", float: "number", str: "text", list: "array", dict: "object"}
    return "null" if value is None else names.get(type(value), type(value).__name__)
