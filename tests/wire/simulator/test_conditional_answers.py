"""Answers of schemas with conditions are valid on the wire; where no value fits, the answer says so, and is no 500."""

from __future__ import annotations

from typing import Any

import httpx2
import jsonschema_rs
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.unit.emitters.conftest import Reads, read
from tests.unit.simulator.test_conditional_values import COMPONENTS, SATISFIABLE, UNSATISFIABLE, judge

__all__ = ["read"]


def paths(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        f"/{number}": {
            "get": {
                "operationId": f"get{number}",
                "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": schema}}}},
            }
        }
        for number, schema in enumerate(schemas)
    }


def test_every_answer_fits_or_says_that_none_does(read: Reads) -> None:
    schemas = [*SATISFIABLE, *UNSATISFIABLE]
    described = read(openapi="3.1.0", paths=paths(schemas), components={"schemas": COMPONENTS})
    with Simulator(described, SimulatorOptions()).running() as url, httpx2.Client(base_url=url) as client:
        for number, schema in enumerate(schemas):
            answer = client.get(f"/{number}")
            if schema in SATISFIABLE:
                assert answer.status_code == 200, schema
                assert judge(schema).is_valid(answer.json()), (schema, answer.text)
            else:
                assert answer.status_code == 501, (schema, answer.text)
                assert "No value was found" in answer.json()["title"]


def test_a_body_is_judged_by_what_it_asks_for_under_conditions(read: Reads) -> None:
    """What the simulator makes it takes, and what breaks a condition it refuses, as the library alone judges."""
    schema = {"$ref": "#/components/schemas/Address"}
    post = {
        "operationId": "post",
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"204": {"description": "Done."}},
    }
    described = read(openapi="3.1.0", paths={"/it": {"post": post}}, components={"schemas": COMPONENTS})
    library = jsonschema_rs.Draft202012Validator({**schema, "components": {"schemas": COMPONENTS}})
    with Simulator(described, SimulatorOptions()).running() as url:
        for body in ({"country": "NL", "code": "1234 AB"}, {"country": "US", "code": "1234 AB"}, {"country": "US"}):
            status = httpx2.post(f"{url}/it", json=body).status_code
            assert (status == 204) == library.is_valid(body), body
