from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import openapi_spec_validator
import pytest
import yaml
from vcsdk.config.model import Config, PackageNames
from vcsdk.diagnostics import Diagnostics
from vcsdk.load import Document, load
from vcsdk.normalize import RULES, RepairMade, normalize

NAMES = PackageNames("lamps", "lamps", "Lamps")


def mend(
    tmp_path: Path, text: str, *, version: str = "3.0.3", profile: str = "plain", off: tuple[str, ...] = ()
) -> tuple[Document, list[RepairMade]]:
    path = tmp_path / "input.yaml"
    info = "" if text.startswith("info:") else 'info: {title: Lamps, version: "1"}\n'
    path.write_text(f"openapi: {version}\n{info}{text}")
    diagnostics = Diagnostics()
    document = load(path, diagnostics)
    made = normalize(document, Config(NAMES, profile=profile, repairs_off=off), diagnostics)
    assert [found for found in diagnostics if found.rule != "undeclared-security"] == []
    return document, made


def operation(**fields: Any) -> dict[str, Any]:
    return {"operationId": "list", "responses": {"204": {"description": "Done"}}, **fields}


def paths(items: dict[str, Any]) -> str:
    return yaml.dump({"paths": items}, sort_keys=False)


DATE = {"type": "string", "format": "date"}
SCHEMAS = "paths: {}\ncomponents: {schemas: {A: "

