"""State where no identifier stands, and what tasks make: over real HTTP, every answer held to its schema."""

from __future__ import annotations

import time

import pytest

from tests.wire.simulator.conftest import HEADER
from tests.wire.simulator.test_resources import served

PLAIN = """
openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example.com/v1"}]
components:
  schemas:
    Opening:
      type: object
      required: [from]
      properties:
        from: {type: string, example: "09:00"}
        until: {type: string, example: "18:00"}
        days: {type: object, properties: {sunday: {type: boolean}, monday: {type: boolean}}}
        state: {type: string, readOnly: true, enum: [OPEN, CLOSED]}
    Change: {type: object, properties: {from: {type: string}, until: {type: string, nullable: true}}}
paths:
  /opening:
    get: {responses: {"200": {$ref: "#/components/responses/Opening"}}}
    patch: {requestBody: {$ref: "#/components/requestBodies/Opening"}, responses: {"204": {description: ok}}}
    put:
      requestBody: {$ref: "#/components/requestBodies/Opening"}
      responses: {"200": {$ref: "#/components/responses/Opening"}}
    delete: {responses: {"204": {description: ok}}}
  /languages:
    get: {responses: {"200": {$ref: "#/components/responses/Texts"}}}
    put:
      requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}
      responses: {"204": {description: ok}}
  /greeting:
    get:
      responses: {"200": {description: ok, content: {application/json: {schema: {type: string, maxLength: 9}}}}}
    put:
      requestBody:
        content: {application/json: {schema: {type: object, properties: {text: {type: string}}}}}
      responses: {"204": {description: ok}}
  /branches:
    get: {responses: {"200": {$ref: "#/components/responses/Texts"}}}
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {branch: {type: string}}}}}}
      responses: {"201": {description: ok, content: {application/json: {schema: {type: string}}}}}
  /branches/{branch}:
    parameters: [{name: branch, in: path, required: true, schema: {type: string}}]
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: object}}}}
        "404": {description: none}
    delete: {responses: {"204": {description: ok}, "404": {description: none}}}
  /branches/{branch}/opening:
    parameters: [{name: branch, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {$ref: "#/components/responses/Opening"}, "404": {description: none}}}
    put:
      requestBody: {content: {application/json: {schema: {type: object, properties: {spec: {
        $ref: "#/components/schemas/Change"}}}}}}
      responses: {"204": {description: ok}, "404": {description: none}}
"""
SHARED = """
  responses:
    Opening: {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Opening"}}}}
    Texts: {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}
  requestBodies:
    Opening: {content: {application/json: {schema: {$ref: "#/components/schemas/Change"}}}}
paths:
"""


@pytest.fixture
def shop(tmp_path):
    simulator, api = served(PLAIN.replace("\npaths:\n", SHARED, 1), tmp_path, "/v1")
    with simulator.running():
        yield api()


def test_a_patch_changes_what_the_description_shows(shop):
    before = shop("GET", "/opening", 200)
    shop("PATCH", "/opening", 204, {"until": "20:00"})
    assert shop("GET", "/opening", 200) == {**before, "until": "20:00"}
    shop("PATCH", "/opening", 204, {"from": "08:00"})
    assert shop("GET", "/opening", 200) == {**before, "from": "08:00", "until": "20:00"}


def test_a_put_says_the_whole_and_answers_it(shop):
    assert shop("PUT", "/opening", 200, {"from": "07:00"}) == {"from": "07:00"}
    assert shop("GET", "/opening", 200) == {"from": "07:00"}
    shop("PATCH", "/opening", 204, {"until": "20:00"})
    assert shop("GET", "/opening", 200) == {"from": "07:00", "until": "20:00"}


def test_what_is_deleted_or_reset_is_as_described_again(shop):
    before = shop("GET", "/opening", 200)
    for back in (lambda: shop("DELETE", "/opening", 204), shop.reset):
        shop("PUT", "/opening", 200, {"from": "07:00"})
        back()
        assert shop("GET", "/opening", 200) == before


def test_a_list_and_a_text_are_settings_too(shop):
    shop("PUT", "/languages", 204, ["de", "fr"])
    assert shop("GET", "/languages", 200) == ["de", "fr"]
    shop("PUT", "/languages", 204, [])
    assert shop("GET", "/languages", 200) == []
    before = shop("GET", "/greeting", 200)
    shop("PUT", "/greeting", 204, {"text": "hello"})
    assert shop("GET", "/greeting", 200) == "hello"
    # What cannot be shown is not kept from being written, and not shown.
    shop("PUT", "/greeting", 204, {"text": "much too long to be one"})
    assert shop("GET", "/greeting", 200) == before


def test_settings_belong_to_their_resource_and_go_with_it(shop):
    one, other = (shop("POST", "/branches", 201, {"branch": name}) for name in ("one", "other"))
    before = shop("GET", f"/branches/{other}/opening", 200)
    shop("PUT", f"/branches/{one}/opening", 204, {"spec": {"from": "05:00"}})
    assert shop("GET", f"/branches/{one}/opening", 200) == {"from": "05:00"}
    assert shop("GET", f"/branches/{other}/opening", 200) == before
    shop("DELETE", f"/branches/{one}", 204)
    shop("GET", f"/branches/{one}/opening", 404)
    shop("POST", "/branches", 201, {"branch": "one"})
    assert shop("GET", f"/branches/{one}/opening", 200) == before


