"""Small descriptions of odd kinds: the simulator of each agrees with the suite of the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.holding import hold

HEAD = "openapi: {version}\ninfo: {{title: Odd, version: '1'}}\n"
OK = "responses: {'204': {description: ok}}"


def answering(schema: str) -> str:
    return f"responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}"


def reading(schema: str, path: str = "/x") -> str:
    return f"paths:\n  {path}: {{get: {{{answering(schema)}}}}}\n"


def asking(*parameters: str, path: str = "/x") -> str:
    return f"paths: {{{path}: {{get: {{parameters: [{', '.join(parameters)}], {OK}}}}}}}\n"


BASE = """components:
  schemas:
    Base: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    One: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [o], properties: {o: {type: string}}}]}
    Two: {allOf: [{$ref: '#/components/schemas/One'}, {type: object, properties: {t: {type: integer}}}]}
"""
REF = "{$ref: '#/components/schemas/A'"
A = "components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}\n"
SCHEMES = "components: {securitySchemes: {m: {type: mutualTLS}, q: {type: apiKey, in: query, name: key}}}\n"
HELD = "{type: object, required: [v], properties: {v: %s}}"
AT_200 = "/responses/200/content/application~1json/schema"
IN_R = "'#/components/responses/R/content/application~1json/schema'"
RESPONSES = "components: {responses: {R: {description: r, content: {application/json: {schema: %s}}}}}\n"
QUERY = "name: q, in: query"
NAMED = {"name": {"type": "string"}}


def content(schema: Any, **more: Any) -> dict[str, Any]:
    return {"description": "it", "content": {"application/json": {"schema": schema}}, **more}


def kept(listed: Any = None, key: str = "id", headers: Any = None, **shown: Any) -> str:
    """A collection of things that have a name, and what else is `shown`; `listed` answers for the list."""
    thing = {"type": "object", "required": [key], "properties": {key: {"type": "integer"}, **NAMED, **shown}}
    said = {"type": "object", "required": ["name"], "properties": NAMED}
    parameter = {"name": f"thing{key}", "in": "path", "required": True, "schema": {"type": "integer"}}
    made = content(thing, **({"headers": headers} if headers else {}))
    none, bad = {"404": {"description": "none"}}, {"400": {"description": "bad"}}
    paths = {
        "/things": {
            "post": {"requestBody": {"required": True, **content(said)}, "responses": {"201": made, **bad}},
            "get": {"responses": listed or {"200": content({"type": "array", "items": thing})}},
        },
        f"/things/{{thing{key}}}": {"parameters": [parameter], "get": {"responses": {"200": content(thing), **none}}},
    }
    return f"paths: {json.dumps(paths)}\n"


def copied(*methods: str) -> str:
    """The same things, and other methods that each takes (`additionalOperations`)."""
    paths = json.loads(kept(note={"type": "string"}).removeprefix("paths: "))
    thing = paths["/things/{thingid}"]["get"]["responses"]["200"]
    said = {
        "required": True,
        **content({"type": "object", "required": ["to"], "properties": {"to": {"type": "string"}}}),
    }
    node = {
        "requestBody": said,
        "responses": {"200": thing, "400": {"description": "bad"}, "404": {"description": "none"}},
    }
    paths["/things/{thingid}"]["additionalOperations"] = dict.fromkeys(methods, node)
    return f"paths: {json.dumps(paths)}\n"


def located(schema: Any) -> dict[str, Any]:
    return {"Location": {"schema": schema}}


KINDS = {
    # What no engine reads as a pattern, and what is larger than they take.
    "pattern-unreadable": ("3.0.3", reading(HELD % "{type: string, pattern: '['}")),
    "pattern-too-large": ("3.1.0", reading("{type: string, pattern: '^.{0,65536}$'}")),
    "pattern-of-a-parameter": ("3.0.3", asking(f"{{{QUERY}, required: true, schema: {{type: string, pattern: '('}}}}")),
    "pattern-of-names": ("3.1.0", reading("{type: object, patternProperties: {'.*': {type: integer}}}")),
    # Who inherits from a base has more than the base.
    "base-in-a-property": ("3.0.3", reading(HELD % "{$ref: '#/components/schemas/Base'}") + BASE),
    "base-in-a-map": (
        "3.0.3",
        reading("{type: object, additionalProperties: {$ref: '#/components/schemas/Base'}}") + BASE,
    ),
    # Properties beside a reference, and beside alternatives.
    "beside-a-reference": ("3.1.0", reading(REF + ", required: [a], properties: {b: {type: integer}}}") + A),
    "beside-oneOf": (
        "3.1.0",
        reading("{properties: {r: {type: string}}, oneOf: [{required: [s], properties: {s: {type: integer}}}]}"),
    ),
    "beside-anyOf-of-references": (
        "3.1.0",
        reading("{type: object, properties: {r: {type: string}}, anyOf: [" + REF + "}]}") + A,
    ),
    # References to what is no component.
    "reference-to-a-path": (
        "3.0.3",
        reading("{type: object, properties: {q: {type: integer}}}")
        + "  /y: {get: {"
        + answering("{type: array, items: {$ref: '#/paths/~1x/get" + AT_200 + "'}}")
        + "}}\n",
    ),
    "reference-into-a-response": (
        "3.0.3",
        reading("{$ref: " + IN_R + "}") + RESPONSES % ("{type: array, items: {$ref: " + IN_R + "}}"),
    ),
    "null-fits-two": (
        "3.1.0",
        reading(HELD % "{oneOf: [{type: 'null'}, {anyOf: [{type: 'null'}, {type: string}]}]}"),
    ),
    "integers-with-a-point": ("3.0.3", reading(HELD % "{type: integer, enum: [1.0, 2.0]}")),
    # What is in a thing may be called as the parameter of its path is.
    "another-thing-inside": (
        "3.0.3",
        kept(key="uid", city={"type": "object", "properties": {"thinguid": {"type": "integer"}, **NAMED}}),
    ),
    # A list that can have anything in it shows nothing in a form that is known.
    "list-of-anything": ("3.0.3", kept({"200": content({"type": "array", "items": {}})})),
    "list-of-some-objects": ("3.0.3", kept({"200": content({"type": "array", "items": {"type": "object"}})})),
    # What has no content is in no content type.
    "nothing-to-accept": ("3.0.3", kept({"200": {"description": "all"}, "406": {"description": "no"}})),
    "location-is-a-uri": ("3.0.3", kept(headers=located({"type": "string", "format": "uri"}))),
    "location-is-a-reference": ("3.0.3", kept(headers=located({"type": "string", "format": "uri-reference"}))),
    "location-is-any-text": ("3.0.3", kept(headers=located({"type": "string"}))),
    "a-way-in-capitals": (
        "3.0.3",
        reading("{type: string}")
        + "security: [{w: []}]\ncomponents: {securitySchemes: {w: {type: oAuth2, flows: {}}}}\n",
    ),
    "path-with-a-percent": ("3.0.3", reading("{type: string}", "'/a b/%20c'")),
    "path-of-other-letters": ("3.0.3", reading("{type: string}", "/über/日本")),
    "path-that-takes-all": (
        "3.0.3",
        asking("{name: a, in: path, required: true, schema: {type: string}}", path="'/{a}'"),
    ),
    "path-of-two-that-takes-all": (
        "3.0.3",
        asking(
            "{name: a, in: path, required: true, schema: {type: string}}",
            "{name: b, in: path, required: true, schema: {type: string}}",
            path="'/{a}-{b}'",
        ),
    ),
    "lists-in-a-list": (
        "3.0.3",
        asking(
            f"{{{QUERY}, explode: false, schema: {{type: array, items: {{type: array, items: {{type: integer}}}}}}}}"
        ),
    ),
    "places-of-a-list": (
        "3.1.0",
        asking(
            f"{{{QUERY}, schema: {{type: array, prefixItems: [{{type: number}}, {{type: boolean}}],"
            " minItems: 2, maxItems: 2}}"
        ),
    ),
    "object-that-must-be-there": (
        "3.0.3",
        asking(
            f"{{{QUERY}, required: true, style: deepObject, schema: {{type: object, properties:"
            " {a: {type: integer}, l: {type: array, items: {type: string}}}}}"
        ),
    ),
    "json-of-another-name": (
        "3.0.3",
        asking(
            f"{{{QUERY}, required: true, content: {{application/vnd.x+json:"
            " {schema: {type: array, items: {type: integer}}}}}"
        ),
    ),
    "constant-of-the-query": (
        "3.1.0",
        asking(
            "{name: v, in: query, required: true, schema: {const: 2}}", "{name: n, in: query, schema: {type: integer}}"
        ),
    ),
    "query-as-a-whole": (
        "3.2.0",
        asking(
            "{name: whole, in: querystring, required: true, content: {application/x-www-form-urlencoded: {schema:"
            " {type: object, required: [a], properties:"
            " {a: {type: integer}, l: {type: array, items: {type: string}}}}}}}"
        ),
    ),
    "other-methods": ("3.2.0", copied("COPY", "PROPFIND", "MKCOL")),
    "one-of-anything": (
        "3.0.3",
        "paths: {/x: {post: {requestBody: {required: true, content: {application/json: {schema: {type: object,"
        " required: [a], properties: {a: {type: integer}}}}}}, responses: {'204': {description: ok}, '400':"
        " {description: bad, content: {application/json: {schema:"
        " {oneOf: [{description: one}, {description: other}]}}}}}}}}\n",
    ),
    "certificate": ("3.1.0", f"security: [{{m: []}}]\npaths: {{/x: {{get: {{{OK}}}}}}}\n" + SCHEMES),
    "key-that-is-a-parameter-too": (
        "3.1.0",
        "security: [{q: []}]\n" + asking("{name: key, in: query, schema: {type: string}}") + SCHEMES,
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_simulator_agrees_with_the_suite(kind: str, tmp_path: Path) -> None:
    version, body = KINDS[kind]
    description = tmp_path / "odd.yaml"
    description.write_text(HEAD.format(version=version) + body, encoding="utf-8")
    held = hold(kind, description, tmp_path / "held", ("write",))
    assert not held.untried
    assert not held.trouble
    assert held.requests > 2
    assert not held.rows, str(held)
