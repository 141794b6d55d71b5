"""What a header `Link` or an address in an answer does to a thing that is no list: nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, both, operation
from tests.wire.generated.listed import INTEGER, TEXT

URI = {"type": "string", "format": "uri"}
TAGS = {"type": "array", "items": TEXT}


def answering(properties: dict[str, Any], name: str = "id") -> dict[str, Any]:
    """A description of one thing at the path of a name, whose answer has a header `Link`."""
    schema = {"type": "object", "properties": properties}
    answer = {
        "description": "A thing.",
        "headers": {"Link": {"schema": TEXT}},
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Found"}}},
    }
    parameter = {"name": name, "in": "path", "required": True, "schema": TEXT}
    return operation(f"/things/{{{name}}}", "get", [parameter], answers={"200": answer}, Found=schema)


THINGS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "no list": ({"id": INTEGER}, {"id": 1}),
    "a list": ({"id": INTEGER, "tags": TAGS}, {"id": 1, "tags": ["a", "b"]}),
    "a list of the usual name": ({"status": TEXT, "items": TAGS}, {"status": "open", "items": ["a"]}),
    "an envelope": ({"data": {"type": "object", "properties": {"tags": TAGS}}}, {"data": {"tags": ["a"]}}),
    "an address": ({"title": TEXT, "lines": TAGS, "next": URI}, {"lines": ["a"], "next": "http://127.0.0.1/things/2"}),
}


@pytest.mark.parametrize("name", THINGS)
def test_a_thing_is_given_as_it_is(name: str, generate: Generates) -> None:
    properties, value = THINGS[name]
    package = generate(**answering(properties))
    link = {"Link": '</things/2>; rel="next"'}
    _, given = both(package, lambda c: c.things.call("1"), lambda _: Reply(json=value, headers=link))
    assert [type(each).__qualname__ for each in given] == ["Found", "Found"]
    assert not any(hasattr(each, "pages") for each in given)
    assert [{key: getattr(each, key) for key in value if key != "data"} for each in given] == [
        {key: each for key, each in value.items() if key != "data"}
    ] * 2