CASES: dict[str, tuple[str, str, str]] = {
    "query-in-path": ("3.0.3", paths({"/a?b=c": {"get": operation()}}), "plain"),
    "dangling-request-body": (
        "3.0.3",
        paths({"/a": {"post": operation(requestBody={"$ref": "#/components/requestBodies/A"})}})
        + "components: {schemas: {A: {}}}",
        "plain",
    ),
    "schema-required-boolean": ("3.0.3", SCHEMAS + "{properties: {b: {required: true}}}}}", "plain"),
    "duplicate-operation-id": ("3.0.3", paths({"/a": {"get": operation(), "put": operation()}}), "plain"),
    "missing-operation-id": ("3.0.3", paths({"/a": {"get": {"responses": {}}}}), "plain"),
    "integer-response-code": (
        "3.0.3",
        "paths: {/a: {get: {operationId: x, responses: {204: {description: d}}}}}",
        "plain",
    ),
    "array-without-items": ("3.0.3", SCHEMAS + "{type: array}}}", "plain"),
    "value-of-another-type": ("3.0.3", SCHEMAS + '{maxLength: "10"}}}', "plain"),
    "mapping-to-schema": (
        "3.0.3",
        SCHEMAS + "{oneOf: [{properties: {k: {type: string}}}],"
        " discriminator: {propertyName: k, mapping: {a: {properties: {k: {type: string}}}}}}}}",
        "plain",
    ),
    "type-by-another-name": ("3.0.3", SCHEMAS + "{type: String}}}", "plain"),
    "types-of-json-schema": ("3.0.3", SCHEMAS + '{type: [string, "null"]}}}', "plain"),
    "items-as-list": ("3.0.3", SCHEMAS + "{type: array, items: [{type: string}]}}}", "plain"),
    "status-in-lower-case": (
        "3.0.3",
        paths({"/a": {"get": operation(responses={"2xx": {"description": ""}})}}),
        "plain",
    ),
    "nothing-given": ("3.0.3", SCHEMAS + "{description: }}}", "plain"),
    "missing-responses": ("3.0.3", paths({"/a": {"get": {"operationId": "a"}}}), "plain"),
    "repeated-parameter": (
        "3.0.3",
        paths({"/a": {"get": operation(parameters=[{"name": "a", "in": "query", "schema": {}}] * 2)}}),
        "plain",
    ),
    "undeclared-path-parameter": ("3.0.3", paths({"/a/{b}": {"get": operation()}}), "plain"),
    "stray-path-parameter": (
        "3.0.3",
        paths({"/a": {"get": operation(parameters=[{"name": "b", "in": "path", "required": True, "schema": {}}])}}),
        "plain",
    ),
    "parameter-without-form": (
        "3.0.3",
        paths({"/a": {"get": operation(parameters=[{"name": "b", "in": "query"}])}}),
        "plain",
    ),
    "missing-info": ("3.0.3", 'info: {version: "1"}\npaths: {}\n', "plain"),
    "undeclared-security": ("3.0.3", "paths: {}\nsecurity: [{a: []}]\n", "plain"),
    "anchor": ("3.1.0", SCHEMAS + "{$ref: '#b'}, B: {$anchor: b, type: string}}}", "plain"),
    "missing-servers": ("3.0.3", "paths: {}\nsecurity: []\n", "vapi"),
    "missing-security": ("3.0.3", "paths: {}\nservers: [{url: /}]\n", "vapi"),
    "empty-parameter-list": ("3.0.3", paths({"/a": {"get": operation(parameters=None)}}), "plain"),
    "nullable-in-3.1": ("3.1.0", SCHEMAS + "{type: string, nullable: true}}}", "plain"),
    "misspelt-reference": ("3.0.3", SCHEMAS + "{$ref: '#components/schemas/B'}, B: {type: string}}}", "plain"),
    "word-in-capitals": ("3.0.3", paths({"/a": {"GET": operation()}}), "plain"),
    "query-as-a-whole": (
        "3.2.0",
        paths(
            {
                "/a": {
                    "get": operation(
                        parameters=[
                            {
                                "name": "a",
                                "in": "querystring",
                                "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}},
                            }
                        ]
                    )
                }
            }
        ),
        "plain",
    ),
    "part-of-swagger-2": (
        "3.0.3",
        paths({"/a": {"get": operation(responses={"200": {"description": "", "schema": {"type": "string"}}})}}),
        "plain",
    ),
    "nullable-in-all-of": ("3.0.3", SCHEMAS + "{allOf: [{type: string}, {nullable: true}]}}}", "plain"),
    "boolean-schema": ("3.1.0", SCHEMAS + "true}}", "plain"),
    "boolean-as-text": ("3.0.3", SCHEMAS + '{nullable: "true"}}}', "plain"),
    "missing-response-description": ("3.0.3", paths({"/a": {"get": operation(responses={"204": {}})}}), "plain"),
    "optional-path-parameter": (
        "3.0.3",
        paths({"/{a}": {"get": operation(parameters=[{"name": "a", "in": "path", "schema": {}}])}}),
        "plain",
    ),
    "undeclared-schema": ("3.0.3", SCHEMAS + "{$ref: '#/components/schemas/Turbine'}}}", "plain"),
    "keyword-beside-schema": (
        "3.0.3",
        paths({"/a": {"get": operation(parameters=[{"name": "a", "in": "query", "schema": {}, "enum": ["b"]}])}}),
        "plain",
    ),
    "one-of-anything": ("3.0.3", SCHEMAS + "{oneOf: [{}, {description: it}]}}}", "plain"),
    "empty-required": ("3.0.3", SCHEMAS + "{required: []}}}", "plain"),
    "examples-in-schema": ("3.0.3", SCHEMAS + "{examples: {b: c, d: e}}}}", "plain"),
    "keyword-of-another-version": ("3.0.3", SCHEMAS + "{additionalItems: false}}}", "plain"),
    "enumeration-in-prose": (
        "3.0.3",
        "paths: {}\nservers: [{url: /}]\nsecurity: []\n"
        "components: {schemas: {C: {type: string, enum: [B]}, A: {type: string, "
        "description: 'Possible values: - `B` For more information see: *C*.'}}}",
        "vapi",
    ),
    "path-item-ref": (
        "3.0.3",
        paths({"/a": {"$ref": "#/components/pathItems/A"}})
        + "components: {pathItems: {A: {get: {operationId: x, responses: {}}}}}",
        "plain",
    ),
}


def test_every_rule_has_a_case_and_a_reason() -> None:
    assert {rule.id for rule in RULES} == set(CASES)
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.summary.endswith((".", ":", ",")) or len(rule.summary) > 20 for rule in RULES)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_mends_reports_and_can_be_switched_off(tmp_path, rule: str) -> None:
    version, text, profile = CASES[rule]
    document, made = mend(tmp_path, text, version=version, profile=profile)
    assert [(m.rule, m.count) for m in made] == [(rule, 1)]
    assert document.locate(made[0].places[0].origin).line >= 1
    _, again = mend(tmp_path, text, version=version, profile=profile, off=(rule,))
    assert rule not in {m.rule for m in again}


