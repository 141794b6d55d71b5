"""Small descriptions of one operation, for comparing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CLOSED = [
    (None, False, "risky"),
    (True, False, "risky"),
    ({}, False, "risky"),
    (False, None, "safe"),
    (False, True, "safe"),
    (None, True, None),
    (True, None, None),
    ({}, None, None),
]
"""What `additionalProperties` says before and after, None where it is not there, and what that is in a request."""


def of_request(schema: Any) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {"requestBody": body, "responses": {"204": {"description": "Done."}}}


def of_answer(schema: Any) -> dict[str, Any]:
    return {"responses": {"200": {"description": "It.", "content": {"application/json": {"schema": schema}}}}}


def api(operation: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    return {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "/"}],
        "paths": {"/t": {"post": {"operationId": "op", **operation}}},
        "components": {"schemas": schemas},
    }


def json_file(path: Path, document: dict[str, Any]) -> Path:
    # JSON has no word for it, but a way to write a number that is read so.
    path.write_text(json.dumps(document).replace("Infinity", "1e400"))
    return path
