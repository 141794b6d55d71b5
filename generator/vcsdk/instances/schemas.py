"""The schemas of a description at run time: following references and judging values."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from vcsdk.copied.suite.effort import MOST, Effort
from vcsdk.copied.suite.kinds import with_kinds
from vcsdk.instances.dialect import DESCRIPTION_URI, as_json_schema, convert_document
from vcsdk.instances.families import Kinds, kinds_in
from vcsdk.instances.hidden import as_seen, hides_properties

_KEPT_VALIDATORS = 4096
_HALVES = re.compile("[\ud800-\udfff]")


class Schemas:
    """Looks up and validates against the schemas of a normalised document (`Document.data`).

    `unusable` collects why a schema could not be compiled (an impossible regular expression, say); values are not
    judged against such a schema.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self.data: dict[str, Any] = with_kinds(data)
        self.openapi_30 = str(data.get("openapi", "")).startswith("3.0")
        self.unusable: list[str] = []
        self._registries: dict[bool, tuple[jsonschema_rs.Registry, Effort]] = {}
        # The schema is kept beside its validator so that its id stays its own.
        self._validators: dict[tuple[int, bool], tuple[Any, jsonschema_rs.Validator | None]] = {}

    @cached_property
    def kinds(self) -> Kinds:
        """What tells the members of unions apart."""
        return kinds_in(self.data)

    @cached_property
    def _hides(self) -> bool:
        return hides_properties(self.data)

    def at(self, pointer: str) -> Any:
        """The node at a local reference or JSON pointer (`#/components/schemas/X`); None where there is none."""
        node: Any = self.data
        for token in pointer.removeprefix("#").split("/")[1:]:
            key = token.replace("~1", "/").replace("~0", "~")
            if isinstance(node, dict) and key not in node:
                # A reference is a URI, so its fragment may be percent-encoded; the IR's pointers are not.
                key = unquote(token).replace("~1", "/").replace("~0", "~")
            if isinstance(node, dict) and key in node:
                node = node[key]
            elif isinstance(node, list) and key.isdigit() and int(key) < len(node):
                node = node[int(key)]
            else:
                return None
        return node

    def resolve(self, schema: Any) -> Any:
        """The schema behind any chain of `$ref`s; a cycle of references alone gives an empty object.

        What stands beside a `$ref` counts, but for OpenAPI 3.0 ("Schema Object" of 3.1).
        """
        return self._behind(schema, beside=not self.openapi_30)

    def referred(self, node: Any) -> Any:
        """The parameter, header, body, answer, example or scheme behind any chain of `$ref`s.

        What stands beside the `$ref` is ignored ("Reference Object").
        """
        return self._behind(node, beside=False)

    def _behind(self, node: Any, *, beside: bool) -> Any:
        seen: set[str] = set()
        while isinstance(node, dict) and isinstance(ref := node.get("$ref"), str):
            if ref in seen:
                return {}
            seen.add(ref)
            target = self.at(ref)
            siblings = {k: v for k, v in node.items() if k != "$ref"} if beside else {}
            node = {**target, **siblings} if siblings and isinstance(target, dict) else target
        return node

    def validator(self, schema: Any, *, request: bool = False) -> jsonschema_rs.Validator | None:
        """The compiled schema as answers are to fit it, or requests; None where it cannot be compiled.

        It is cached by the schema's identity.
        """
        view = request and self._hides
        if (known := self._validators.get((id(schema), view))) is not None:
            return known[1]
        validator: jsonschema_rs.Validator | None
        try:
            made = _encodable(as_json_schema(self._seen(schema, view), openapi_30=self.openapi_30))
            registry, effort = self._registry(view)
            validator = jsonschema_rs.Draft202012Validator(made, registry=registry, validate_formats=True)
            if not effort.is_bounded(made):
                self.unusable.append(f"a value would be judged more than {MOST:,} times")
                validator = None
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
            self.unusable.append(str(error).splitlines()[0])
            validator = None
        if len(self._validators) >= _KEPT_VALIDATORS:
            # Merged schemas come and go; the oldest entry is as good as any to give up.
            del self._validators[next(iter(self._validators))]
        self._validators[id(schema), view] = (schema, validator)
        return validator

    def _registry(self, request: bool) -> tuple[jsonschema_rs.Registry, Effort]:
        if request not in self._registries:
            converted = _encodable(convert_document(self._seen(self.data, request)))
            made = jsonschema_rs.Registry([(DESCRIPTION_URI, converted)], draft=jsonschema_rs.Draft202012)
            self._registries[request] = made, Effort(converted, DESCRIPTION_URI)
        return self._registries[request]

    def _seen(self, node: Any, request: bool) -> Any:
        return as_seen(node, self.resolve, "readOnly" if request else "writeOnly") if self._hides else node

    def accepts(self, schema: Any, value: Any, *, request: bool = False) -> bool:
        """True if the value is valid against the schema, as a part of an answer or of a request."""
        validator = self.validator(schema, request=request)
        return validator is None or validator.is_valid(_encodable(value))

    def complaints(self, schema: Any, value: Any) -> list[tuple[str, str]]:
        """What is wrong with a request's value: pairs of a path (`/spec/name`) and a sentence without the value."""
        validator = self.validator(schema, request=True)
        if validator is None:
            return []
        return [
            ("/" + "/".join(map(str, error.instance_path)), _sentence(error))
            for error in validator.iter_errors(_encodable(value))
        ]


def _encodable(node: Any) -> Any:
    """The value with U+FFFD for each half of a surrogate pair: JSON can escape one, and the validator takes UTF-8."""
    if isinstance(node, str):
        return node if node.isascii() else _HALVES.sub("\ufffd", node)
    if isinstance(node, dict):
        return {_encodable(key): _encodable(value) for key, value in node.items()}
    return [_encodable(each) for each in node] if isinstance(node, list) else node


def _sentence(error: jsonschema_rs.ValidationError) -> str:
    # The library's own message repeats the value, which may be a password.
    kind = error.kind.name
    if kind == "required":
        return str(error.message)
    return f"it breaks `{kind}`"