@pytest.mark.parametrize("rule", CASES)
def test_mending_twice_changes_nothing(tmp_path, rule: str) -> None:
    version, text, profile = CASES[rule]
    document, _ = mend(tmp_path, text, version=version, profile=profile)
    once = copy.deepcopy(document.data)
    assert normalize(document, Config(NAMES, profile=profile), Diagnostics()) == []
    assert document.data == once


def test_what_is_valid_stays_as_it_is(tmp_path) -> None:
    text = paths({"/a": {"get": operation(parameters=[])}})
    document, made = mend(tmp_path, text)
    assert made == []
    assert document.data["paths"] == yaml.safe_load(text)["paths"]


def test_a_missing_request_body_becomes_json_of_the_schema(tmp_path) -> None:
    document, _ = mend(tmp_path, CASES["dangling-request-body"][1])
    assert document.data["paths"]["/a"]["post"]["requestBody"] == {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}},
        "required": True,
    }


def test_a_request_body_without_a_schema_of_its_name_is_left_to_the_checks(tmp_path) -> None:
    reference = {"$ref": "#/components/requestBodies/B"}
    document, made = mend(tmp_path, paths({"/a": {"post": operation(requestBody=dict(reference))}}))
    assert made == []
    assert document.data["paths"]["/a"]["post"]["requestBody"] == reference


@pytest.mark.parametrize(
    ("version", "expected"), [("3.0.3", {}), ("3.1.0", {"description": "Wind"})], ids=["3.0", "3.1"]
)
def test_an_undeclared_schema_becomes_any_json(tmp_path, version: str, expected: dict[str, Any]) -> None:
    text = SCHEMAS + "{items: {$ref: '#/components/schemas/Turbine', description: Wind}}}}"
    document, made = mend(tmp_path, text, version=version)
    assert document.data["components"]["schemas"]["A"] == {"items": expected}
    assert made[0].places[0].message == "`#/components/schemas/Turbine` is not declared; accepted any JSON"


@pytest.mark.parametrize(
    "missing",
    [
        "schemas/Lam",
        "schemas/Tub",
        "schemas/Lamps",
        "schemas/a b c d",
        "schemas/std.lampInfo",
        "schemas/Std_Lamp_Infos",
        "schemas/Bulb",
        "schemas/Lamp/items",
        "responses/X",
    ],
)
def test_what_may_be_misspelt_is_left_to_the_checks(tmp_path, missing: str) -> None:
    text = "paths: {}\ncomponents:\n  parameters: {bulb: {name: b, in: query, schema: {}}}\n"
    text += f"  schemas: {{Lamp: {{}}, StdLampInfo: {{}}, A: {{$ref: '#/components/{missing}'}}}}\n"
    document, made = mend(tmp_path, text)
    assert made == []
    assert document.data["components"]["schemas"]["A"] == {"$ref": f"#/components/{missing}"}


def test_a_file_that_lost_very_many_schemas_is_not_mended_to_nothing(tmp_path) -> None:
    lost = {f"p{n}": {"$ref": f"#/components/schemas/Q{n * 7919}"} for n in range(60)}
    items = {"paths": {}, "components": {"schemas": {"Lamp": {"properties": lost}}}}
    _, made = mend(tmp_path, yaml.dump(items))
    assert made[0].count == 50


def test_required_is_lifted_to_the_parent_in_order_and_once(tmp_path) -> None:
    text = SCHEMAS + "{required: [c], properties: {b: {required: true}, c: {required: true}, d: {required: false}}}}}"
    document, made = mend(tmp_path, text)
    assert document.data["components"]["schemas"]["A"] == {
        "required": ["c", "b"],
        "properties": {"b": {}, "c": {}, "d": {}},
    }
    assert made[0].count == 3


def test_a_property_called_required_is_no_boolean(tmp_path) -> None:
    assert mend(tmp_path, SCHEMAS + "{properties: {required: {type: boolean}}}}}")[1] == []


