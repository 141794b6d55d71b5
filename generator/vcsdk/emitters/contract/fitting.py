"""Which values a request may have, by the schema itself: what the types of the IR leave open counts here, too."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

import jsonschema_rs
import msgspec

from vcsdk.copied.suite.validating import Leads, Validating
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import UnboundedError, Values
from vcsdk.ir import Json, Media, Operation
from vcsdk.ir.media import is_json
from vcsdk.load import pointer

_SEVERAL = jsonschema_rs.ValidationErrorKind.OneOfMultipleValid


class Fits:
    """Judges values by a schema; `made` is one that the schema itself suggests, where there is one.

    It is called as a function is; without a schema it takes every value.
    """

    def __init__(self, judge: Callable[[Json], bool], make: Callable[[], Json] | None = None) -> None:
        self._judge = judge
        self._make = make

    def __call__(self, value: Json) -> bool:
        """Whether the value fits."""
        return self._judge(value)

    def made(self) -> Iterator[Json]:
        """A value that fits, or none."""
        if self._make is not None:
            with suppress(UnboundedError):
                value = self._make()
                if self(value):
                    yield value


anything = Fits(lambda _: True)
"""Takes every value: of a body without a schema."""


class Fitting:
    """Judges values for the requests of one description, which is the mended document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        schemas = Schemas({**document})
        self._document = schemas.data
        self._leads = Leads(self._document)
        draft4 = str(document.get("openapi", "3.0")).startswith("3.0")
        self._sent, self._answered = (
            Validating(self._document, closed=False, draft4=draft4, request=request) for request in (True, False)
        )
        self._known: dict[bytes, Fits] = {}
        self._parts: dict[str, bytes] = {}
        self._values = Values(schemas, request=True)

    def body(self, operation: Operation, media: Media) -> Fits:
        """What judges a body of this media type."""
        schema = self._schema(operation, media)
        return anything if schema is None or media.envelope else self.schema(schema)

    def is_ambiguous(self, operation: Operation, status: str, values: Iterable[Json]) -> bool:
        """True for a JSON answer whose alternatives (`oneOf`) take the same values, as far as these show.

        None is valid then, whatever a server answers.
        """
        node = self._at(operation.key)
        responses = node.get("responses") if isinstance(node, dict) else None
        response = self._followed(responses.get(status)) if isinstance(responses, dict) else None
        content = response.get("content") if isinstance(response, dict) else None
        for name, media in content.items() if isinstance(content, dict) else ():
            if is_json(name) and isinstance(media, dict) and "schema" in media:
                validator = self._validator(media["schema"], request=False)
                errors = [next(validator.iter_errors(value), None) for value in values] if validator else []
                return bool(errors) and all(e is not None and isinstance(e.kind, _SEVERAL) for e in errors)
        return False

    def _schema(self, operation: Operation, media: Media) -> Any:
        node = self._at(operation.key)  # None for what the profile knows of and the description does not have
        body = self._followed(node.get("requestBody") if isinstance(node, dict) else None)
        content = body.get("content") if isinstance(body, dict) else None
        found = self._followed(content.get(media.content_type)) if isinstance(content, dict) else None
        return found.get("schema") if isinstance(found, dict) else None

    def digest(self, operations: Iterable[Operation]) -> str:
        """Of all that decides which bodies these operations take."""
        found = hashlib.sha256()
        for operation in operations:
            for media in operation.body.content if operation.body is not None else ():
                schema = self._schema(operation, media)
                found.update(msgspec.json.encode(schema))
                names, others = self._leads.of(schema)
                found.update(msgspec.json.encode(others))
                for name in names:
                    found.update(self._part(name))
        return found.hexdigest()

    def _part(self, name: str) -> bytes:
        if name not in self._parts:
            self._parts[name] = msgspec.json.encode((name, self._leads.components[name]))
        return self._parts[name]

    def schema(self, schema: Any) -> Fits:
        """What judges a value by a schema, as one who sends sees it."""
        key = msgspec.json.encode(schema)
        if key not in self._known:
            self._known[key] = self._judge(schema)
        return self._known[key]

    def _judge(self, schema: Any) -> Fits:
        validator = self._validator(schema, request=True)
        # What no validator reads, or judges in bounded time, judges nothing.
        return anything if validator is None else Fits(validator.is_valid, partial(self._values.smallest, schema))

    def _validator(self, schema: Any, *, request: bool) -> jsonschema_rs.Validator | None:
        try:
            return (self._sent if request else self._answered).validator(schema)
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError):
            return None

    def _at(self, reference: str) -> Any:
        try:
            return pointer.find(self._document, pointer.from_fragment(reference.removeprefix("#")))
        except KeyError:
            return None

    def _followed(self, node: Any) -> Any:
        for _ in range(32):
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
                return node
            node = self._at(node["$ref"])
        return None
