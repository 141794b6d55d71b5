"""The description as schemathesis takes it: without what counts for nothing, and with what every server may answer."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from . import schemas
from .checks import content_documented
from .checks.status_documented import BEFORE_ANY_OPERATION
from .coverage import documents_success
from .description import Description
from .operations import Catalogue, Operation
from .unwritable import is_json

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})
_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})


def prepared(description: Description, catalogue: Catalogue) -> dict[str, Any]:
    """The document to make requests from.

    Answers that servers give before any operation is reached (`BEFORE_ANY_OPERATION`) are added where the description
    is silent, with the error model as their body, so that they are validated and not just waved through.
    """
    document = copy.deepcopy(description.document)
    paths = document.get("paths", {})
    _leave_out(catalogue.undescribed, paths)
    with_constants = {operation.label for operation in catalogue.operations if operation.query}
    for key, item in ((key, item) for key, item in paths.items() if not key.startswith("x-")):
        for method, operation in item.items():
            if method in _METHODS:
                _leave_out_ignored(item, description)
                _leave_out_ignored(operation, description)
                _leave_out_ranges(operation, description)
                _say_json(item, description)
                _say_json(operation, description)
                _document_gaps(operation, description, catalogue)
                if f"{method.upper()} {key}" in with_constants:
                    # The query is part of what is asked for (RFC 9110, 4.2.2): another constant may mean nothing.
                    operation["responses"].setdefault("404", {"description": "no operation has this query"})
    made: dict[str, Any] = _readable(document)
    return made


def _readable(node: Any) -> Any:
    """The same where unions that a discriminator decides are written so that a validator decides as well.

    Patterns that no engine reads are left out, and what no reference may have is escaped in it.
    """
    if isinstance(node, list):
        return [_readable(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: schemas.as_uri(value) if key == "$ref" and isinstance(value, str) else _readable(value)
        for key, value in schemas.by_tag(node).items()
        if not (key == "pattern" and isinstance(value, str) and not schemas.is_readable(value))
    }


def _leave_out_ignored(holder: dict[str, Any], description: Description) -> None:
    """Take out the parameters whose definitions count for nothing (OpenAPI 3.0.3, "Parameter Object": `name`)."""

    def is_ignored(written: Any) -> bool:
        parameter = description.at(written["$ref"]) if "$ref" in written else written
        return parameter.get("in") == "header" and str(parameter.get("name")).lower() in _IGNORED_HEADERS

    if any(is_ignored(parameter) for parameter in holder.get("parameters", ())):
        holder["parameters"] = [parameter for parameter in holder["parameters"] if not is_ignored(parameter)]


def _leave_out_ranges(operation: dict[str, Any], description: Description) -> None:
    """Take media ranges (`*/*`) out of a body that may have a type: what is made up for one may be for the other."""
    written = operation.get("requestBody") or {}
    body = description.at(written["$ref"]) if "$ref" in written else written
    content = body.get("content", {})
    exact = {media_type: media for media_type, media in content.items() if "*" not in media_type}
    if exact and len(exact) < len(content):
        operation["requestBody"] = {**body, "content": exact}


def _say_json(holder: dict[str, Any], description: Description) -> None:
    """Call JSON in parameters by its plain name: in others (`application/vnd.x+json`) schemathesis writes none."""
    for index, written in enumerate(holder.get("parameters", ())):
        parameter = description.at(written["$ref"]) if "$ref" in written else written
        content = parameter.get("content", {})
        if len(content) == 1 and is_json(next(iter(content))):
            holder["parameters"][index] = {**parameter, "content": {"application/json": next(iter(content.values()))}}


def _leave_out(operations: Iterable[Operation], paths: dict[str, Any]) -> None:
    """Take operations out of the description: what an API of its kind has and this one does not say is not tested."""
    for operation in operations:
        _, _, key = operation.label.partition(" ")
        paths[key].pop(operation.method.lower())
        if not any(name in _METHODS for name in paths[key]):
            del paths[key]


def _document_gaps(operation: dict[str, Any], description: Description, catalogue: Catalogue) -> None:
    responses = operation.setdefault("responses", {})
    for status in responses.keys() & set(map(str, content_documented.WITHOUT_CONTENT)):
        written = responses[status]
        response = description.at(written["$ref"]) if "$ref" in written else written
        responses[status] = {key: value for key, value in response.items() if key != "content"}
    for status, reason in BEFORE_ANY_OPERATION.items():
        if str(status) in responses:
            continue
        content = {"application/json": {"schema": {"$ref": catalogue.error_schema}}} if catalogue.error_schema else None
        responses[str(status)] = {"description": reason, **({"content": content} if content else {})}
    if not documents_success(responses):
        responses["2XX"] = {"description": "the description says nothing of a success"}