def test_operation_ids_are_made_of_the_tag_then_method_and_path(tmp_path) -> None:
    items = {
        "/a": {"get": operation(tags=["x/y"]), "put": operation(tags=["x/y"])},
        "/b?c=d": {"get": operation(tags=["x/y"]), "put": operation()},
    }
    document, _ = mend(tmp_path, paths(items))
    ids = [item[m]["operationId"] for item in document.data["paths"].values() for m in ("get", "put")]
    assert ids == ["list", "x.y_list", "x.y_list_get_/b?c=d", "b_list"]


def test_adding_an_operation_renames_none(tmp_path) -> None:
    items = {f"/{tag}": {"get": operation(tags=[tag])} for tag in "abc"}
    before = mend(tmp_path, paths(items))[0].data["paths"]
    other = {"/0": {"get": operation(operationId="other", tags=["a"])}}
    last = {"/z": {"get": operation(tags=["z"])}}
    after = mend(tmp_path, paths({**other, **items, **last}))[0].data["paths"]
    assert {key: item["get"]["operationId"] for key, item in before.items()} == {
        key: after[key]["get"]["operationId"] for key in before
    }


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: string, nullable: true}", {"type": ["string", "null"]}),
        ("{type: [string, 'null'], nullable: true}", {"type": ["string", "null"]}),
        ("{type: string, enum: [a], nullable: true}", {"type": ["string", "null"], "enum": ["a", None]}),
        (
            "{$ref: '#/components/schemas/B', nullable: true}",
            {"anyOf": [{"$ref": "#/components/schemas/B"}, {"type": "null"}]},
        ),
        ("{oneOf: [{type: string}], nullable: true}", {"oneOf": [{"type": "string"}, {"type": "null"}]}),
        ("{type: string, nullable: false}", {"type": "string"}),
        ("{nullable: true}", {}),
    ],
)
def test_nullable_of_3_0_in_3_1(tmp_path, schema: str, expected: dict[str, Any]) -> None:
    document, _ = mend(tmp_path, f"{SCHEMAS}{schema}, B: {{type: object}}}}}}", version="3.1.0")
    assert document.data["components"]["schemas"]["A"] == expected


def test_nullable_stays_in_3_0(tmp_path) -> None:
    assert mend(tmp_path, SCHEMAS + "{type: string, nullable: true}}}")[1] == []


def test_boolean_schemas_of_3_1(tmp_path) -> None:
    schema = "{properties: {a: true, b: false}, items: true, anyOf: [true], additionalProperties: false}"
    document, made = mend(tmp_path, f"{SCHEMAS}{schema}}}}}", version="3.1.0")
    assert document.data["components"]["schemas"]["A"] == {
        "properties": {"a": {}, "b": {"not": {}}},
        "items": {},
        "anyOf": [{}],
        "additionalProperties": False,
    }
    assert made[0].count == 4


def test_sessions_are_made_with_basic_authentication(tmp_path) -> None:
    items = {"/api/session": {"post": operation()}, "/a": {"get": operation(operationId="b")}}
    document, _ = mend(tmp_path, paths(items), profile="vapi")
    assert document.data["security"] == [{"api_key_auth": []}]
    assert document.data["paths"]["/api/session"]["post"]["security"] == [{"basic_auth": []}]
    assert "security" not in document.data["paths"]["/a"]["get"]
    assert document.data["servers"][0]["url"] == "https://{host}"


SESSION = "{type: apiKey, in: header, name: VMware-API-Session-ID}"
ACCOUNT = "{type: http, scheme: Basic}"


