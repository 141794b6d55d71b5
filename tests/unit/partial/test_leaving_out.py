"""What cannot be emitted goes with everything that needs it, and nothing more; through the whole pipeline."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.diagnostics import Diagnostics, InputError, Level
from vcsdk.pipeline import Described, read_api

Doc = dict[str, Any]

DESCRIPTION = """\
openapi: 3.0.3
info: {title: Lamps, version: "1"}
servers: [{url: "https://lamps.example.com"}]
paths:
  /lamps:
    get:
      operationId: listLamps
      parameters: [{name: room, in: query, schema: {type: string}}]
      responses:
        "200":
          description: All lamps.
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Lamp"}}}}
        "404": {$ref: "#/components/responses/Missing"}
    post:
      operationId: addLamp
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Lamp"}}}}
      responses:
        "201":
          description: Added.
          links: {list: {operationId: listLamps}}
  /rooms/{room}:
    parameters: [{name: room, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getRoom
      responses:
        "200":
          description: A room.
          content: {application/json: {schema: {$ref: "#/components/schemas/Room"}}}
    delete:
      operationId: deleteRoom
      responses: {"204": {description: Gone.}}
components:
  responses:
    Missing:
      description: There is none.
      content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}
  schemas:
    Problem: {type: object, properties: {text: {type: string}}}
    Lamp: {type: object, properties: {colour: {$ref: "#/components/schemas/Colour"}}}
    Colour: {type: string, enum: [RED, BLUE]}
    Room: {type: object, properties: {shape: {$ref: "#/components/schemas/Shape"}}}
    Shape:
      oneOf: [{$ref: "#/components/schemas/Round"}, {$ref: "#/components/schemas/Square"}]
      discriminator: {propertyName: kind, mapping: {round: "#/components/schemas/Round", SQUARE: Square}}
    Round: {type: object, required: [kind], properties: {kind: {type: string}, radius: {type: integer}}}
    Square: {type: object, required: [kind], properties: {kind: {type: string}, side: {type: integer}}}
"""
ALL = {"listLamps", "addLamp", "getRoom", "deleteRoom"}


@pytest.fixture(autouse=True)
def _in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def doc() -> Doc:
    """The description, to be broken."""
    return copy.deepcopy(yaml.safe_load(DESCRIPTION))


def read(doc: Doc, *, partial: bool = True, config: str | None = None) -> Described:
    Path("lamps.yaml").write_text(yaml.safe_dump(doc, sort_keys=False))
    if config is not None:
        Path("lamps.toml").write_text(config)
    return read_api(Path("lamps.yaml"), partial=partial, diagnostics=Diagnostics())


def left(described: Described) -> set[tuple[str, str]]:
    return {(omission.kind, omission.name) for omission in described.omissions}


def ids(described: Described) -> set[str]:
    return {operation.operation_id for operation in described.api.operations}


def remedy(doc: Doc) -> str | None:
    with pytest.raises(InputError) as caught:
        read(doc, partial=False)
    return caught.value.diagnostics.remedy


def operation(doc: Doc, path: str, method: str) -> Doc:
    found: Doc = doc["paths"][path][method]
    return found


def test_nothing_is_left_out_of_what_is_whole(doc: Doc) -> None:
    described = read(doc)
    assert ids(described) == ALL
    assert described.omissions == ()
    assert described.document.data == read(doc, partial=False).document.data


def test_a_reference_of_the_wrong_kind_in_a_good_answer_costs_its_operation(doc: Doc) -> None:
    operation(doc, "/rooms/{room}", "delete")["responses"]["204"] = {"$ref": "#/components/schemas/Room"}
    assert remedy(doc) == "`--partial` would leave out 1 operation of 4"
    described = read(doc)
    assert ids(described) == ALL - {"deleteRoom"}
    assert [(o.kind, o.name, o.rule) for o in described.omissions] == [
        ("operation", "DELETE /rooms/{room}", "ref-kind")
    ]
    assert described.omissions[0].origin.pointer == "/paths/~1rooms~1{room}/delete"
    assert not described.diagnostics.failed


def test_a_schema_that_cannot_be_read_takes_what_needs_it_along(doc: Doc) -> None:
    doc["components"]["schemas"]["Colour"]["type"] = "sting"
    described = read(doc)
    assert ids(described) == {"getRoom", "deleteRoom"}
    assert left(described) == {
        ("schema", "Colour"),
        ("schema", "Lamp"),
        ("operation", "GET /lamps"),
        ("operation", "POST /lamps"),
    }
    assert {s.wire_name for s in described.api.schemas.values()} >= {"Problem", "Room", "Round", "Square", "Shape"}
    told = {(d.rule, d.level) for d in described.diagnostics}
    assert {("unsupported-type", Level.WARNING), ("left-out", Level.WARNING)} <= told


def test_the_answer_to_an_error_costs_only_itself(doc: Doc) -> None:
    doc["components"]["schemas"]["Problem"]["properties"]["text"]["type"] = "txt"
    assert remedy(doc) == "`--partial` would leave out 1 schema, 1 answer of an error, 1 shared answer and no operation"
    described = read(doc)
    assert ids(described) == ALL
    assert left(described) == {("schema", "Problem"), ("response", "Missing"), ("answer", "404 of GET /lamps")}


@pytest.mark.parametrize("key", ["600", "20", "ok", "4x", "99", "200 OK"])
def test_what_is_no_status_costs_only_itself_beside_a_good_answer(key: str, doc: Doc) -> None:
    operation(doc, "/lamps", "get")["responses"][key] = {"description": "What?"}
    assert remedy(doc) == "`--partial` would leave out 1 answer under no status and no operation"
    described = read(doc)
    assert ids(described) == ALL
    assert left(described) == {("status", f"{key} of GET /lamps")}
    (told,) = [each.message for each in described.diagnostics if each.rule == "status-code"]
    assert told == f"`{key}` is not a status; the answer `{key}` of `GET /lamps` is left out"


def test_what_is_no_status_costs_its_operation_where_no_other_is_good(doc: Doc) -> None:
    operation(doc, "/rooms/{room}", "delete")["responses"] = {
        "ok": {"description": "Gone."},
        "404": {"description": ""},
    }
    described = read(doc)
    assert left(described) == {("operation", "DELETE /rooms/{room}")}


def test_default_is_an_error_beside_a_good_answer_alone(doc: Doc) -> None:
    broken = {"$ref": "#/components/schemas/Room"}
    operation(doc, "/lamps", "get")["responses"]["default"] = broken
    operation(doc, "/lamps", "post")["responses"] = {"default": broken}
    described = read(doc)
    assert left(described) == {("answer", "default of GET /lamps"), ("operation", "POST /lamps")}


@pytest.mark.parametrize(
    ("required", "gone"),
    [
        (False, {("parameter", "room of GET /lamps")}),
        (True, {("operation", "GET /lamps"), ("link", "list of POST /lamps")}),
    ],
)
def test_an_optional_parameter_costs_only_itself(doc: Doc, required: bool, gone: set[tuple[str, str]]) -> None:
    parameter = operation(doc, "/lamps", "get")["parameters"][0]
    parameter.update(style="matrix", required=required)
    assert left(read(doc)) == gone


def test_a_parameter_that_leads_nowhere_may_be_required(doc: Doc) -> None:
    operation(doc, "/lamps", "get")["parameters"][0] = {"$ref": "#/components/parameters/room"}
    assert ("operation", "GET /lamps") in left(read(doc))


def test_parameters_behind_one_that_went_keep_their_places(doc: Doc) -> None:
    listed = operation(doc, "/lamps", "get")["parameters"]
    listed[0]["style"] = "matrix"
    listed.append({"name": "limit", "in": "query", "schema": {"type": "integer", "default": "many"}})
    described = read(doc)
    [found] = [d for d in described.diagnostics if d.rule == "default-value"]
    assert "default: many" in (found.excerpt or "")


def test_what_a_path_shares_costs_its_operations(doc: Doc) -> None:
    doc["paths"]["/rooms/{room}"]["parameters"][0]["style"] = "form"
    described = read(doc)
    assert ids(described) == {"listLamps", "addLamp"}
    assert left(described) == {("operation", "GET /rooms/{room}"), ("operation", "DELETE /rooms/{room}")}


@pytest.mark.parametrize(
    "mapping", [{"round": "#/components/schemas/Nowhere"}, {"round": "Nowhere"}, {"round": "#/paths/~1x/get"}]
)
def test_a_mapping_to_nothing_costs_one_entry_and_no_operation(doc: Doc, mapping: dict[str, str]) -> None:
    doc["components"]["schemas"]["Shape"]["discriminator"]["mapping"].update(mapping)
    assert remedy(doc) == "`--partial` would leave out 1 entry of a union and no operation"
    described = read(doc)
    assert ids(described) == ALL
    assert left(described) == {("mapping", "round of Shape")}
    assert described.document.data["components"]["schemas"]["Shape"]["discriminator"]["mapping"] == {"SQUARE": "Square"}


def test_a_discriminator_that_maps_nothing_any_more_goes(doc: Doc) -> None:
    shape = doc["components"]["schemas"]["Shape"]
    shape["oneOf"] = [{"type": "object", "properties": {"kind": {"type": "string"}}}]
    shape["discriminator"]["mapping"] = {"round": "#/components/schemas/Nowhere"}
    assert "discriminator" not in read(doc).document.data["components"]["schemas"]["Shape"]


def test_a_member_that_a_discriminator_tells_apart_costs_its_entry(doc: Doc) -> None:
    doc["components"]["schemas"]["Round"]["properties"]["radius"]["type"] = "lamp"
    described = read(doc)
    assert ids(described) == ALL
    assert left(described) == {("schema", "Round"), ("entry", "Round of Shape")}
    assert described.document.data["components"]["schemas"]["Shape"] == {
        "oneOf": [{"$ref": "#/components/schemas/Square"}],
        "discriminator": {"propertyName": "kind", "mapping": {"SQUARE": "Square"}},
    }


def test_a_union_of_which_nothing_is_left_goes(doc: Doc) -> None:
    for member in ("Round", "Square"):
        doc["components"]["schemas"][member]["properties"]["kind"]["type"] = "txt"
    described = read(doc)
    assert ids(described) == ALL - {"getRoom"}
    assert ("schema", "Shape") in left(described)


def test_a_union_without_a_discriminator_needs_its_members(doc: Doc) -> None:
    doc["components"]["schemas"]["Round"]["properties"]["radius"]["type"] = "lamp"
    del doc["components"]["schemas"]["Shape"]["discriminator"]
    assert ids(read(doc)) == ALL - {"getRoom"}


def test_what_nothing_is_made_of_costs_no_operation(doc: Doc) -> None:
    lamps = operation(doc, "/lamps", "post")
    lamps["callbacks"] = {"done": {"{$request.body#/url}": {"post": {"responses": {"2OO": {"description": "?"}}}}}}
    lamps["responses"]["201"]["links"]["list"] = {"$ref": "#/components/schemas/Room"}
    lamps["summary"] = ["3"]
    lamps["tags"] = {"lamps": "a"}
    doc["tags"] = "lamps and rooms"
    lamps["requestBody"]["content"]["application/json"]["examples"] = {"one": {"$ref": "#/components/examples/one"}}
    described = read(doc)
    assert ids(described) == ALL
    assert {kind for kind, _ in left(described)} == {"callback", "link", "prose", "example"}


def test_a_discriminator_of_nothing_costs_only_itself(doc: Doc) -> None:
    doc["components"]["schemas"]["Shape"]["discriminator"] = {"mapping": {"round": "Round"}}
    described = read(doc)
    assert ids(described) == ALL
    assert left(described) == {("discriminator", "discriminator of Shape")}


def test_what_others_refer_to_in_an_operation_outlives_it(doc: Doc) -> None:
    schema = {"type": "object", "properties": {"on": {"type": "boolean"}}}
    room = operation(doc, "/rooms/{room}", "get")
    room["responses"]["200"]["content"]["application/json"]["schema"] = schema
    room["responses"]["202"] = {"$ref": "#/components/schemas/Room"}
    target = "#/paths/~1rooms~1{room}/get/responses/200/content/application~1json/schema"
    doc["components"]["schemas"]["Lamp"]["properties"]["room"] = {"$ref": target}
    doc["components"]["schemas"]["Lamp"]["properties"]["on"] = {"$ref": f"{target}/properties/on"}
    described = read(doc)
    assert ids(described) == ALL - {"getRoom"}
    schemas = described.document.data["components"]["schemas"]
    moved = schemas["Lamp"]["properties"]["room"]["$ref"]
    assert described.document.resolve(moved)[1] == schema
    assert described.document.resolve(schemas["Lamp"]["properties"]["on"]["$ref"])[1] == {"type": "boolean"}
    assert described.document.origin(moved[1:]).pointer == target[1:]


def test_what_holds_a_broken_node_does_not_outlive_it(doc: Doc) -> None:
    room = operation(doc, "/rooms/{room}", "get")["responses"]["200"]["content"]["application/json"]
    room["schema"] = {"type": "object", "properties": {"on": {"type": "lamp"}}}
    target = "#/paths/~1rooms~1{room}/get/responses/200/content/application~1json/schema"
    doc["components"]["schemas"]["Lamp"]["properties"]["room"] = {"$ref": target}
    assert ids(read(doc)) == {"deleteRoom"}


def test_a_node_outside_the_known_sections_costs_who_refers_to_it(doc: Doc) -> None:
    doc["x-parts"] = {"Size": {"type": "lamp"}}
    doc["components"]["schemas"]["Colour"] = {"$ref": "#/x-parts/Size"}
    assert ids(read(doc)) == {"getRoom", "deleteRoom"}


def test_a_scheme_that_says_nothing_costs_what_asks_for_it_alone(doc: Doc) -> None:
    schemes = {"none": {"description": "?"}, "key": {"type": "apiKey", "in": "header", "name": "k"}}
    doc["components"]["securitySchemes"] = schemes
    doc["security"] = [{"none": []}]
    operation(doc, "/lamps", "get")["security"] = [{"none": [], "key": []}, {"key": []}]
    described = read(doc)
    assert ids(described) == ALL
    assert described.document.data["security"] == []
    assert described.document.data["paths"]["/lamps"]["get"]["security"] == [{"key": []}]
    assert {kind for kind, _ in left(described)} == {"security_scheme", "requirement"}


@pytest.mark.parametrize(
    "change",
    [{"paths": 3}, {"paths": None}, {"openapi": "4.0"}, {"components": []}, {"servers": [{"description": "here"}]}],
)
def test_what_breaks_the_document_as_a_whole_is_refused_always(doc: Doc, change: Doc) -> None:
    doc.update(change)
    with pytest.raises(InputError) as caught:
        read(doc)
    assert caught.value.diagnostics.failed
    assert remedy(doc) is None


def test_not_yaml_is_refused_always() -> None:
    Path("lamps.yaml").write_text("a: [")
    with pytest.raises(InputError):
        read_api(Path("lamps.yaml"), partial=True)


def test_references_that_loading_refuses(doc: Doc) -> None:
    Path("broken.yaml").write_text("Room: [")
    doc["components"]["schemas"]["Room"] = {"$ref": "broken.yaml#/Room"}
    doc["components"]["schemas"]["Colour"] = {"$ref": "https://example.com/colours.yaml#/Colour"}
    described = read(doc)
    assert ids(described) == {"deleteRoom"}
    rules = {omission.name: omission.rule for omission in described.omissions}
    assert (rules["Room"], rules["Colour"]) == ("dangling-ref", "ref-network")
    assert ("not-yaml", Level.WARNING) in {(d.rule, d.level) for d in described.diagnostics}


@pytest.mark.parametrize("config", ["[api]\npartial = true\n", 'partial = true\n[api]\nprofile = "plain"\n'])
def test_the_configuration_says_so_too(doc: Doc, config: str) -> None:
    doc["components"]["schemas"]["Colour"]["type"] = "sting"
    assert ids(read(doc, partial=False, config=config)) == {"getRoom", "deleteRoom"}


@pytest.mark.parametrize("config", ["[api]\npartial = false\n", "partial = false\n"])
def test_the_configuration_may_say_that_it_is_not(doc: Doc, config: str) -> None:
    doc["components"]["schemas"]["Colour"]["type"] = "sting"
    with pytest.raises(InputError):
        read(doc, partial=False, config=config)


def test_settings_of_what_was_left_out_are_no_mistake(doc: Doc) -> None:
    doc["components"]["schemas"]["Colour"]["type"] = "sting"
    config = '[operations.addLamp]\nsafety = "write"\n[operations."lamps.add_lamp"]\nsafety = "write"\n'
    found = read(doc, config=config).diagnostics
    assert [(d.level, d.message) for d in found if d.rule == "unknown-operation"] == [
        (Level.WARNING, "the description has no operation `lamps.add_lamp`")
    ]


def test_of_several_descriptions_each_loses_what_it_has_to(doc: Doc) -> None:
    other = copy.deepcopy(doc)
    doc["paths"].pop("/lamps")
    other["paths"].pop("/rooms/{room}")
    doc["components"]["schemas"]["Room"]["properties"]["shape"] = {"$ref": "#/components/schemas/Shapes"}
    other["components"]["schemas"]["Colour"]["type"] = "sting"
    for name, data in (("a.yaml", doc), ("b.yaml", other)):
        Path(name).write_text(yaml.safe_dump(data, sort_keys=False))
    described = read_api([Path("a.yaml"), Path("b.yaml")], partial=True)
    assert ids(described) == {"deleteRoom"}
    assert {o.origin.file for o in described.omissions if o.kind == "operation"} == {"a.yaml", "b.yaml"}


def test_two_descriptions_of_one_request_that_differ(doc: Doc) -> None:
    other = copy.deepcopy(doc)
    operation(other, "/lamps", "post")["deprecated"] = True
    for name, data in (("a.yaml", doc), ("b.yaml", other)):
        Path(name).write_text(yaml.safe_dump(data, sort_keys=False))
    described = read_api([Path("a.yaml"), Path("b.yaml")], partial=True)
    assert [(o.name, o.rule, o.origin.file) for o in described.omissions] == [("POST /lamps", "same-request", "b.yaml")]
    assert ids(described) == ALL


SWAGGER = """\
swagger: "2.0"
info: {title: Lamps, version: "1"}
parameters:
  wanted: {name: w, in: query, required: true, type: array, items: {type: string}, collectionFormat: tabs}
paths:
  /lamps:
    get:
      parameters: [{name: p, in: query, type: array, items: {type: string}, collectionFormat: tabs}]
      responses: {"200": {description: d, schema: {$ref: "#/definitions/Lamp"}}}
    put:
      parameters: [{$ref: "#/parameters/wanted"}]
      responses: {"200": {description: d}}
    post:
      parameters: [{name: b, in: body, schema: {$ref: "#/definitions/Broken"}}]
      responses: {"200": {description: d}}
definitions:
  Lamp: {type: object}
  Broken: {type: object, properties: {a: {$ref: "#/definitions/Lmap"}}}
"""


def test_swagger_2() -> None:
    Path("lamps.yaml").write_text(SWAGGER)
    described = read_api(Path("lamps.yaml"), partial=True)
    assert left(described) == {
        ("parameter", "p of GET /lamps"),
        ("parameter", "w"),
        ("operation", "PUT /lamps"),
        ("schema", "Broken"),
        ("operation", "POST /lamps"),
    }
    assert [(o.method, o.parameters) for o in described.api.operations] == [("GET", ())]
    places = {o.name: str(described.document.locate(o.because)) for o in described.omissions if o.rule != "left-out"}
    assert places == {"p of GET /lamps": "lamps.yaml:8:95", "w": "lamps.yaml:4:3", "Broken": "lamps.yaml:18:49"}