VAPI = """
openapi: 3.0.3
info: {title: Little VCenter, version: "8"}
components:
  schemas:
    Vapi.Std.Errors.Error: {type: object, properties: {error_type: {type: string}, messages: {type: array, items: {}}}}
    Spec: {type: object, properties: {name: {type: string}, library: {type: string}}}
    Info: {type: object, required: [name], properties: {name: {type: string}}}
  responses:
    Missing:
      description: none
      content: {application/json: {schema: {$ref: "#/components/schemas/Vapi.Std.Errors.Error"}}}
    Task: {description: ok, content: {application/json: {schema: {type: string}}}}
    Info: {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Info"}}}}
    Texts: {description: ok, content: {application/json: {schema: {type: array, items: {type: string}}}}}
  requestBodies:
    Spec: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Spec"}}}}
paths:
  /api/libraries:
    get: {operationId: Libraries_list, responses: {"200": {$ref: "#/components/responses/Texts"}}}
  /api/libraries?vmw-task=true:
    post:
      operationId: Libraries_create$Task
      requestBody: {$ref: "#/components/requestBodies/Spec"}
      responses: {"202": {$ref: "#/components/responses/Task"}}
  /api/libraries/{library}:
    parameters: [{name: library, in: path, required: true, schema: {type: string}}]
    get:
      operationId: Libraries_get
      responses: {"200": {$ref: "#/components/responses/Info"}, "404": {$ref: "#/components/responses/Missing"}}
    delete:
      operationId: Libraries_delete
      responses: {"204": {description: ok}, "404": {$ref: "#/components/responses/Missing"}}
  /api/libraries/{library}/books:
    parameters: [{name: library, in: path, required: true, schema: {type: string}}]
    get:
      operationId: Books_list
      responses: {"200": {$ref: "#/components/responses/Texts"}, "404": {$ref: "#/components/responses/Missing"}}
  /api/libraries/{library}/books?action=create&vmw-task=true:
    parameters: [{name: library, in: path, required: true, schema: {type: string}}]
    post:
      operationId: Books_create$Task
      requestBody: {$ref: "#/components/requestBodies/Spec"}
      responses: {"202": {$ref: "#/components/responses/Task"}, "404": {$ref: "#/components/responses/Missing"}}
  /api/libraries/{library}/books/{book}:
    parameters:
      - {name: library, in: path, required: true, schema: {type: string}}
      - {name: book, in: path, required: true, schema: {type: string}}
    get:
      operationId: Books_get
      responses: {"200": {$ref: "#/components/responses/Info"}, "404": {$ref: "#/components/responses/Missing"}}
  /api/motto:
    get: {operationId: Motto_get, responses: {"200": {$ref: "#/components/responses/Info"}}}
  /api/motto?vmw-task=true:
    put:
      operationId: Motto_set$Task
      requestBody: {$ref: "#/components/requestBodies/Spec"}
      responses: {"202": {$ref: "#/components/responses/Task"}}
"""


@pytest.fixture
def vc(tmp_path):
    simulator, api = served(VAPI, tmp_path, "/api")
    with simulator.running():
        api = api()
        api.http.headers[HEADER] = simulator.application.sessions.create("administrator@vsphere.local")
        yield api


def record(vc, task):
    for _ in range(300):
        found = vc.http.get(f"/api/cis/tasks/{task}").json()
        if found["status"] in ("SUCCEEDED", "FAILED"):
            return found
        time.sleep(0.01)
    raise AssertionError("the task does not end")


def test_what_a_task_makes_is_there_once_it_has_succeeded(vc):
    before = vc("GET", "/libraries", 200)
    task = vc("POST", "/libraries?vmw-task=true", 202, {"name": "mine"})
    assert vc("GET", "/libraries", 200) == before
    made = record(vc, task)["result"]
    assert vc("GET", "/libraries", 200) == [*before, made]
    assert vc("GET", f"/libraries/{made}", 200) == {"name": "mine"}
    vc("DELETE", f"/libraries/{made}", 204)
    vc("GET", f"/libraries/{made}", 404)


def test_an_identifier_in_the_body_is_kept(vc):
    assert record(vc, vc("POST", "/libraries?vmw-task=true", 202, {"library": "lib-x"}))["result"] == "lib-x"
    assert vc("GET", "/libraries/lib-x", 200)["name"]


def test_a_task_that_is_canceled_makes_nothing(vc):
    before = vc("GET", "/libraries", 200)
    task = vc("POST", "/libraries?vmw-task=true", 202, {"name": "mine"})
    assert vc.http.post(f"/api/cis/tasks/{task}?action=cancel").status_code < 300
    assert record(vc, task)["status"] == "FAILED"
    time.sleep(0.3)
    assert vc("GET", "/libraries", 200) == before


def test_a_task_fails_where_what_its_product_belongs_to_is_gone(vc):
    library = record(vc, vc("POST", "/libraries?vmw-task=true", 202, {"name": "mine"}))["result"]
    books = f"/libraries/{library}/books"
    book = record(vc, vc("POST", f"{books}?action=create&vmw-task=true", 202, {"name": "a"}))["result"]
    assert vc("GET", f"{books}/{book}", 200) == {"name": "a"}
    task = vc("POST", f"{books}?action=create&vmw-task=true", 202, {"name": "b"})
    vc("DELETE", f"/libraries/{library}", 204)
    failed = record(vc, task)
    assert (failed["status"], failed["error"]["error_type"]) == ("FAILED", "NOT_FOUND")
    vc("POST", "/libraries/none/books?action=create&vmw-task=true", 404, {"name": "c"})


def test_settings_that_a_task_writes_are_read_once_it_has_succeeded(vc):
    before = vc("GET", "/motto", 200)
    task = vc("PUT", "/motto?vmw-task=true", 202, {"name": "new"})
    assert vc("GET", "/motto", 200) == before
    assert "result" not in record(vc, task)
    assert vc("GET", "/motto", 200) == {"name": "new"}
