"""A documented header of an answer has a value of its kind: a number, a boolean, one of those that are listed.

OpenAPI, "Header Object".  Texts are not looked into: descriptions give times in headers formats that HTTP's own do not
have.
"""

from __future__ import annotations

import re
from typing import Any

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract

CHECK = Check("header-fits", __doc__, ("header-malformed", "header-not-listed"), severity="content")
_FORMS = {
    "integer": re.compile(r"[+-]?\d+"),
    "number": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"),
    "boolean": re.compile(r"true|false|0|1", re.IGNORECASE),
}


def hold(answer: Answer, contract: Contract) -> None:
    """Each that is there fits."""
    response = contract.description.response(answer.operation, answer.status) if answer.operation is not None else None
    for name, declared in (response or {}).get("headers", {}).items():
        value = answer.headers.get(name.lower())
        if value is None or name.lower() == "content-type":
            continue
        schema = _schema(contract, contract.description.at(declared["$ref"]) if "$ref" in declared else declared)
        kinds = schema.get("type")
        forms = [_FORMS.get(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])]
        fits = not forms or any(form is None or form.fullmatch(value.strip()) for form in forms)
        listed = [schema["const"]] if "const" in schema else schema.get("enum")
        if not fits or (isinstance(listed, list) and kinds == "string" and not _is_listed(name, value, listed)):
            told = (
                f"the header {name} is no {kinds}" if not fits else f"the header {name} has a value that is not listed"
            )
            raise Finding(CHECK, told, answer, path=name, observed="another kind" if not fits else "not listed")


def _is_listed(name: str, value: str, listed: list[Any]) -> bool:
    """Whether a value is one of those; of directives neither order nor case matters (RFC 9111, 5.2)."""
    if name.lower() != "cache-control":
        return value in listed
    return _directives(value) in [_directives(each) for each in listed]


def _directives(value: Any) -> set[str]:
    return {part.strip().lower() for part in str(value).split(",") if part.strip()}


def _schema(contract: Contract, header: dict[str, Any]) -> dict[str, Any]:
    schema = header.get("schema", {})
    for _ in range(8):
        if not isinstance(schema, dict) or "$ref" not in schema:
            break
        schema = contract.description.at(schema["$ref"])
    return schema if isinstance(schema, dict) else {}
