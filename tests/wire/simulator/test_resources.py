"""State for any description: every shape of collection, over real HTTP, every answer held to its schema."""

from __future__ import annotations

import uuid
from typing import Any

import httpx2
import pytest
from vcsdk.instances.schemas import Schemas
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions
from vcsdk.simulator.routing import Target
from vcsdk.simulator.store import LARGEST_KIND

from tests.wire.simulator.conftest import HEADER, QUICK
from tests.wire.simulator.test_any_description import SPECS

PLAIN = """
openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example.com/v1"}]
components:
  schemas:
    Text: {type: string}
    Order:
      type: object
      required: [id, article]
      properties: {id: {type: integer}, article: {type: string}, note: {type: string}}
    User:
      type: object
      required: [userId, name]
      properties:
        userId: {type: string, format: uuid}
        name: {type: string}
        address: {type: object, properties: {city: {type: string}, street: {type: string}}}
        _links: {type: object, properties: {self: {type: object, properties: {href: {type: string}}}}}
    Users:
      type: object
      required: [items]
      properties: {items: {type: array, items: {$ref: "#/components/schemas/User"}}, total: {type: integer}}
    Device: {type: object, required: [serial], properties: {serial: {type: string}, label: {type: string}}}
    Problem: {type: object, required: [code], properties: {code: {type: integer}}}
  responses:
    Missing: {description: none, content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}}
paths:
  /orders:
    get:
      parameters: [{name: article, in: query, schema: {type: string}}]
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Order"}}}}
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [article], properties: {article: {type: string}, note: {type: string}}}
      responses:
        "201": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
  /orders/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
        "404": {$ref: "#/components/responses/Missing"}
    put:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
      responses: {"204": {description: ok}, "404": {$ref: "#/components/responses/Missing"}}
    delete:
      responses: {"204": {description: ok}, "404": {$ref: "#/components/responses/Missing"}}
  /orders/{id}/ship:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    post:
      responses: {"204": {description: ok}, default: {$ref: "#/components/responses/Missing"}}
  /orders/{id}/invoice:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get:
      responses: {"200": {description: ok, content: {application/json: {schema: {type: string}}}}}
  /pets:
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {type: array, maxItems: 2, items: {$ref: "#/components/schemas/Order"}}
              example: [{id: 10, article: Rex}, {id: 11, article: Tom}]
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {pet: {type: integer}}}}}}
      responses: {"204": {description: ok}}
  /pets/{pet}:
    parameters: [{name: pet, in: path, required: true, schema: {type: integer}}]
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
        "404": {$ref: "#/components/responses/Missing"}
    delete:
      responses: {"204": {description: ok}}
  /shelves/{shelf}:
    parameters: [{name: shelf, in: path, required: true, schema: {type: string}}]
    put: {responses: {"201": {description: made}, "204": {description: changed}}}
    delete: {responses: {"204": {description: ok}}}
  /shelves/{shelf}/books:
    parameters: [{name: shelf, in: path, required: true, schema: {type: string}}]
    get:
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {type: array, items: {type: string}}}}
  /shelves/{shelf}/books/{book}:
    parameters:
      - {name: shelf, in: path, required: true, schema: {type: string}}
      - {name: book, in: path, required: true, schema: {type: string}}
    put: {responses: {"204": {description: ok}}}
  /users:
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Users"}}}}
    post:
      requestBody:
        content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}
      responses:
        "201": {description: ok, headers: {Location: {schema: {type: string}}}}
  /users/{userId}:
    parameters: [{name: userId, in: path, required: true, schema: {type: string, format: uuid}}]
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}
        "404": {$ref: "#/components/responses/Missing"}
    patch:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/User"}}}}
        "404": {$ref: "#/components/responses/Missing"}
    delete:
      responses: {"204": {description: ok}, "404": {$ref: "#/components/responses/Missing"}}
  /users/{userId}/devices:
    parameters: [{name: userId, in: path, required: true, schema: {type: string, format: uuid}}]
    get:
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {type: object, additionalProperties: {$ref: "#/components/schemas/Device"}}
        "404": {$ref: "#/components/responses/Missing"}
  /users/{userId}/devices/{serial}:
    parameters:
      - {name: userId, in: path, required: true, schema: {type: string, format: uuid}}
      - {name: serial, in: path, required: true, schema: {type: string}, example: sn-0}
    get:
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Device"}}}}
        "404": {$ref: "#/components/responses/Missing"}
    put:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Device"}}}}
      responses:
        "200": {description: changed, content: {application/json: {schema: {$ref: "#/components/schemas/Device"}}}}
        "201": {description: made, content: {application/json: {schema: {$ref: "#/components/schemas/Device"}}}}
        "404": {$ref: "#/components/responses/Missing"}
"""
VAPI = """
openapi: 3.0.3
info: {title: Tags, version: "1"}
components:
  schemas:
    Model:
      type: object
      required: [id, name]
      properties: {id: {type: string}, name: {type: string}, note: {type: string}}
    Vapi.Std.Errors.Error:
      type: object
      required: [messages]
      properties: {error_type: {type: string, enum: [NOT_FOUND, ERROR]}, messages: {type: array, items: {type: object}}}
  responses:
    Missing:
      description: none
      content: {application/json: {schema: {$ref: "#/components/schemas/Vapi.Std.Errors.Error"}}}
paths:
  ROOT/session:
    post:
      operationId: Session_create
      responses: {"201": {description: ok, content: {application/json: {schema: {type: string}}}}}
  ROOT/tag:
    get:
      operationId: Tag_list
      responses:
        "200":
          description: ok
          content: {application/json: {schema: WRAP{type: array, items: {type: string}}END}}
    post:
      operationId: Tag_create
      requestBody:
        content: {application/json: {schema: {type: object, properties: {spec: {$ref: "#/components/schemas/Model"}}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: WRAP{type: string}END}}}}
  ROOT/tag/ID{tag_id}:
    parameters:
      - name: tag_id
        in: path
        required: true
        schema: {type: string}
        description: "The tag.\\nThe parameter must be an identifier for the resource type: tagging.Tag."
    get:
      operationId: Tag_get
      responses:
        "200": {description: ok, content: {application/json: {schema: WRAP{$ref: "#/components/schemas/Model"}END}}}
        "404": {$ref: "#/components/responses/Missing"}
    patch:
      operationId: Tag_update
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {spec: {type: object, properties: {note: {type: string}}}}}
      responses: {"204": {description: ok}, "404": {$ref: "#/components/responses/Missing"}}
    delete:
      operationId: Tag_delete
      responses: {"204": {description: ok}, "404": {$ref: "#/components/responses/Missing"}}
  ROOT/tag/ID{tag_id}?ACTION=clone:
    post:
      operationId: Tag_clone
      parameters: [{name: tag_id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: "The new one. The result will be an identifier for the resource type: tagging.Tag."
          content: {application/json: {schema: WRAP{type: string}END}}
        "404": {$ref: "#/components/responses/Missing"}
  ROOT/association/ID{tag}?ACTION=attach:
    post:
      operationId: Association_attach
      parameters:
        - name: tag
          in: path
          required: true
          schema: {type: string}
          description: "The parameter must be an identifier for the resource type: tagging.Tag."
      responses: {"204": {description: ok}, "404": {$ref: "#/components/responses/Missing"}}
"""
OLD = {
    "ROOT": "/rest/com/vmware",
    "ID": "id:",
    "ACTION": "~action",
    "WRAP": "{type: object, required: [value], properties: {value: ",
    "END": "}}",
}
NEW = {"ROOT": "/api", "ID": "", "ACTION": "action", "WRAP": "", "END": ""}


