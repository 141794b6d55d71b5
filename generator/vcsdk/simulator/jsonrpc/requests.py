"""An invocation as the request of REST that means the same."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import Values
from vcsdk.ir import In, Operation, Parameter, SecurityScheme
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.jsonrpc.names import fold
from vcsdk.simulator.jsonrpc.values import as_described
from vcsdk.simulator.messages import Message
from vcsdk.simulator.parameters import SEPARATORS
from vcsdk.simulator.routing import Target
from vcsdk.simulator.validation import Requests, unknown_fields

_SESSION = "com.vmware.vapi.std.security.session_id"
_PASSWORD = "com.vmware.vapi.std.security.user_pass"


class Translation:
    """Turns the arguments of invocations into requests of one description, which judges their values."""

    def __init__(
        self, prefix: str, schemas: Schemas, requests: Requests, security: Mapping[str, SecurityScheme]
    ) -> None:
        self._prefix = prefix.rstrip("/")
        self._schemas = schemas
        self._requests = requests
        self._values = Values(schemas)
        self._headers = [scheme.wire_name.lower() for scheme in security.values() if scheme.kind == "header"]

    def request(self, operation: Operation, given: Mapping[str, Any]) -> tuple[Target, dict[str, str], bytes]:
        """The target, the headers that are parameters, and the body, of an invocation with these arguments.

        Raises:
            Refusal: 400 UNEXPECTED_INPUT for an argument that no part of a request is for.
        """
        required, schema = self._body_of(operation)
        left = dict(given)
        path, query = operation.path, [*operation.fixed_query]
        headers = {name.lower(): value for name, value in operation.fixed_headers}
        for parameter, value in self._arguments(operation, left, schema):
            if parameter.location is In.PATH:
                path = path.replace(f"{{{parameter.wire_name}}}", quote(_text(value), safe="", errors="replace"))
            elif parameter.location is In.QUERY:
                query += _pairs(parameter, value)
            elif parameter.location is In.HEADER:
                headers[parameter.wire_name.lower()] = _text(value)
        if schema is None and left:
            raise Refusal("UNEXPECTED_INPUT", Message("api.unknown-field", (next(iter(left)),)))
        body = json.dumps(self._body(schema, left)).encode() if left or required else b""
        return Target(operation.method, self._prefix + path, tuple(query)), headers, body

    def _body_of(self, operation: Operation) -> tuple[bool, Any]:
        """Whether there must be a body, and its schema; None where there can be none."""
        required, content = self._requests.media(operation)
        return required, next(iter(content.values())).get("schema", {}) if content else None

    def _body(self, schema: Any, left: dict[str, Any]) -> Any:
        """What is left as the members of the body, or the only argument as the whole of it."""
        flatten = self._values.flatten
        if len(left) != 1:
            return as_described(left, schema, flatten)
        ((name, whole),) = left.items()
        known = name in flatten(schema).get("properties", {})
        left, whole = (as_described(value, schema, flatten) for value in (left, whole))
        return left if known and (self._fits(schema, left) or not self._fits(schema, whole)) else whole

    def _fits(self, schema: Any, value: Any) -> bool:
        unknown = next(unknown_fields(self._schemas, schema, value), None)
        return unknown is None and self._schemas.accepts(schema, value)

    def _arguments(self, operation: Operation, left: dict[str, Any], body: Any) -> list[tuple[Parameter, Any]]:
        """The parameters with their arguments, taken out of `left`: by name, then by where they can only be."""
        found, missing, spread = [], [], set()
        for parameter in operation.parameters:
            name = next((name for name in left if fold(name) == fold(parameter.wire_name)), None)
            if name is not None:
                found.append((parameter, left.pop(name)))
            elif parameter.location is In.QUERY and (holder := _holder(left, parameter)) is not None:
                spread.add(holder)
                found.append((parameter, left[holder].pop(parameter.wire_name.removeprefix(f"{holder}."))))
            elif parameter.required:
                missing.append(parameter)
        # A structure of which nothing is set, or nothing is left, says nothing in a query.
        for name in [name for name, value in left.items() if value == {} and (name in spread or body is None)]:
            del left[name]
        members = self._values.flatten(body).get("properties", {}) if body is not None else {}
        for parameter in missing:
            # A variable may be called otherwise than its argument: `{item}` and `library_item`.
            free = (name for name, value in left.items() if isinstance(value, str) and name not in members)
            if (name := next(free, None)) is not None:
                found.append((parameter, left.pop(name)))
            elif parameter.location is In.PATH:
                found.append((parameter, ""))
        return found

    def credentials(self, context: Mapping[str, Any]) -> dict[str, str]:
        """The headers that say what a security context says; none for a scheme that REST does not know."""
        scheme = context.get("schemeId")
        if scheme == _SESSION and isinstance(token := context.get("sessionId"), str):
            return dict.fromkeys(self._headers, token)
        if scheme == _PASSWORD:
            login = f"{context.get('userName', '')}:{context.get('password', '')}"
            return {"authorization": "Basic " + base64.b64encode(login.encode("utf-8", "replace")).decode()}
        return {}


def _holder(left: Mapping[str, Any], parameter: Parameter) -> str | None:
    """The argument that has a parameter as a field: structures are spread over a query."""
    for name, value in left.items():
        if isinstance(value, dict) and parameter.wire_name.removeprefix(f"{name}.") in value:
            return name
    return None


def _pairs(parameter: Parameter, value: Any) -> list[tuple[str, str]]:
    """A parameter of the query as it stands there (OpenAPI 3.0.3, "Style Values")."""
    name = parameter.wire_name
    if isinstance(value, dict):
        form = "{}[{}]" if parameter.style == "deepObject" else "{1}"
        return [(form.format(name, key), _text(member)) for key, member in value.items()]
    if not isinstance(value, list):
        return [(name, _text(value))]
    if parameter.explode:
        return [(name, _text(item)) for item in value]
    return [(name, SEPARATORS.get(parameter.style, ",").join(map(_text, value)))]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
