"""What published descriptions get wrong in ways that can only mean one thing; several inputs of each kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.config.model import Config, PackageNames
from vcsdk.diagnostics import Diagnostics, InputError, Level
from vcsdk.load import Document
from vcsdk.pipeline import Described, read_api

Doc = dict[str, Any]
OK = {"responses": {"204": {"description": "Done."}}}
INFO = {"title": "Lamps", "version": "1"}
CONFIG = Config(PackageNames("lamps", "lamps", "Lamps"))


@pytest.fixture(autouse=True)
def _in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(text: str | Doc) -> Described:
    Path("lamps.yaml").write_text(text if isinstance(text, str) else yaml.safe_dump(text, sort_keys=False))
    return read_api(Path("lamps.yaml"))


def with_schema(schema: Doc, version: str = "3.0.3") -> Doc:
    return {"openapi": version, "info": INFO, "paths": {}, "components": {"schemas": {"A": schema}}}


def with_path(path: str, item: Doc) -> Doc:
    return {"openapi": "3.0.3", "info": INFO, "paths": {path: item}}


def schema_of(document: Document) -> Any:
    return document.data["components"]["schemas"]["A"]


def told(described: Described, rule: str) -> list[str]:
    return [d.message for d in described.diagnostics if d.rule == rule]


def mended_by(described: Described, rule: str) -> list[str]:
    """What a rule did, in its words."""
    return [repair.message for made in described.repairs if made.rule == rule for repair in made.places]


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ({"type": "null"}, {"nullable": True, "enum": [None]}),
        ({"type": None}, {"nullable": True, "enum": [None]}),
        ({"type": ["null"]}, {"nullable": True, "enum": [None]}),
        ({"type": ["string"]}, {"type": "string"}),
        ({"type": ["null", "string"], "maxLength": 3}, {"type": "string", "nullable": True, "maxLength": 3}),
        ({"type": ["string", None], "enum": ["a"]}, {"type": "string", "nullable": True, "enum": ["a", None]}),
        ({"type": ["integer", "number"]}, {"type": "number"}),
        (
            {"type": ["string", "integer"], "maxLength": 3, "minimum": 1, "title": "T"},
            {"title": "T", "anyOf": [{"type": "string", "maxLength": 3}, {"type": "integer", "minimum": 1}]},
        ),
        (
            {"type": ["array", "string", "null"], "items": {"type": "string"}},
            {"nullable": True, "anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]},
        ),
        (
            {"type": ["boolean", "string", "integer"], "enum": [True, "x"]},
            {"anyOf": [{"type": "boolean", "enum": [True]}, {"type": "string", "enum": ["x"]}]},
        ),
        ({"anyOf": [{"type": "null"}, {"type": "string"}]}, {"anyOf": [{"type": "string"}], "nullable": True}),
        (
            {"oneOf": [{"type": "string"}, {"type": ["null"]}, {"type": "null"}, {"type": "object"}]},
            {"oneOf": [{"type": "string"}, {"type": "object"}], "nullable": True},
        ),
        (
            {"oneOf": [{"type": ["string", "null"]}, {"type": "integer"}]},
            {"oneOf": [{"type": "string", "nullable": True}, {"type": "integer"}]},
        ),
        ({"type": ["string", "string"], "maxLength": 3}, {"type": "string", "maxLength": 3}),
        ({"type": ["null", "integer", "null", "integer"]}, {"type": "integer", "nullable": True}),
        (
            {"type": ["string", "integer"], "anyOf": [{"maxLength": 3}, {"minimum": 1}]},
            {"anyOf": [{"maxLength": 3}, {"minimum": 1}]},
        ),
        ({"oneOf": [{"type": "null"}]}, {"oneOf": [{"nullable": True, "enum": [None]}]}),
        ({"type": ["string", "number", "boolean", "array", "object", "null"]}, {"nullable": True}),
    ],
)
def test_types_of_json_schema(written: Doc, mended: Doc) -> None:
    assert schema_of(read(with_schema(written)).document) == mended
    swagger = {"swagger": "2.0", "info": INFO, "paths": {}, "definitions": {"A": written}}
    assert schema_of(read(swagger).document) == mended


def test_types_of_3_1_stay() -> None:
    written = {"type": ["string", "null"]}
    assert schema_of(read(with_schema(dict(written), "3.1.0")).document) == written
    assert schema_of(read(with_schema({"type": None}, "3.1.0")).document) == {"type": "null"}


@pytest.mark.parametrize("types", [["string", "nil"], [3], []])
def test_types_that_nobody_knows_are_left_to_the_checks(types: list[Any]) -> None:
    Path("lamps.yaml").write_text(yaml.safe_dump(with_schema({"type": types})))
    assert read_api(Path("lamps.yaml"), partial=True).omissions


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("  version: 1.10", ("info", "version"), "1.10"),
        ("  version: 2024", ("info", "version"), "2024"),
        ("  version: true", ("info", "version"), "true"),
        ("  version: 1", ("info", "version"), "1"),
        ("  version: '1'\n  description:", ("info", "description"), None),
        ("  version: '1'\ntags:", ("tags",), None),
        ("  version:", ("info", "version"), "0"),
    ],
)
def test_values_that_say_something_else_or_nothing(line: str, field: tuple[str, ...], value: str | None) -> None:
    node: Any = read(f"openapi: 3.0.3\ninfo:\n  title: Lamps\n{line}\npaths: {{}}\n").document.data
    for name in field[:-1]:
        node = node[name]
    assert node.get(field[-1]) == value


@pytest.mark.parametrize("info", [None, [], 5, {}, {"title": []}, {"title": {}, "version": ["1"]}])
def test_a_description_that_does_not_say_what_it_is(info: Any) -> None:
    data = read({"openapi": "3.0.3", "info": info, "paths": {}}).document.data
    assert data["info"] == {"title": "API", "version": "0"}


def test_a_number_in_json_is_told_as_it_is_spelled() -> None:
    Path("lamps.json").write_text('{"openapi": "3.0.3", "info": {"title": "L", "version": 2.50}, "paths": {}}')
    assert read_api(Path("lamps.json")).document.data["info"]["version"] == "2.50"


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ({"minimum": "1.5"}, {"minimum": 1.5}),
        ({"maxItems": 3.0}, {"maxItems": 3}),
        ({"required": "a"}, {"required": ["a"]}),
        ({"enum": "a"}, {"enum": ["a"]}),
        ({"properties": {"a": None}}, {"properties": {"a": {}}}),
        ({"properties": None, "title": None}, {}),
        ({"required": None}, {}),
        ({"items": [{"type": "string"}]}, {"items": {"type": "string"}}),
        ({"items": [{"type": "string"}, {}]}, {"items": {"anyOf": [{"type": "string"}, {}]}}),
        ({"items": []}, {"items": {}}),
        ({"properties": {"a": True}}, {"properties": {"a": {}}}),
        ({"allOf": [True, {"title": "b"}]}, {"allOf": [{}, {"title": "b"}]}),
    ],
)
def test_keywords_of_schemas(written: Doc, mended: Doc) -> None:
    assert schema_of(read(with_schema(written)).document) == mended


@pytest.mark.parametrize("value", ["10 items", "", "1,5", "٣", [3]])
def test_what_is_no_number_is_left_to_the_checks(value: Any) -> None:
    Path("lamps.yaml").write_text(yaml.safe_dump(with_schema({"maxLength": value})))
    assert read_api(Path("lamps.yaml"), partial=True).omissions


@pytest.mark.parametrize("word", ["required", "enum"])
def test_no_text_is_no_entry(word: str) -> None:
    Path("lamps.yaml").write_text(yaml.safe_dump(with_schema({word: ""})))
    assert read_api(Path("lamps.yaml"), partial=True).omissions


def test_one_tag_is_a_list_of_it() -> None:
    described = read(with_path("/a", {"get": {**OK, "tags": "lamps"}, "put": {**OK, "tags": ["lamps"]}}))
    assert [o.tags for o in described.api.operations] == [("lamps",)] * 2


def test_an_extension_among_the_paths_is_no_path() -> None:
    parameters = [{"name": "c", "in": "path"}]
    doc = with_path("/a", {"get": dict(OK)})
    doc["paths"]["x-{b}"] = {"get": {**OK, "parameters": parameters}, "put": dict(OK)}
    described = read(doc)
    assert described.document.data["paths"]["x-{b}"]["get"]["parameters"] == parameters
    for rule in ("undeclared-path-parameter", "stray-path-parameter"):
        assert mended_by(described, rule) == []


@pytest.mark.parametrize("written", ["#b", "#%62"])
@pytest.mark.parametrize("word", ["$anchor", "$dynamicAnchor"])
def test_anchors(word: str, written: str) -> None:
    doc = with_schema({"properties": {"b": {"type": "string", word: "b"}, "c": {"$ref": written}}}, "3.1.0")
    assert schema_of(read(doc).document)["properties"]["c"] == {"$ref": "#/components/schemas/A/properties/b"}


@pytest.mark.parametrize("written", ["#Pet", "#components/schemas/B", "#Pet/A", "#/definitions/B", "#//A"])
@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("form", [yaml.safe_dump, json.dumps])
def test_a_reference_that_may_mean_anything_leads_nowhere(form: Any, version: str, written: str) -> None:
    file = Path("lamps.json" if form is json.dumps else "lamps.yaml")
    file.write_text(form(with_schema({"properties": {"b": {"$ref": written}}}, version)))
    diagnostics = Diagnostics()
    with pytest.raises(InputError):
        read_api(file, diagnostics=diagnostics)
    [found] = [d for d in diagnostics if d.level is Level.ERROR]
    assert found.rule == "dangling-ref"
    assert written in (found.excerpt or "")


@pytest.mark.parametrize(
    "written",
    [
        "#components/schemas/A",
        "#/components/schemas/A/",
        "#/components/schemas/A ",
        "#/definitions/A",
        "#definitions/A",
        "#components%2Fschemas%2FA",
    ],
)
@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_reference_that_can_mean_one_thing_means_it(version: str, written: str) -> None:
    described = read(with_schema({"properties": {"b": {"$ref": written}}}, version))
    assert schema_of(described.document)["properties"]["b"] == {"$ref": "#/components/schemas/A"}
    (said,) = mended_by(described, "misspelt-reference")
    assert said == f"`{written}` does not exist; took `#/components/schemas/A`"


def test_a_property_that_is_called_so_is_no_mistake() -> None:
    doc = with_schema({"properties": {"b": {"$ref": "#/definitions/A"}}})
    doc["definitions"] = {"A": {"type": "string"}}
    assert mended_by(read(doc), "misspelt-reference") == []


@pytest.mark.parametrize("method", ["GET", "Post", "pUT"])
def test_methods_in_capitals(method: str) -> None:
    described = read(with_path("/a", {method: dict(OK), "delete": {**OK, "operationId": "d"}}))
    assert {o.method for o in described.api.operations} == {method.upper(), "DELETE"}
    assert mended_by(described, "word-in-capitals") == [f"the method `{method}` is written `{method.lower()}`"]


def test_a_method_in_capitals_beside_itself_is_left_alone() -> None:
    described = read(with_path("/a", {"GET": dict(OK), "get": dict(OK)}))
    assert mended_by(described, "word-in-capitals") == []


@pytest.mark.parametrize("place", ["Query", "HEADER", "Cookie"])
def test_places_in_capitals(place: str) -> None:
    parameter = {"name": "b", "in": place, "schema": {"type": "string"}}
    described = read(with_path("/a", {"get": {**OK, "parameters": [parameter]}}))
    (operation,) = described.api.operations
    assert [str(each.location) for each in operation.parameters] == [place.lower()]


@pytest.mark.parametrize(
    ("scheme", "right"),
    [
        ({"type": "oAuth2", "flows": {}}, {"type": "oauth2"}),
        ({"type": "OPENIDCONNECT", "openIdConnectUrl": "https://a.example/"}, {"type": "openIdConnect"}),
        ({"type": "apikey", "in": "Header", "name": "X-Key"}, {"type": "apiKey", "in": "header"}),
        ({"type": "HTTP", "scheme": "bearer"}, {"type": "http"}),
    ],
)
def test_ways_to_authenticate_in_capitals(scheme: dict[str, str], right: dict[str, str]) -> None:
    doc = {**with_path("/a", {"get": {**OK, "security": [{"way": []}]}})}
    doc["components"] = {**doc.get("components", {}), "securitySchemes": {"way": scheme}}
    described = read(doc)
    assert described.document.data["components"]["securitySchemes"]["way"].items() >= right.items()
    assert described.api.security_schemes["way"].kind != "other"
    assert len(mended_by(described, "word-in-capitals")) == len(right)


UPLOAD = [{"name": "f", "in": "formData", "type": "file"}, {"name": "q", "in": "query", "schema": {}}]
OF_2 = {
    "schema of an answer": ({"responses": {"200": {"description": "", "schema": {"$ref": "#/definitions/A"}}}}, "A"),
    "body": ({**OK, "parameters": [{"name": "b", "in": "body", "schema": {"$ref": "#/definitions/A"}}]}, "A"),
    "schema of a body": ({**OK, "requestBody": {"schema": {"$ref": "#/components/schemas/A"}}}, "A"),
    "fields": (
        {
            **OK,
            "parameters": [{"name": "f", "in": "formData", "type": "file"}, {"name": "q", "in": "query", "schema": {}}],
        },
        "f",
    ),
    "fields of a consumer": (
        {**OK, "consumes": ["multipart/form-data"], "parameters": [{"name": "f", "in": "formData", "type": "string"}]},
        "f",
    ),
}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("name", OF_2)
def test_parts_of_swagger_2(name: str, version: str) -> None:
    operation, expected = OF_2[name]
    doc = with_schema({"type": "object", "properties": {"x": {"type": "integer"}}}, version)
    doc["paths"] = {"/a": {"post": json.loads(json.dumps(operation))}}
    described = read(doc)
    assert mended_by(described, "part-of-swagger-2")
    (found,) = described.api.operations
    media = [*(found.body.content if found.body else ()), *(m for r in found.responses for m in r.content)]
    assert len(media) == 1
    assert media[0].content_type == ("multipart/form-data" if name.startswith("fields") else "application/json")
    assert expected in str(media[0].type) or expected in [argument.wire_name for argument in found.arguments]


def test_a_discriminator_that_is_a_text() -> None:
    family = {"A": {"type": "object", "discriminator": "kind", "properties": {"kind": {"type": "string"}}}}
    family["B"] = {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object"}]}
    doc = with_schema({})
    doc["components"]["schemas"] = family
    described = read(doc)
    assert schema_of(described.document)["discriminator"] == {"propertyName": "kind"}


def test_an_operation_that_is_only_there() -> None:
    described = read(with_path("/a", {"get": None, "post": {"operationId": "b"}}))
    assert {o.method for o in described.api.operations} == {"GET", "POST"}


@pytest.mark.parametrize(
    ("path", "declared", "names", "place"),
    [
        ("/a/{b}", [], ["b"], None),
        ("/a/{b}/{c}", ["c"], ["b", "c"], None),
        ("/a/{petId}", ["pet_id"], ["petId"], None),
        ("/a/{b}.{c}", ["b"], ["b", "c"], None),
        ("/a", ["b"], [], None),
        ("/a/{b}", ["b", "c"], ["b"], "path"),
        ("/a", ["b"], [], "path"),
        ("/a/{b}?c={d}", ["b", "d"], ["b"], None),
        ("/a/{b}?c={d}", ["b"], ["b"], None),
        ("/a/{b}#{c}", ["b"], ["b"], None),
        ("/a/{b}#{c}", ["b", "c"], ["b"], None),
        ("/a/{b}/{c}", ["b"], ["b", "c"], "path"),
    ],
)
def test_parameters_of_paths(path: str, declared: list[str], names: list[str], place: str | None) -> None:
    parameters = [{"name": n, "in": "path", "required": True, "schema": {"type": "integer"}} for n in declared]
    item: Doc = {"get": dict(OK)}
    (item if place else item["get"])["parameters"] = [
        *parameters,
        {"name": "q", "in": "query", "schema": {"type": "string", "default": 3}},
    ]
    described = read(with_path(path, item))
    [operation] = described.api.operations
    in_path = {p.wire_name: p for p in operation.parameters if p.location == "path"}
    assert sorted(in_path) == sorted(names)
    assert len(mended_by(described, "undeclared-path-parameter")) == len({*names} - {*declared})
    [found] = [d for d in described.diagnostics if d.rule == "default-value"]
    assert "default: 3" in (found.excerpt or "")


def test_the_parameter_that_was_meant_keeps_its_schema() -> None:
    parameter = {"name": "pet-ID", "in": "path", "required": True, "schema": {"type": "integer"}}
    described = read(with_path("/a/{petId}", {"get": {**OK, "parameters": [parameter]}}))
    assert described.document.data["paths"]["/a/{petId}"]["get"]["parameters"] == [{**parameter, "name": "petId"}]


@pytest.mark.parametrize(
    ("path", "declared", "kinds"),
    [
        ("/a/{b}/{B}", "b", {"b": "integer", "B": "string"}),
        ("/a/{pet-id}/{petId}", "pet_id", {"pet-id": "integer", "petId": "string"}),
    ],
)
def test_a_parameter_is_meant_once(path: str, declared: str, kinds: dict[str, str]) -> None:
    parameter = {"name": declared, "in": "path", "required": True, "schema": {"type": "integer"}}
    item = read(with_path(path, {"get": {**OK, "parameters": [parameter]}})).document.data["paths"][path]
    assert {p["name"]: p["schema"]["type"] for p in item["get"]["parameters"]} == kinds


@pytest.mark.parametrize("place", ["path", "operation"])
def test_a_parameter_that_leads_nowhere_may_be_the_one_of_the_path(place: str) -> None:
    listed = [{"$ref": "#/components/parameters/b"}]
    item = {"parameters": listed, "get": dict(OK)} if place == "path" else {"get": {**OK, "parameters": listed}}
    Path("lamps.yaml").write_text(yaml.safe_dump(with_path("/a/{b}", item)))
    diagnostics = Diagnostics()
    with pytest.raises(InputError):
        read_api(Path("lamps.yaml"), diagnostics=diagnostics)
    assert {d.rule for d in diagnostics} == {"dangling-ref"}


def test_where_nothing_is_sent_nothing_is_stray() -> None:
    shared = [{"name": "b", "in": "path", "required": True, "schema": {"type": "integer"}}]
    described = read(with_path("/a", {"parameters": shared}))
    assert mended_by(described, "stray-path-parameter") == []
    assert described.document.data["paths"]["/a"]["parameters"] == shared


@pytest.mark.parametrize(
    ("security", "left"),
    [
        ([{"nobody": []}], []),
        ([{"nobody": []}, {"key": []}], [{"key": []}]),
        ([{"nobody": [], "key": []}], [{"key": []}]),
        ([{}, {"nobody": []}], [{}]),
        ([{"KEY": []}], [{"key": []}]),
        ([{"key": []}], [{"key": []}]),
    ],
)
def test_security_that_is_not_declared(security: list[Doc], left: list[Doc]) -> None:
    doc = with_path("/a", {"get": {**OK, "security": security}, "post": {**OK, "security": security}})
    doc["components"] = {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "k"}}}
    described = read({**doc, "security": security})
    item = described.document.data["paths"]["/a"]
    assert [described.document.data["security"], item["get"]["security"], item["post"]["security"]] == [left] * 3
    assert len(told(described, "undeclared-security")) == (security != left)


def test_what_is_not_sent_is_said_once_a_name() -> None:
    doc = with_path("/a", {m: {**OK, "security": [{"nobody": []}, {"kez": []}]} for m in ("get", "put", "post")})
    doc["components"] = {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "k"}}}
    found = [d for d in read(doc).diagnostics if d.rule == "undeclared-security"]
    assert [(d.level, d.message, d.hint) for d in found] == [
        (
            Level.WARNING,
            "the security scheme `nobody` is not declared; nothing is sent for it (and in 2 other places)",
            None,
        ),
        (
            Level.WARNING,
            "the security scheme `kez` is not declared; nothing is sent for it (and in 2 other places)",
            "did you mean `key`?",
        ),
    ]


def test_where_the_repair_is_off_each_name_is_refused_once() -> None:
    Path("lamps.toml").write_text('[repairs]\noff = ["undeclared-security"]\n')
    diagnostics = Diagnostics()
    doc = with_path("/a", {m: {**OK, "security": [{"nobody": []}]} for m in ("get", "put", "post")})
    Path("lamps.yaml").write_text(yaml.safe_dump(doc))
    with pytest.raises(Exception, match="1 errors"):
        read_api(Path("lamps.yaml"), diagnostics=diagnostics)


@pytest.mark.parametrize(("status", "right"), [("4xx", "4XX"), ("2Xx", "2XX"), ("Default", "default")])
def test_statuses(status: str, right: str) -> None:
    doc = with_path("/a", {"get": {"responses": {status: {"description": ""}, "404": {"description": ""}}}})
    assert list(read(doc).document.data["paths"]["/a"]["get"]["responses"]) == [right, "404"]


@pytest.mark.parametrize(
    ("form", "left"),
    [
        ({}, {"schema": {}}),
        ({"schema": {"type": "string"}, "content": {"application/json": {}}}, {"schema": {"type": "string"}}),
        ({"content": {"application/json": {}, "text/plain": {}}}, {"content": {"application/json": {}}}),
    ],
)
def test_parameters_and_headers_without_one_form(form: Doc, left: Doc) -> None:
    answers = {"200": {"description": "", "headers": {"H": dict(form)}}}
    parameters = [{"name": "q", "in": "query", **form}]
    doc = with_path("/a", {"get": {"parameters": parameters, "responses": answers}})
    got = read(doc).document.data["paths"]["/a"]["get"]
    assert got["parameters"] == [{"name": "q", "in": "query", **left}]
    assert got["responses"]["200"]["headers"]["H"] == left


ANYTHING: dict[str, Any] = {
    "A": {"description": "An answer, taken for a schema.", "content": {"application/json": {}}},
    "B": {"$ref": "#/components/schemas/A"},
    "C": {"title": "c", "nullable": True, "x-c": 1, "default": 2},
    "D": {"type": "string"},
    "E": {"format": "date"},
}


@pytest.mark.parametrize(
    ("members", "mended"),
    [
        ("AB", True),
        ("AC", True),
        ("BC", True),
        ("ABD", True),
        ("AD", False),
        ("DE", False),
        ("CE", False),
        ("DD", False),
        ("AA", True),
    ],
)
def test_alternatives_of_which_several_take_anything_fit_what_any_takes(members: str, mended: bool) -> None:
    union = {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in members]}
    schemas = {**{name: ANYTHING[name] for name in "ABCDE"}, "U": union}
    described = read({**with_path("/a", {"get": dict(OK)}), "components": {"schemas": schemas}})
    assert len(mended_by(described, "one-of-anything")) == mended
    assert list(described.document.data["components"]["schemas"]["U"]) == ["anyOf" if mended else "oneOf"]


def test_what_a_discriminator_tells_apart_stays_as_it_is() -> None:
    union = {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/C"}]}
    schemas = {"A": {}, "C": {}, "U": {**union, "discriminator": {"propertyName": "kind"}}}
    described = read({**with_path("/a", {"get": dict(OK)}), "components": {"schemas": schemas}})
    assert mended_by(described, "one-of-anything") == []
