"""Whether a request says what was given: read as a server reads it, by the description."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from vcsdk.instances.schemas import Schemas
from vcsdk.ir import Operation
from vcsdk.pipeline import Described
from vcsdk.simulator.parameters import ABSENT, ParameterSource, kinds, read_parameter

from tests.corpus.asking import read
from tests.oracle.alike import differences, same
from tests.oracle.calls import Arguments, schema_of

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def misread(description: Path, plan: dict[str, Any], sent: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    """Faults as `using` has them: requests of which a server would read something else."""
    described = read(description)
    reader = _Reader(described, plan)
    for request in sent:
        call = plan["calls"][request["call"]]
        for what in reader.differences(call, request):
            yield "call", call["method"], what


class _Reader:
    def __init__(self, described: Described, plan: dict[str, Any]) -> None:
        self._known = frozenset(plan["known"]) - frozenset(plan["read_only"])
        self._tags = frozenset(plan["tags"])
        self._api = described.api
        self._schemas = Schemas(described.document.data)
        self._arguments = Arguments(described)
        self._operations = {operation.key: operation for operation in described.api.operations}

    def differences(self, call: dict[str, Any], request: dict[str, Any]) -> Iterator[str]:
        operation = self._operations[call["key"]]
        if request["method"] != operation.method:
            yield f"is sent as {request['method']}"
        path, _, query = request["target"].partition("?")
        found = self._path(operation).fullmatch(path)
        if found is None:
            yield f"{path} is not {operation.path}"
            return
        names = _PLACEHOLDER.findall(operation.path)
        joint = "}{" in operation.path
        pairs = tuple(parse_qsl(query, keep_blank_values=True))
        for name, value in operation.fixed_query:
            if (name, value) not in pairs:
                yield f"the constant {name} is missing"
        cookies = dict(each.split("=", 1) for each in request["headers"].get("cookie", "").split("; ") if "=" in each)
        values = dict(zip(names, found.groups(), strict=True))
        source = ParameterSource(values, pairs, request["headers"], cookies)
        declared = self._arguments.declared(operation)
        for place, wire, value in call["parameters"]:
            parameter = declared[place, wire]
            if place == "path" and joint:
                continue  # nobody can tell where one ends
            others = [other for key, other in declared.items() if key[0] == place and key != (place, wire)]
            read = read_parameter(self._schemas, parameter, source, others)
            if not self._is_said(parameter, value, read):
                yield f"{place} {wire}: {json.dumps(value)[:80]} is read as {_shown(read)}"
        yield from self._body(operation, call, base64.b64decode(request["body"]))

    def _body(self, operation: Operation, call: dict[str, Any], body: bytes) -> Iterator[str]:
        if "body" in call:
            given = call["body"]
            if isinstance(given, dict) and "body" not in {source for _, source, _ in call["keywords"]}:
                # An argument that is None is not there.
                given = {key: item for key, item in given.items() if item is not None}
                if not body and given == {} and operation.body is not None and not operation.body.required:
                    return
            if not body:
                yield f"no body where {json.dumps(given)[:80]} was given"
                return
            expected = {"value": given} if _is_enveloped(operation) else given
            for what in differences(json.loads(body), expected, self._known, self._tags):
                yield f"body {what}: {json.dumps(expected)[:150]}"
        elif body:
            yield f"body: {body[:80]!r} where none was given"

    def _path(self, operation: Operation) -> re.Pattern[str]:
        parts = _PLACEHOLDER.split(operation.path)
        pattern = "".join("([^/?#]+)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
        return re.compile(f".*{pattern}")

    def _is_said(self, parameter: dict[str, Any], value: Any, read: Any) -> bool:
        if read is ABSENT:
            return value in (None, [], {}) or isinstance(value, dict)
        if isinstance(value, list) and any(item is None or isinstance(item, dict | list) for item in value):
            return True  # of which no style says how it is written
        if isinstance(value, list) and isinstance(read, list) and parameter.get("explode") is False:
            # The reader decodes before it splits.
            sign = {"spaceDelimited": " ", "pipeDelimited": "|"}.get(parameter.get("style", ""), ",")
            return sign.join(map(str, value)) == sign.join(map(str, read))
        if isinstance(value, dict) and isinstance(read, dict):
            # Nor how what is deeper in an object is.
            flat = {key: item for key, item in value.items() if not isinstance(item, dict | list) and item is not None}
            if parameter.get("explode") is False and any("," in str(item) for item in flat.values()):
                return True
            return all(key in read and _is_one(read[key], item) for key, item in flat.items())
        if not kinds(self._schemas, schema_of(parameter)) or isinstance(value, str) != isinstance(read, str):
            return str(read).lower() == str(value).lower() or same(read, value)
        return same(read, value)


def _is_one(read: Any, value: Any) -> bool:
    """One value as text; where two parameters have a member of this name, it comes twice."""
    texts = {str(each).lower() for each in (read if isinstance(read, list) else [read])}
    return texts == {str(value).lower()}


def _is_enveloped(operation: Operation) -> bool:
    return operation.body is not None and any(media.envelope for media in operation.body.content)


def _shown(value: Any) -> str:
    return "nothing" if value is ABSENT else json.dumps(value)[:150]
