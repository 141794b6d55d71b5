"""Answers that the description allows: a success for any operation, state in the shape of a schema, errors."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import UnboundedError, Values
from vcsdk.ir import Api, Operation
from vcsdk.ir.media import is_json
from vcsdk.load.collection_format import inner_styles, style_of
from vcsdk.load.extensions import entries
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.nested_lists import header_text
from vcsdk.simulator.streams import stream_body
from vcsdk.simulator.validation import unknown_fields

_JSON = "application/json"
_USUAL = {"*": _JSON, "application": _JSON, "text": "text/plain", "image": "image/png"}
_DEEPEST = 32
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


class Answers:
    """Makes replies for the operations of one description."""

    def __init__(self, api: Api, schemas: Schemas, seed: int = 0) -> None:
        self._api = api
        self._schemas = schemas
        self._values = Values(schemas, seed)
        # Generated bodies by the identity of their Media Type Object, which the document keeps alive.
        self._made: dict[int, Any] = {}

    def success(self, operation: Operation, state: Any = ..., *, status: int | None = None) -> Reply:
        """The documented success.  `state` is the value to answer, reshaped to the schema; `...` generates one."""
        key, response = self._documented_success(operation, status)
        code = status or _code_of(key, 200)
        headers = self._headers(response, everything=300 <= code < 400)
        if code in _REDIRECTS and not any(name.lower() == "location" for name in headers):
            headers["Location"] = "/"
        content = response.get("content") or {}
        media_type = _choose(content)
        if media_type is None or code in (204, 304):
            return Reply(code, headers=headers)
        media = content[media_type]
        wire_type = _concrete(media_type)
        if not _is_json(media_type):
            body = stream_body(media_type, media, self._schemas.data, self._values.example)
            return Reply(code, self._bytes(media) if body is None else body, wire_type, headers, json=False)
        if state is ...:
            if id(media) not in self._made:
                self._made[id(media)] = self._generated(media)
            return Reply(code, self._made[id(media)], wire_type, headers)
        return Reply(code, self.conform(state, media.get("schema", {})), wire_type, headers)

    def error(self, refusal: Refusal, operation: Operation | None, language: str) -> Reply:
        """The error answer: a vAPI error if the documented schema takes one, else what that schema asks for."""
        status = self._refused_with(refusal.status, operation)
        response = self._documented(operation, status)
        content = response.get("content") or {}
        media_type = _choose(content)
        media = content.get(media_type, {}) if media_type is not None and _is_json(media_type) else {}
        body: Any = refusal.as_vapi(language) if self._api.profile == "vapi" else refusal.as_plain(language, status)
        if (schema := media.get("schema")) is not None:
            body = self._error_body(refusal, schema, language, status)
        elif self._api.profile == "vapi":
            # Nothing documents a challenge here; the header WWW-Authenticate carries it.
            body.pop("challenge", None)
        headers = {**self._headers(response), **refusal.headers}
        if media_type is None or _is_json(media_type):
            return Reply(status, body, _concrete(media_type or _JSON), headers)
        # Documented in a form that is no JSON: what it says is the sentence alone.
        said = refusal.as_plain(language, status)["title"].encode()
        return Reply(status, said, _concrete(media_type), headers, json=False)

    def _refused_with(self, status: int, operation: Operation | None) -> int:
        """The status of a refusal: 422 in place of 400 where an operation documents that for what does not fit."""
        if status != HTTPStatus.BAD_REQUEST or operation is None or self._api.profile == "vapi":
            return status
        unfit = str(int(HTTPStatus.UNPROCESSABLE_ENTITY))
        documented = self._responses(operation)
        return int(unfit) if unfit in documented and not self._documented(operation, status) else status

    def _error_body(self, refusal: Refusal, schema: Any, language: str, status: int) -> Any:
        flat = self._values.flatten(schema)
        known = flat.get("properties", {})
        family = refusal.as_vapi(language)
        # An enumeration that lacks the type of the refusal has none for it: the type may be left out.
        untyped = {name: value for name, value in family.items() if name != "error_type"}
        for body in (family, {"type": _vapi_type(refusal.error_type), "value": family}, untyped):
            pruned = self._prune(body, schema)
            if known and isinstance(pruned, dict) and pruned and self._schemas.accepts(schema, pruned):
                if "messages" in body and "messages" not in pruned:
                    continue
                return pruned
        try:
            return self._values.example(schema)
        except UnboundedError:
            return refusal.as_plain(language, status)

    def _documented_success(self, operation: Operation, status: int | None = None) -> tuple[str, Mapping[str, Any]]:
        responses = self._responses(operation)
        if str(status) in responses:
            return str(status), responses[str(status)]
        for key in sorted(responses, key=lambda key: (not key.startswith("2"), key.upper() == "2XX", key)):
            if key.startswith(("2", "3")) or key == "default":
                return key, responses[key]
        return "204", {}

    def _documented(self, operation: Operation | None, status: int) -> Mapping[str, Any]:
        if operation is None:
            return {}
        responses = self._responses(operation)
        for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
            if key in responses:
                return responses[key]
        return {}

    def _responses(self, operation: Operation) -> dict[str, Mapping[str, Any]]:
        node = self._schemas.at(operation.key) or {}
        answers = {str(key): value for key, value in entries(node.get("responses"))}
        resolved = {key: self._schemas.referred(value) for key, value in answers.items()}
        return {key: value for key, value in resolved.items() if isinstance(value, dict)}

    def schema(self, operation: Operation, status: int) -> Any:
        """The schema of the JSON that is documented for this status of a success, {} where there is none."""
        response = self._documented(operation, status) or self._documented_success(operation)[1]
        content = response.get("content") or {}
        media_type = _choose(content)
        return content[media_type].get("schema", {}) if media_type is not None else {}

    def success_schema(self, operation: Operation) -> Any:
        """The flattened schema of the JSON success, or {} where there is none."""
        return self._values.flatten(self.json_schema(operation) or {})

    def json_schema(self, operation: Operation) -> Any:
        """The schema of the JSON success; None where there is none."""
        content = self._documented_success(operation)[1].get("content") or {}
        media_type = _choose(content)
        return content[media_type].get("schema") if media_type is not None and _is_json(media_type) else None

    def location(self, operation: Operation, path: str, host: str) -> str:
        """Where something new is: its path, or its whole address where the header's schema wants one (`uri`)."""
        declared = self._documented_success(operation)[1].get("headers") or {}
        header = self._schemas.referred(next((h for name, h in declared.items() if name.lower() == "location"), {}))
        fits = not host or self._schemas.accepts(header.get("schema", {}), path)
        return path if fits else f"http://{host}{path}"

    def _headers(self, response: Mapping[str, Any], *, everything: bool = False) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, entry in (response.get("headers") or {}).items():
            header = self._schemas.referred(entry)
            if isinstance(header, dict) and (everything or header.get("required")) and name.lower() != "content-type":
                value = self._values.example(header.get("schema", {}), header.get("example"))
                styles = (style_of(header, "simple"), *inner_styles(header.get("schema", {})))
                found[name] = header_text(value, styles, explode=header.get("explode") is True)
        return found

    def _generated(self, media: Mapping[str, Any]) -> Any:
        example = media.get("example")
        if example is None and isinstance(examples := media.get("examples"), dict) and examples:
            first = self._schemas.referred(next(iter(examples.values())))
            example = first.get("value") if isinstance(first, dict) else None
        schema = media.get("schema")
        if schema is None:
            return {} if example is None else example
        if any(unknown_fields(self._schemas, schema, example)):
            # It fits, for the schema is open, and yet is one of another schema.
            return self._values.example(schema)
        return self._values.example(schema, example)

    def _bytes(self, media: Mapping[str, Any]) -> bytes:
        example = media.get("example")
        return example.encode() if isinstance(example, str) else b"example"

    def conform(self, value: Any, schema: Any) -> Any:
        """The value in the shape of the schema: what it does not have or refuses left out, what is missing filled in.

        The older REST form wraps every value as `{"value": …}` (vCenter 7.0.3, `*_resp` schemas).
        """
        flat = self._values.flatten(schema)
        if list(flat.get("properties", {})) == ["value"] and not (isinstance(value, dict) and "value" in value):
            return {"value": self.conform(value, flat["properties"]["value"])}
        pruned = self._complete(self._prune(value, schema), schema)
        return pruned if self._schemas.accepts(schema, pruned) else self._values.example(schema)

    def _prune(self, value: Any, schema: Any, depth: int = 0) -> Any:
        flat = self._values.flatten(schema)
        if depth > _DEEPEST:
            return value
        if isinstance(value, list):
            return [self._prune(item, flat.get("items", {}), depth + 1) for item in value]
        known = flat.get("properties")
        if not isinstance(value, dict) or not known:
            return value
        shown = {name for name, member in known.items() if not self._values.is_hidden(member)}
        return {name: self._prune(value[name], known[name], depth + 1) for name in value if name in shown}

    def _complete(self, value: Any, schema: Any, depth: int = 0) -> Any:
        flat = self._values.flatten(schema)
        if not isinstance(value, dict) or depth > _DEEPEST or not flat.get("properties"):
            return value
        done: dict[str, Any] = {}
        for name, member in value.items():
            completed = self._complete(member, flat["properties"][name], depth + 1)
            # A member whose form is another one in this description is no reason to lose the others.
            if self._schemas.accepts(flat["properties"][name], completed):
                done[name] = completed
        for name in flat.get("required", ()):
            known = flat["properties"].get(name)
            if name not in done and known is not None and not self._values.is_hidden(known):
                done[name] = self._values.example(flat["properties"][name])
        return done


def _vapi_type(error_type: str | None) -> str:
    return f"com.vmware.vapi.std.errors.{(error_type or 'ERROR').lower()}"


def _is_json(media_type: str) -> bool:
    essence = media_type.partition(";")[0].strip().lower()
    return essence in ("*/*", "application/*") or is_json(essence)


def _concrete(media_type: str) -> str:
    """A media type of a range: `text/*` is `text/plain`."""
    kind, _, name = media_type.partition("/")
    if not name.startswith("*"):
        return media_type
    return _USUAL.get(kind, f"{kind}/octet-stream")


def _choose(content: Mapping[str, Any]) -> str | None:
    return next((media for media in content if _is_json(media)), next(iter(content), None))


def _code_of(key: str, otherwise: int) -> int:
    if key.isdigit():
        return int(key)
    return int(key[0]) * 100 if key[:1].isdigit() else otherwise
