"""The bundled description: which answers are documented, and whether a body fits."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from .operations import Operation
from .schemas import with_components


class Description:
    """An OpenAPI 3 document that is read when it is first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._validators: dict[tuple[str, bool], jsonschema_rs.Validator] = {}

    @cached_property
    def document(self) -> dict[str, Any]:
        """The parsed document; shared, not to be changed."""
        document: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return document

    def at(self, pointer: str) -> Any:
        """The node at a JSON pointer such as `#/components/schemas/X`, references followed.

        Raises:
            KeyError: There is no such node.
        """
        node: Any = self.document
        for step in pointer.removeprefix("#").split("/")[1:]:
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            node = node[int(name)] if isinstance(node, list) else node[name]
        while isinstance(node, dict) and isinstance(node.get("$ref"), str) and "/schemas/" not in node["$ref"]:
            node = self.at(node["$ref"])
        return node

    def response(self, operation: Operation, status: int) -> dict[str, Any] | None:
        """The documented answer with this status: exact, then the range `4XX`, then `default` for an error."""
        responses = self.at(operation.pointer).get("responses", {})
        keys = [str(status), f"{status // 100}XX", f"{status // 100}xx"]
        if status >= 400:
            keys.append("default")
        key = next((key for key in keys if key in responses), None)
        if key is None:
            return None
        response: dict[str, Any] = responses[key]
        return self.at(response["$ref"]) if "$ref" in response else response

    def statuses(self, operation: Operation) -> tuple[str, ...]:
        """The documented statuses as the description writes them: `("202", "403", "default")`."""
        return tuple(str(key) for key in self.at(operation.pointer).get("responses", {}))

    def departures(self, schema: dict[str, Any], value: Any, *, closed: bool = False) -> list[str]:
        """Where the value departs from the schema, as `path: message`; empty where it fits."""
        errors = self._validator(schema, closed).iter_errors(value)
        return [f"${''.join(f'[{s!r}]' for s in error.instance_path)}: {error.message}" for error in errors]

    def _validator(self, schema: dict[str, Any], closed: bool) -> jsonschema_rs.Validator:
        key = (json.dumps(schema, sort_keys=True), closed)
        if key not in self._validators:
            draft4 = str(self.document.get("openapi", "3.0")).startswith("3.0")
            components = self.document.get("components", {}).get("schemas", {})
            whole = with_components(schema, components, closed=closed, draft4=draft4)
            make = jsonschema_rs.Draft4Validator if draft4 else jsonschema_rs.Draft202012Validator
            self._validators[key] = make(whole, validate_formats=True)
        return self._validators[key]