@pytest.mark.parametrize(
    ("schemes", "asks", "declared", "security", "repairs"),
    [
        (f"own: {ACCOUNT}", "", ["own", "session_id"], "session_id", 1),
        (f"token: {SESSION}, own: {ACCOUNT}", "", ["token", "own"], "token", 1),
        (
            "api_key_auth: {type: apiKey, in: query, name: k}",
            "",
            ["api_key_auth", "session_id", "basic_auth"],
            "session_id",
            1,
        ),
        (f"token: {SESSION}", "security: [{token: []}]\n", ["token", "basic_auth"], "token", 1),
        (f"token: {SESSION}, own: {ACCOUNT}", "security: [{token: []}]\n", ["token", "own"], "token", 0),
        ("", "security: []\n", [], None, 0),
    ],
)
def test_a_session_takes_what_is_declared(tmp_path, schemes, asks, declared, security, repairs) -> None:
    text = f"paths: {{}}\nservers: [{{url: /api}}]\n{asks}components: {{securitySchemes: {{{schemes}}}}}\n"
    document, made = mend(tmp_path, text, profile="vapi")
    assert list(document.data["components"]["securitySchemes"]) == declared
    assert document.data["security"] == ([{security: []}] if security else [])
    assert [m.rule for m in made] == ["missing-security"] * repairs


def test_security_of_a_described_session_is_kept(tmp_path) -> None:
    paths = "{/session: {post: {responses: {}}}, /a: {get: {security: [{own: []}], responses: {}}}}"
    text = f"paths: {paths}\nservers: [{{url: /api}}]\ncomponents: {{securitySchemes: {{own: {ACCOUNT}}}}}\n"
    document, made = mend(tmp_path, text, profile="vapi")
    assert "missing-security" not in [m.rule for m in made]
    assert list(document.data["components"]["securitySchemes"]) == ["own"]


def test_the_guide_names_every_rule() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert [rule.id for rule in RULES if f"| `{rule.id}` |" not in guide] == []


@pytest.mark.parametrize(
    ("parameter", "schema"),
    [
        ({"schema": {"type": "string"}, "enum": ["b"], "type": "integer"}, {"type": "string", "enum": ["b"]}),
        (
            {"schema": {"$ref": "#/components/schemas/A"}, "default": 1},
            {"allOf": [{"$ref": "#/components/schemas/A"}], "default": 1},
        ),
        ({"type": "integer", "format": "int64"}, {"type": "integer", "format": "int64"}),
    ],
    ids=["schema", "reference", "no schema"],
)
def test_keywords_beside_a_schema_go_inside_and_lose_to_what_is_there(
    tmp_path, parameter: dict[str, Any], schema: dict[str, Any]
) -> None:
    given = {"name": "a", "in": "query", **parameter}
    text = paths({"/a": {"get": operation(parameters=[given])}}) + "components: {schemas: {A: {}}}"
    document, _ = mend(tmp_path, text)
    openapi_spec_validator.validate(document.data)
    assert document.data["paths"]["/a"]["get"]["parameters"] == [{"name": "a", "in": "query", "schema": schema}]


def test_keywords_of_later_versions_stay_as_extensions_in_3_0_and_as_they_are_in_3_1(tmp_path) -> None:
    keywords = {"const": 5, "additionalItems": False, "examples": [1, 2], "required": [], "properties": {"if": {}}}
    text = yaml.dump({"paths": {}, "components": {"schemas": {"A": keywords}}})
    document, _ = mend(tmp_path, text)
    openapi_spec_validator.validate(document.data)
    assert document.data["components"]["schemas"]["A"] == {
        "enum": [5],
        "x-additionalItems": False,
        "example": 1,
        "properties": {"if": {}},
    }
    later, made = mend(tmp_path, text, version="3.1.0")
    assert made == []
    assert later.data["components"]["schemas"]["A"] == keywords


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{type: integer, enum: [1.0, 2.0]}", {"type": "integer", "enum": [1, 2]}),
        ("{type: integer, default: 3.0}", {"type": "integer", "default": 3}),
        ("{type: [integer, 'null'], enum: [1.0, null]}", {"type": ["integer", "null"], "enum": [1, None]}),
        ("{type: integer, const: 4.0}", {"type": "integer", "const": 4}),
        ("{type: number, enum: [1.0]}", None),
        ("{type: [integer, number], default: 1.0}", None),
        ("{type: integer, enum: [1.5]}", None),
        ("{enum: [1.0]}", None),
    ],
)
def test_integers_have_no_point(tmp_path, schema: str, expected: dict[str, Any] | None) -> None:
    document, made = mend(tmp_path, SCHEMAS + schema + "}}", version="3.1.0")
    found = document.data["components"]["schemas"]["A"]
    assert [each.rule for each in made] == ([] if expected is None else ["value-of-another-type"])
    if expected is not None:
        assert repr(found) == repr(expected), "1 and 1.0 are equal in Python"


