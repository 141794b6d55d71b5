"""Schemas whose only value is null: `None`, wherever and by whatever name they stand."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.unit.emitters.conftest import Generates, ref, schemas
from tests.unit.emitters.test_compositions import box, thing
from tests.wire.generated.calling import both, operation
from tests.wire.runtime.server import Reply

ONLY_NULL = [
    ("3.0.3", {"type": "string", "nullable": True, "enum": [None]}),
    ("3.0.3", {"enum": [None], "nullable": True}),
    ("3.1.0", {"type": "null"}),
    ("3.1.0", {"const": None}),
    ("3.1.0", {"enum": [None]}),
    ("3.1.0", {"type": ["null"]}),
    ("3.1.0", {"oneOf": [{"type": "null"}]}),
]


@pytest.mark.parametrize(("version", "nothing"), ONLY_NULL, ids=str)
@pytest.mark.parametrize(
    ("it", "value"),
    [
        (ref("Nothing"), "null"),
        (ref("Again"), "null"),
        ({"type": "array", "items": ref("Nothing")}, "[null,null]"),
        ({"type": "object", "additionalProperties": ref("Nothing")}, '{"a":null}'),
        ({"oneOf": [ref("Nothing"), {"type": "string"}]}, '"x"'),
        ({"oneOf": [ref("Nothing"), thing(a={"type": "string"}), thing(b={"type": "string"})]}, "null"),
        ({"allOf": [ref("Nothing")]}, "null"),
    ],
    ids=str,
)
def test_is_none(version: str, nothing: dict[str, Any], it: dict[str, Any], value: str, generate: Generates) -> None:
    package = generate(
        openapi=version,
        **schemas(Nothing=nothing, Again=ref("Nothing"), Box=thing(it=it), Must=thing(["it"], it=it)),
    )
    box(package, value)
    assert package.models.Nothing is None
    assert value != "null" or package.models.Box().it is msgspec.UNSET
    msgspec.json.Decoder(package.models.Must, dec_hook=package._runtime.secret.dec_hook)


@pytest.mark.parametrize(("version", "nothing"), ONLY_NULL, ids=str)
def test_is_no_parameter_that_breaks_the_package(version: str, nothing: dict[str, Any], generate: Generates) -> None:
    colours = {"name": "colours", "in": "query", "schema": {"type": "array", "items": ref("Nothing")}}
    one = {"name": "one", "in": "query", "schema": ref("Nothing")}
    answers = {"200": {"description": "It.", "content": {"application/json": {"schema": ref("Nothing")}}}}
    document = operation(method="get", parameters=[colours, one], answers=answers, Nothing=nothing)
    package = generate(openapi=version, **document)
    seen, given = both(
        package, lambda c: c.x.call(), lambda _: Reply(200, body=b"null", headers={"Content-Type": "application/json"})
    )
    assert [request.target for request in seen] == ["/x", "/x"]
    assert given == [None, None]
