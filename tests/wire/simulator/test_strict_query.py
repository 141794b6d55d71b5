"""`--strict-query`: what a query may hold by the styles of its parameters, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.wire.simulator.conftest import QUICK

TEXT = {"type": "string"}
FILTER = {"$ref": "#/components/schemas/Filter"}
PARAMETERS: dict[str, list[dict[str, Any]]] = {
    "plain": [{"name": "ids", "schema": {"type": "array", "items": TEXT}}],
    "form": [{"name": "filter", "schema": FILTER}, {"name": "ids", "schema": {"type": "array", "items": TEXT}}],
    "composed": [{"name": "filter", "schema": {"$ref": "#/components/schemas/More"}}],
    "untyped": [{"name": "filter", "schema": {"properties": {"colour": TEXT}}}],
    "either": [{"name": "filter", "schema": {"oneOf": [TEXT, FILTER]}}],
    "unexploded": [{"name": "filter", "explode": False, "schema": FILTER}],
    "free": [{"name": "filter", "schema": {"type": "object", "additionalProperties": TEXT}}],
    "deep": [{"name": "filter", "style": "deepObject", "explode": True, "schema": FILTER}],
    "document": [{"name": "filter", "content": {"application/json": {"schema": FILTER}}}],
}
LAMPS = {
    "openapi": "3.0.3",
    "info": {"title": "Lamps", "version": "1"},
    "components": {
        "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "api_key"}},
        "schemas": {
            "Filter": {"type": "object", "properties": {"colour": TEXT, "watts": {"type": "integer"}}},
            "More": {"allOf": [FILTER, {"type": "object", "properties": {"room": TEXT}}]},
        },
    },
    "paths": {
        f"/{name}": {
            "get": {
                "parameters": [{"in": "query", **parameter} for parameter in parameters],
                "responses": {"204": {"description": "ok"}},
            }
        }
        for name, parameters in PARAMETERS.items()
    },
}
# The target, and whether it is let in.
TARGETS = {
    "/plain?ids=a&ids=b": True,
    "/plain?other=a": False,
    "/plain?ids[]=a": False,
    "/plain?ids=a&api_key=x": True,
    "/form?colour=red&watts=5": True,
    "/form?colour=red&ids=a": True,
    "/form?colour=red&other=1": False,
    "/form?filter=red": False,
    "/composed?colour=red&room=hall": True,
    "/composed?colour=red&watt=1": False,
    "/untyped?colour=red": True,
    "/untyped?other=red": False,
    "/either?filter=red": True,
    "/either?colour=red": True,
    "/either?other=red": False,
    "/unexploded?filter=colour,red": True,
    "/unexploded?colour=red": False,
    "/free?whatever=1&else=2": True,
    "/deep?filter[colour]=red&filter[watts]=5": True,
    "/deep?filter%5Bcolour%5D=red": True,
    "/deep?colour=red": False,
    "/deep?filter=red": False,
    "/deep?filters[colour]=red": False,
    "/deep?filter[colour=red": False,
    '/document?filter={"colour":"red"}': True,
    "/document?colour=red": False,
}


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    path = tmp_path_factory.mktemp("lamps") / "lamps.json"
    path.write_text(json.dumps(LAMPS))
    described = read_api(path)
    strict = Simulator(described, SimulatorOptions(**QUICK, strict_query=True))
    with strict.running() as url, Simulator(described, SimulatorOptions(**QUICK)).running() as loose:
        yield url, loose


@pytest.mark.parametrize("target", TARGETS)
def test_only_what_is_declared_is_let_in(urls: tuple[str, str], target: str) -> None:
    strict, loose = (httpx2.get(url + target).status_code for url in urls)
    assert strict == (204 if TARGETS[target] else 400)
    assert loose == 204


def test_what_is_in_it_is_judged_all_the_same(urls: tuple[str, str]) -> None:
    for target in ("/form?watts=many", "/deep?filter[watts]=many"):
        assert [httpx2.get(url + target).status_code for url in urls] == [400, 400]