@pytest.mark.parametrize(
    ("version", "schema", "expected"),
    [
        ("3.0.3", "{type: Integer}", {"type": "integer"}),
        ("3.0.3", "{type: int64}", {"type": "integer", "format": "int64"}),
        ("3.0.3", "{type: long, format: int32}", {"type": "integer", "format": "int32"}),
        ("3.0.3", "{type: float, minimum: 1}", {"type": "number", "minimum": 1, "format": "float"}),
        ("3.0.3", "{type: Bool}", {"type": "boolean"}),
        ("3.0.3", "{type: date}", {"type": "string", "format": "date"}),
        ("3.0.3", "{type: dateTime}", {"type": "string", "format": "date-time"}),
        ("3.0.3", "{type: file}", {"type": "string", "format": "binary"}),
        (
            "3.0.3",
            "{type: list, items: {type: UUID}}",
            {"type": "array", "items": {"type": "string", "format": "uuid"}},
        ),
        ("3.0.3", "{type: any, description: d}", {"description": "d"}),
        ("3.1.0", "{type: [String, Null]}", {"type": ["string", "null"]}),
        ("3.0.3", "{properties: {b: string, c: Date}}", {"properties": {"b": {"type": "string"}, "c": DATE}}),
        ("3.0.3", "{additionalProperties: 'false'}", {"additionalProperties": False}),
        ("3.0.3", "{properties: {type: {type: string}}}", {"properties": {"type": {"type": "string"}}}),
    ],
)
def test_types_by_other_names(tmp_path, version: str, schema: str, expected: dict[str, Any]) -> None:
    document, _ = mend(tmp_path, SCHEMAS + schema + "}}", version=version)
    assert document.data["components"]["schemas"]["A"] == expected


def test_a_name_that_means_no_type_is_left_to_the_checks(tmp_path) -> None:
    document, made = mend(tmp_path, SCHEMAS + "{properties: {b: {type: lamp}, c: {type: decimal}}}}}")
    assert made == []
    assert document.data["components"]["schemas"]["A"]["properties"]["b"] == {"type": "lamp"}


INNER = (
    "{oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}], discriminator: {propertyName: i}}"
)


@pytest.mark.parametrize(
    ("union", "expected"),
    [
        (
            f"{{oneOf: [{INNER}, {{$ref: '#/components/schemas/B'}}], mapping: {{x: {INNER}}}}}",
            "#/components/schemas/A/oneOf/0",
        ),
        (
            f"{{anyOf: [{{$ref: '#/components/schemas/B'}}, {INNER}], mapping: {{x: {INNER}}}}}",
            "#/components/schemas/A/anyOf/1",
        ),
        (
            "{oneOf: [{$ref: '#/components/schemas/B'}], mapping: {x: {$ref: '#/components/schemas/B'}}}",
            "#/components/schemas/B",
        ),
    ],
)
def test_a_mapping_to_what_is_written_out(tmp_path, union: str, expected: str) -> None:
    schema = yaml.safe_load(union)
    schema["discriminator"] = {"propertyName": "k", "mapping": schema.pop("mapping")}
    member = {"type": "object", "properties": {"k": {"type": "string"}, "i": {"type": "string"}}}
    text = yaml.dump({"paths": {}, "components": {"schemas": {"A": schema, "B": member, "C": member}}}, sort_keys=False)
    document, made = mend(tmp_path, text)
    assert document.data["components"]["schemas"]["A"]["discriminator"]["mapping"] == {"x": expected}
    assert [each.rule for each in made] == ["mapping-to-schema"]


def test_a_mapping_to_what_is_no_member_is_left_to_the_checks(tmp_path) -> None:
    schema = (
        "{oneOf: [{properties: {k: {type: string}}}], discriminator: {propertyName: k, mapping: {a: {type: object}}}}"
    )
    document, made = mend(tmp_path, SCHEMAS + schema + "}}")
    assert made == []
    assert document.data["components"]["schemas"]["A"]["discriminator"]["mapping"] == {"a": {"type": "object"}}
