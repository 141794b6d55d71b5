"""Small descriptions for the cases: one base document, and what a case writes differently.

A case writes, in YAML, any of these:
`request`, `response`, `error`: the schema of the property `value` in the body of POST /things, in the answer of
GET /things/{thing}, and in its error; with `_object` behind the word, the schema of the whole body.
`parameter`: the schema of the query parameter `q`; `query_parameter`: fields of the parameter itself;
`more_parameters`: further ones; `path_name`: another name for the path parameter.
`get`, `post`: a merge patch (RFC 7396) of the operation; `merge`: one of the document.
`error_types`: vCenter's error model with these values; `config`: the configuration beside the description.
"""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

BASE: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Things", "version": "1.0"},
    "servers": [{"url": "https://things.example.com/api"}],
    "security": [{"key": []}],
    "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}, "schemas": {}},
    "paths": {
        "/things/{thing}": {
            "get": {
                "operationId": "things_get",
                "tags": ["things"],
                "parameters": [
                    {"name": "thing", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "q", "in": "query", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {"description": "It.", "content": {"application/json": {"schema": {}}}},
                    "400": {"description": "No.", "content": {"application/json": {"schema": {}}}},
                },
            }
        },
        "/things": {
            "post": {
                "operationId": "things_create",
                "requestBody": {"required": True, "content": {"application/json": {"schema": {}}}},
                "responses": {"204": {"description": "Made."}},
            }
        },
    },
}
ERROR_MODEL = {
    "Std_Errors_Error": {
        "type": "object",
        "properties": {"error_type": {"$ref": "#/components/schemas/Std_Errors_Error_Type"}},
    }
}


def described(case: dict[str, Any]) -> dict[str, Any]:
    """The document that a case comes to."""
    document = deepcopy(BASE)
    get, post = document["paths"]["/things/{thing}"]["get"], document["paths"]["/things"]["post"]
    slots = {
        "request": post["requestBody"]["content"],
        "response": get["responses"]["200"]["content"],
        "error": get["responses"]["400"]["content"],
    }
    for word, content in slots.items():
        whole = {"type": "object", "properties": {"value": case.get(word, {"type": "string"})}}
        content["application/json"]["schema"] = case.get(f"{word}_object", whole)
    path, query = get["parameters"]
    query["schema"] = case.get("parameter", query["schema"])
    get["parameters"][1] = merged(query, case.get("query_parameter", {}))
    get["parameters"] += case.get("more_parameters", [])
    if "path_name" in case:
        path["name"] = case["path_name"]
        document["paths"] = {f"/things/{{{path['name']}}}": {"get": get}, "/things": {"post": post}}
    if "error_types" in case:
        values = {"Std_Errors_Error_Type": {"type": "string", "enum": case["error_types"]}}
        document["components"]["schemas"] |= ERROR_MODEL | values
    for path, method in (("/things/{thing}", "get"), ("/things", "post")):
        document = merged(document, {"paths": {path: {method: case[method]}}} if method in case else {})
    return merged(document, case.get("merge", {}))


def merged(target: Any, patch: Any) -> Any:
    """The target with a merge patch applied: null removes, objects merge, anything else replaces (RFC 7396)."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


def write(case: dict[str, Any], folder: Path) -> Path:
    """Write the description of a case, and its configuration, into a folder; the path of the description."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "things.json"
    path.write_text(json.dumps(described(case), indent=2))
    lines: list[str] = []
    for operation, settings in case.get("config", {}).get("operations", {}).items():
        lines.append(f"[operations.{operation}]")
        lines += [f"{key} = {inline(value)}" for key, value in settings.items()]
    path.with_suffix(".toml").write_text("\n".join(lines) + "\n")
    return path


def inline(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {inline(each)}" for key, each in value.items()) + "}"
    return json.dumps(value)