class Api:
    """A client that holds every success to the schema that the description has for it."""

    def __init__(self, simulator: Simulator, root: str) -> None:
        self.application = simulator.application
        self.schemas = Schemas(simulator.application.schemas.data)
        self.http = httpx2.Client(base_url=simulator.url, timeout=10)
        self.root = root

    def __call__(self, method: str, path: str, expected: int, body: Any = None) -> Any:
        answer = self.answer(method, path, body)
        assert answer.status_code == expected, answer.text
        return answer.json() if answer.content else None

    def answer(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        target = self.root + path
        answer = self.http.request(method, target, json=body)
        where, _, query = target.partition("?")
        operation = self.application._router.find(Target.parse(method, where, query)).operation
        documented = self.schemas.at(operation.key)["responses"]
        response = documented.get(str(answer.status_code), documented.get("default"))
        assert response is not None, f"{answer.status_code} is not documented"
        media = self.schemas.resolve(response).get("content", {}).get("application/json", {})
        if "schema" in media:
            complaints = self.schemas.complaints(media["schema"], answer.json())
            assert complaints == [], answer.text
        return answer

    def reset(self) -> None:
        assert self.http.post("/_simulator/reset", headers={"Sec-Simulator-Control": "1"}).status_code == 200


def served(text: str, tmp_path, root: str):
    path = tmp_path / "described.yaml"
    path.write_text(text)
    simulator = Simulator(read_api(path), SimulatorOptions(**QUICK))
    return simulator, lambda: Api(simulator, root)


@pytest.fixture
def shop(tmp_path):
    simulator, api = served(PLAIN, tmp_path, "/v1")
    with simulator.running():
        yield api()


def test_integers_identify_what_was_made(shop):
    first = shop("POST", "/orders", 201, {"article": "tea", "note": "hot"})
    second = shop("POST", "/orders", 201, {"article": "milk"})
    assert first["id"] != second["id"]
    assert shop("GET", f"/orders/{first['id']}", 200) == first == {"id": first["id"], "article": "tea", "note": "hot"}
    assert [order["id"] for order in shop("GET", "/orders", 200)][1:] == [first["id"], second["id"]]
    milk = shop("GET", "/orders?article=milk", 200)
    assert (first in milk, second in milk) == (False, True)
    shop("PUT", f"/orders/{first['id']}", 204, {"id": first["id"], "article": "coffee"})
    assert shop("GET", f"/orders/{first['id']}", 200) == {"id": first["id"], "article": "coffee"}
    shop("DELETE", f"/orders/{first['id']}", 204)
    for method in ("GET", "DELETE", "PUT"):
        body = {"id": 1, "article": "x"} if method == "PUT" else None
        shop(method, f"/orders/{first['id']}", 404, body)
    assert first["id"] not in [order["id"] for order in shop("GET", "/orders", 200)]


def test_what_a_list_begins_with_can_be_read_changed_and_deleted(shop):
    [there] = shop("GET", "/orders", 200)
    assert shop("GET", f"/orders/{there['id']}", 200) == there
    shop("DELETE", f"/orders/{there['id']}", 204)
    assert shop("GET", "/orders", 200) == []
    shop("GET", f"/orders/{there['id']}", 404)
    shop.reset()
    assert shop("GET", "/orders", 200) == [there]


def test_an_unknown_one_is_refused_only_where_that_is_documented(shop):
    shop("POST", "/orders/4711/ship", 404)
    shop("GET", "/orders/4711/invoice", 200)
    made = shop("POST", "/orders", 201, {"article": "tea"})
    shop("POST", f"/orders/{made['id']}/ship", 204)


def test_a_location_tells_where_a_uuid_leads(shop):
    answer = shop.answer("POST", "/users", {"name": "Ada"})
    location = answer.headers["location"]
    assert uuid.UUID(location.rpartition("/")[2])
    path = location.removeprefix("/v1")
    user = shop("GET", path, 200)
    assert (user["name"], user["userId"], user["_links"]["self"]["href"]) == ("Ada", path.rpartition("/")[2], location)
    shop("PATCH", path, 200, {"address": {"city": "London", "street": "x"}})
    changed = shop("PATCH", path, 200, {"address": {"street": None}})
    assert changed["address"] == {"city": "London"}
    assert shop("GET", path, 200) == changed
    assert path.rpartition("/")[2] in [one["userId"] for one in shop("GET", "/users", 200)["items"]]
    other = shop.answer("POST", "/users", {"name": "Eva"}).headers["location"]
    assert other != location


def test_a_put_makes_what_is_nested_and_it_goes_with_its_parent(shop):
    ada, eva = (shop.answer("POST", "/users", {}).headers["location"].removeprefix("/v1") for _ in range(2))
    assert shop("GET", f"{ada}/devices", 200) == {}
    shop("GET", f"{ada}/devices/a", 404)
    assert shop("PUT", f"{ada}/devices/a", 201, {"serial": "a", "label": "one"}) == {"serial": "a", "label": "one"}
    assert shop("PUT", f"{ada}/devices/a", 200, {"serial": "a", "label": "two"})["label"] == "two"
    assert shop("GET", f"{ada}/devices", 200) == {"a": {"serial": "a", "label": "two"}}
    shop("GET", f"{eva}/devices/a", 404)
    shop("PUT", f"{ada[:-4]}0000/devices/a", 404, {"serial": "a"})
    shop("PUT", f"{eva}/devices/a", 201, {"serial": "a"})
    shop("DELETE", ada, 204)
    shop("GET", f"{ada}/devices", 404)
    shop("GET", f"{ada}/devices/a", 404)
    assert shop("GET", f"{eva}/devices/a", 200) == {"serial": "a"}


def test_a_parent_that_comes_back_has_no_children(shop):
    for shelf, there in (("a", []), ("example", ["example"])):
        shop("PUT", f"/shelves/{shelf}", 204 if there else 201)
        shop("PUT", f"/shelves/{shelf}/books/one", 204)
        assert shop("GET", f"/shelves/{shelf}/books", 200) == [*there, "one"]
        shop("DELETE", f"/shelves/{shelf}", 204)
        shop("PUT", f"/shelves/{shelf}", 201)
        assert shop("GET", f"/shelves/{shelf}/books", 200) == []


def test_a_documented_example_is_there_below_what_is_there(shop):
    [there] = shop("GET", "/users", 200)["items"]
    assert list(shop("GET", f"/users/{there['userId']}/devices", 200)) == ["sn-0"]
    assert shop("GET", f"/users/{there['userId']}/devices/sn-0", 200)["serial"] == "sn-0"
    shop("DELETE", f"/users/{there['userId']}", 204)
    shop("GET", f"/users/{there['userId']}/devices/sn-0", 404)


def test_a_list_begins_with_the_members_of_its_example(shop):
    assert shop("GET", "/pets", 200) == [{"id": 10, "article": "Rex"}, {"id": 11, "article": "Tom"}]
    assert shop("GET", "/pets/11", 200)["id"] == 11
    shop("GET", "/pets/1", 404)
    shop("DELETE", "/pets/10", 204)
    shop("POST", "/pets", 204, {"pet": 12})
    assert [pet["id"] for pet in shop("GET", "/pets", 200)] == [11, 12]
    assert shop("GET", "/pets/12", 200)["id"] == 12
    shop("POST", "/pets", 204, {"pet": 13})
    assert [pet["id"] for pet in shop("GET", "/pets", 200)] == [11, 12]


def test_the_oldest_goes_when_there_are_too_many(shop):
    first = shop("POST", "/orders", 201, {"article": "tea"})
    for _ in range(LARGEST_KIND):
        last = shop.http.post("/v1/orders", json={"article": "tea"}).json()
    shop("GET", f"/orders/{first['id']}", 404)
    shop("GET", f"/orders/{last['id']}", 200)
    assert len(shop("GET", "/orders", 200)) == LARGEST_KIND


@pytest.fixture(params=["old", "new"])
def tags(request, tmp_path):
    text = VAPI
    for name, value in (OLD if request.param == "old" else NEW).items():
        text = text.replace(name, value)
    root = "/rest/com/vmware" if request.param == "old" else "/api"
    simulator, api = served(text, tmp_path, root)
    with simulator.running():
        api = api()
        api.http.headers[HEADER] = simulator.application.sessions.create("administrator@vsphere.local")
        api.old = request.param == "old"
        yield api


def test_vcenter_in_both_forms(tags):
    item, action = ("id:", "~action") if tags.old else ("", "action")

    def value(answer: Any) -> Any:
        return answer["value"] if tags.old else answer

    [there] = value(tags("GET", "/tag", 200))
    made = value(tags("POST", "/tag", 200, {"spec": {"id": "", "name": "blue", "note": "x"}}))
    assert value(tags("GET", f"/tag/{item}{made}", 200)) == {"id": made, "name": "blue", "note": "x"}
    tags("PATCH", f"/tag/{item}{made}", 204, {"spec": {"note": "y"}})
    assert value(tags("GET", f"/tag/{item}{made}", 200))["note"] == "y"
    tags("POST", f"/association/{item}{made}?{action}=attach", 204)
    copy = value(tags("POST", f"/tag/{item}{made}?{action}=clone", 200))
    assert value(tags("GET", "/tag", 200)) == [there, made, copy]
    tags("DELETE", f"/tag/{item}{made}", 204)
    missing = tags("GET", f"/tag/{item}{made}", 404)
    assert missing["error_type"] == "NOT_FOUND"
    tags("POST", f"/association/{item}{made}?{action}=attach", 404)
    assert value(tags("GET", f"/tag/{item}{copy}", 200))["id"] == copy


@pytest.fixture
def published(request):
    path = SPECS / request.param
    if not path.is_file():
        pytest.skip(f"{request.param} is not on this machine")
    simulator = Simulator(read_api(path), SimulatorOptions(**QUICK))
    with simulator.running():
        api = Api(simulator, "/rest/com/vmware")
        api.http.headers[HEADER] = simulator.application.sessions.create("administrator@vsphere.local")
        yield api


@pytest.mark.parametrize("published", ["vcenter-7.0.3/cis.json"], indirect=True)
def test_a_path_may_name_things_of_two_kinds(published):
    spec = {"name": "n", "description": "d", "cardinality": "SINGLE", "associable_types": []}
    category = published("POST", "/cis/tagging/category", 200, {"create_spec": spec})["value"]
    spec = {"name": "t", "description": "d", "category_id": category}
    tag = published("POST", "/cis/tagging/tag", 200, {"create_spec": spec})["value"]
    assert published("GET", f"/cis/tagging/tag/id:{tag}", 200)["value"]["category_id"] == category
    published("POST", f"/cis/tagging/tag/id:{category}?~action=list-tags-for-category", 200)
    published("POST", f"/cis/tagging/tag/id:{tag}?~action=list-tags-for-category", 404)
    published("GET", f"/cis/tagging/tag/id:{category}", 404)


@pytest.mark.parametrize("published", ["vcenter-7.0.3/content.json"], indirect=True)
def test_a_collection_that_nothing_adds_to_shows_what_others_have(published):
    made = published("POST", "/content/local-library", 200, {"create_spec": {"name": "isos"}})["value"]
    assert made in published("GET", "/content/library", 200)["value"]
    assert made not in published("GET", "/content/subscribed-library", 200)["value"]
    assert published("GET", f"/content/library/id:{made}", 200)["value"]["name"] == "isos"
    published("GET", f"/content/subscribed-library/id:{made}", 404)
    # It has files of its own, and is none of them.
    item = published("POST", "/content/library/item", 200, {"create_spec": {"name": "i", "library_id": made}})["value"]
    files = published("GET", f"/content/library/item/file?library_item_id={item}", 200)["value"]
    assert [file["name"] for file in files] == ["example"]
    assert published("GET", f"/content/library/item?library_id={made}", 200)["value"][-1] == item
    assert item not in published("GET", "/content/library/item?library_id=another", 200)["value"]
    published("DELETE", f"/content/local-library/id:{made}", 200)
    published("GET", f"/content/library/id:{made}", 404)
