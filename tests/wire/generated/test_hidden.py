"""A generated method and a generated constructor hide what they were given before anything can be raised."""

from __future__ import annotations

import traceback
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import client_of, operation
from tests.wire.runtime.test_secrets import everything

SECRET = "hunter2-s3cr3t-p4ss"


def description() -> dict[str, Any]:
    document = operation(
        method="post",
        parameters=[{"name": "pin", "in": "query", "schema": {"type": "string", "format": "password"}}],
        body={
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["hidden", "count"],
                        "properties": {
                            "hidden": {"type": "string", "format": "password"},
                            "count": {"type": "integer"},
                        },
                    }
                }
            },
        },
    )
    document["paths"]["/x"]["post"]["security"] = [{"key": []}, {"other": []}]
    document["components"] = {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "other": {"type": "http", "scheme": "bearer"},
        }
    }
    return document


def _frames(problem: BaseException) -> list[str]:
    """The locals of the generated package's own frames."""
    return [
        repr(frame.f_locals)
        for frame, _ in traceback.walk_tb(problem.__traceback__)
        if "/tests/" not in frame.f_code.co_filename
    ]


def test_neither_a_method_nor_the_constructor_shows_a_secret(generate: Generates) -> None:
    package = generate(**description())
    client = client_of(package)("http://127.0.0.1:1", api_key=SECRET)
    with pytest.raises(package.ArgumentError) as caught:
        client.x.call(hidden=SECRET, pin=SECRET, count="many")
    with pytest.raises(package.ArgumentError) as refused:
        client_of(package)("http://127.0.0.1:1", api_key=SECRET, token=f"{SECRET}\n")
    for problem in (caught.value, refused.value):
        frames = _frames(problem)
        assert len(frames) > 1
        assert SECRET not in "".join(frames) + everything(problem)
