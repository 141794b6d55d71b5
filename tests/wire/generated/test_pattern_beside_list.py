"""A text with a pattern beside a list or a map, which msgspec frees wrongly: hundreds of calls leave memory whole."""

from __future__ import annotations

import gc
import json
from typing import Any
from urllib.parse import unquote

import pytest

from tests.children import forked
from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import both
from tests.wire.runtime.server import Reply

CODE = {"type": "string", "pattern": "^[a-z]+$"}
OTHERS: dict[str, tuple[dict[str, Any], Any, str]] = {
    "a list": ({"type": "array", "items": {"type": "integer"}}, [1, 2], "1,2"),
    "a list of such": ({"type": "array", "items": CODE, "minItems": 1}, ["a", "b"], "a,b"),
    "a list of anything": ({"type": "array", "items": {}}, [1, "b"], "1,b"),
    "a set": ({"type": "array", "uniqueItems": True, "items": {"type": "string"}}, ["x"], "x"),
    "a map": ({"type": "object", "additionalProperties": {"type": "integer"}}, {"a": 1}, "a,1"),
    "a free object": ({"type": "object"}, {"a": "b"}, "a,b"),
}


@pytest.mark.parametrize("word", ["oneOf", "anyOf"])
@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize(
    "extra", [[], [{"type": "boolean"}, {"type": "integer", "enum": [-1, 7]}]], ids=["two", "four"]
)
def test_arguments_and_answers(word: str, other: str, extra: list[Any], generate: Generates) -> None:
    schema, value, written = OTHERS[other]
    union = {word: [CODE, *extra, schema]}
    answer = {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Held"}}}}
    package = generate(
        paths={
            "/x": {
                "get": {
                    "operationId": "call",
                    "parameters": [{"name": "q", "in": "query", "explode": False, "schema": union}],
                    "responses": {"200": answer},
                }
            }
        },
        components={
            "schemas": {
                "Union": union,
                "Held": {
                    "type": "object",
                    "required": ["a"],
                    "properties": {"a": union, "b": {"$ref": "#/components/schemas/Union"}},
                },
            }
        },
    )

    def use() -> list[Any]:
        body = json.dumps({"a": value, "b": "abc"}).encode()
        found = []
        for argument in ("abc", value):

            async def acall(client: Any, given: Any = argument) -> Any:
                return [await client.x.call(q=given) for _ in range(50)][-1]

            seen, answers = both(
                package,
                lambda client, given=argument: [client.x.call(q=given) for _ in range(50)][-1],
                lambda _: Reply(200, body=body, headers={"Content-Type": "application/json"}),
                acall,
            )
            gc.collect()
            found.append((sorted({unquote(each.target) for each in seen}), [(a.a, a.b) for a in answers]))
        with package.Thing("http://127.0.0.1:9") as client:
            for _ in range(100):
                with pytest.raises(package.ArgumentError):
                    client.x.call(q="A1")
        return found

    assert forked(use, seconds=300)() == [
        (["/x?q=abc"], [(value, "abc")] * 2),
        ([f"/x?q={written}"], [(value, "abc")] * 2),
    ]
