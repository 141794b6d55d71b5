"""Operations of methods that have no field of their own (`additionalOperations`), and the query as a whole, of 3.2."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from vcsdk.diagnostics import InputError, Level
from vcsdk.ir import Safety
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.unit.emitters.conftest import Generates, Reads, ref
from tests.wire.generated.calling import Reply, both, client_of

NAME = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
THING = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
SAID = {"content": {"application/json": {"schema": {"type": "object", "properties": {"to": {"type": "string"}}}}}}
OK = {"200": {"description": "It.", "content": {"application/json": {"schema": ref("Thing")}}}}


def with_methods(*methods: str, item: dict[str, Any] | None = None, **node: Any) -> dict[str, Any]:
    """A description whose one path has these methods besides."""
    others = {
        name: {"operationId": f"do{name.title()}", "tags": ["things"], "responses": OK, **node} for name in methods
    }
    path = {"parameters": [NAME], **(item or {}), "additionalOperations": others}
    return {"openapi": "3.2.0", "paths": {"/things/{name}": path}, "components": {"schemas": {"Thing": THING}}}


def reply(_: Any) -> Reply:
    return Reply(200, {"name": "b"})


@pytest.mark.parametrize("method", ["COPY", "PROPFIND", "MKCALENDAR", "BASELINE-CONTROL", "X_1"])
def test_it_is_sent_as_it_is_called(method: str, generate: Generates) -> None:
    package = generate(**with_methods(method, requestBody=SAID))
    call = f"do_{method.lower().replace('-', '_')}"
    seen, given = both(package, lambda client: getattr(client.things, call)("a b", to="c"), reply)
    assert [(each.line, each.body) for each in seen] == [(f"{method} /things/a%20b", b'{"to":"c"}')] * 2
    assert [each.name for each in given] == ["b", "b"]


def test_it_stands_beside_those_with_a_field(generate: Generates) -> None:
    read = {"get": {"operationId": "read", "tags": ["things"], "responses": OK}}
    package = generate(**with_methods("COPY", "LOCK", item=read))

    def call(client: Any) -> Any:
        return [client.things.read("a"), client.things.do_copy("a"), client.things.do_lock("a")]

    with_both = [each.method for each in both(package, call, reply, acall=acalls)[0]]
    assert with_both == ["GET", "COPY", "LOCK"] * 2


async def acalls(client: Any) -> Any:
    return [await client.things.read("a"), await client.things.do_copy("a"), await client.things.do_lock("a")]


@pytest.mark.parametrize(
    ("method", "safety"),
    [("PROPFIND", Safety.READ), ("REPORT", Safety.READ), ("SEARCH", Safety.READ), ("LOCK", Safety.WRITE)],
)
def test_what_the_registry_calls_safe_is_read(method: str, safety: Safety, read: Reads) -> None:
    (operation,) = read(**with_methods(method)).api.operations
    assert operation.safety is safety


def test_one_without_an_operation_id_is_called_by_its_method(read: Reads) -> None:
    document = with_methods("MAKE-COPY")
    del document["paths"]["/things/{name}"]["additionalOperations"]["MAKE-COPY"]["operationId"]
    (operation,) = read(**document).api.operations
    assert (operation.operation_id, operation.python_path) == ("make_copy_things_name", "things.make_copy_things_name")


@pytest.mark.parametrize("method", ["Copy", "CONNECT", "CO PY", "", "KÄSE"])
def test_what_no_request_can_have_is_refused_at_its_place(method: str, read: Reads) -> None:
    with pytest.raises(InputError) as caught:
        read(**with_methods(method, operationId="it"))
    (found,) = [each for each in caught.value.diagnostics if each.level is Level.ERROR]
    assert (found.rule, f"`{method}`" in found.message) == ("unsupported-part", True)


@pytest.mark.parametrize("method", ["GET", "POST", "QUERY"])
def test_one_that_has_a_field_is_taken_for_it(method: str, read: Reads) -> None:
    described = read(**with_methods(method))
    assert [(repair.rule, repair.count) for repair in described.repairs] == [("word-in-capitals", 1)]
    (operation,) = described.api.operations
    assert (operation.method, operation.key) == (method, f"#/paths/~1things~1{{name}}/{method.lower()}")
    assert operation.origin.pointer == f"/paths/~1things~1{{name}}/additionalOperations/{method}"


def test_one_that_has_a_field_is_refused_beside_it(read: Reads) -> None:
    with pytest.raises(InputError) as caught:
        read(**with_methods("GET", item={"get": {"operationId": "read", "responses": OK}}))
    (found,) = [each for each in caught.value.diagnostics if each.level is Level.ERROR]
    assert (found.rule, found.message) == (
        "unsupported-part",
        "`GET` of `additionalOperations` is what the field `get` is for",
    )


def test_the_simulator_answers_it(generate: Generates, read: Reads) -> None:
    document = with_methods("COPY", requestBody={"required": True, **SAID})
    package = generate(**document)
    with Simulator(read(**document), SimulatorOptions()).running() as url, client_of(package)(url) as client:
        assert client.things.do_copy("a", to="b").name
        with pytest.raises(package.BadRequestError):
            client.request("COPY", "/things/a", body={"to": 1})


FORM = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}},
    "additionalProperties": {"type": "string"},
}


def searching(schema: Any, required: bool = True, **media: Any) -> dict[str, Any]:
    content = {"application/x-www-form-urlencoded": {"schema": schema, **media}}
    whole = {"name": "filter", "in": "querystring", "required": required, "content": content}
    node = {
        "operationId": "find",
        "tags": ["things"],
        "parameters": [whole],
        "responses": {"204": {"description": "."}},
    }
    return {"openapi": "3.2.0", "paths": {"/things": {"get": node}}, "components": {"schemas": {"Form": FORM}}}


@pytest.mark.parametrize("schema", [ref("Form"), FORM, {"allOf": [ref("Form")]}])
@pytest.mark.parametrize("required", [True, False])
def test_the_query_as_a_whole_is_sent_as_a_form(schema: Any, required: bool, generate: Generates) -> None:
    package = generate(**searching(schema, required))
    given = {"text": "a&b", "tags": ["c", "d e"], "more": "f"}
    seen, _ = both(package, lambda client: client.things.find(filter=given))
    sent = [("more", "f"), ("tags", "c"), ("tags", "d e"), ("text", "a&b")]
    assert [sorted(parse_qsl(urlsplit(each.target).query)) for each in seen] == [sent, sent]
    if not required:
        seen, _ = both(package, lambda client: client.things.find())
        assert [each.target for each in seen] == ["/things"] * 2


@pytest.mark.parametrize(
    "content",
    [
        {"application/json": {"schema": FORM}},
        {"text/plain": {"schema": {"type": "string"}}},
        {"application/x-www-form-urlencoded": {"schema": FORM, "encoding": {"tags": {"explode": False}}}},
    ],
)
def test_another_form_of_it_is_refused(content: Any, read: Reads) -> None:
    document = searching(FORM)
    document["paths"]["/things"]["get"]["parameters"][0]["content"] = content
    with pytest.raises(InputError) as caught:
        read(**document)
    assert [each.rule for each in caught.value.diagnostics if each.level is Level.ERROR] == ["unsupported-part"]
