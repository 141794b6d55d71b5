"""Listed values are open, however many there are and of whatever type: a newer server's are kept as they came."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from tests.unit.emitters.conftest import Generates, ref, schemas
from tests.unit.emitters.test_compositions import box, thing
from tests.wire.generated.calling import both, operation
from tests.wire.runtime.server import Reply

TEXT = {"type": "string"}


def listed(*values: Any, **more: Any) -> dict[str, Any]:
    return {"enum": list(values), **more}


def constants(*values: Any, keyword: str = "oneOf") -> dict[str, Any]:
    return {keyword: [{"const": value, "description": f"It is {value}."} for value in values]}


@pytest.mark.parametrize(
    ("version", "it", "known", "newer"),
    [
        ("3.0.3", listed("A", type="string"), '"A"', ['"B"']),
        ("3.0.3", listed(7, type="integer"), "7", ["8"]),
        ("3.0.3", {"type": "array", "items": listed("A", type="string")}, '["A"]', ['["A","B"]']),
        ("3.0.3", {"type": "object", "additionalProperties": listed("A")}, '{"a":"A"}', ['{"a":"B"}']),
        ("3.0.3", listed("A", None, nullable=True), "null", ['"B"']),
        ("3.0.3", listed(True, 1), "1", ["2", "false", "true"]),
        ("3.0.3", listed(True, type="boolean"), "true", ["false"]),
        ("3.0.3", listed("a", 1), '"a"', ['"b"', "2"]),
        ("3.0.3", listed(1, 1.5), "1", ["2.5", "3", "1.5"]),
        ("3.0.3", listed(0.5, type="number"), "0.5", ["0.25"]),
        ("3.0.3", listed("a", {"b": 1}), '{"b":1}', ['{"c":[2]}', '"d"']),
        ("3.0.3", listed("a", ["b"]), '["b"]', ['["c",1]']),
        ("3.1.0", constants("a", "b"), '"a"', ['"c"']),
        ("3.1.0", constants("a"), '"a"', ['"c"']),
        ("3.1.0", constants(1, 2, keyword="anyOf"), "1", ["3"]),
        ("3.1.0", constants("a", 1), "1", ["2", '"b"']),
        ("3.1.0", {"oneOf": [{"const": "a"}, {"type": "null"}]}, "null", ['"b"']),
        ("3.1.0", {"type": "string", **constants("a", "b")}, '"b"', ['"c"']),
        ("3.0.3", {"oneOf": [listed("a", type="string"), listed("b", "c", type="string")]}, '"c"', ['"d"']),
    ],
    ids=str,
)
@pytest.mark.parametrize("named", [True, False])
def test_newer_values_decode_and_keep_what_they_are(
    version: str, it: dict[str, Any], known: str, newer: list[str], named: bool, generate: Generates
) -> None:
    package = generate(openapi=version, **schemas(It=it, Box=thing(it=ref("It") if named else it)))
    for text in (known, *newer):
        found = box(package, text)
        value = json.loads(text)
        if not isinstance(value, dict | list):
            assert isinstance(found, type(value))
            assert found == value


def test_the_type_is_the_same_with_one_value_and_with_two(generate: Generates) -> None:
    annotations = []
    for values in (["A"], ["A", "B"]):
        package = generate(**schemas(Box=thing(it=listed(*values, type="string"), no=listed(*range(len(values))))))
        annotations.append({field.name: str(field.type) for field in msgspec.structs.fields(package.models.Box)})
    assert annotations[0] == annotations[1]
    assert "BoxIt" in annotations[0]["it"]


def test_constants_are_described(generate: Generates) -> None:
    models = generate(openapi="3.1.0", **schemas(Level=constants("low", "high"))).models
    assert [member.value for member in models.Level] == ["low", "high"]
    assert models.Level("odd").is_unknown


def test_a_constant_is_one_value_only(generate: Generates) -> None:
    package = generate(openapi="3.1.0", **schemas(Box=thing(it={"const": "a"})))
    box(package, '"a"')
    with pytest.raises(msgspec.ValidationError):
        decode_it(package, '"b"')


def decode_it(package: Any, text: str) -> Any:
    hook = package._runtime.secret.dec_hook
    return msgspec.json.decode(f'{{"it":{text}}}'.encode(), type=package.models.Box, dec_hook=hook)


def test_a_property_that_is_the_tag_leaves_no_enumeration_behind(generate: Generates) -> None:
    union = {
        "oneOf": [ref("Cat"), ref("Dog")],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat", "dog": "Dog"}},
    }
    package = generate(
        **schemas(
            Cat=thing(["kind"], kind=listed("cat", type="string"), a=TEXT),
            Dog=thing(["kind"], kind=listed("dog", type="string"), b=TEXT),
            Box=thing(it=union),
        )
    )
    assert type(box(package, '{"kind":"dog","b":"x"}')) is package.models.Dog
    assert [name for name in package.models.__all__ if name.endswith("Kind")] == []


def test_over_the_wire(generate: Generates) -> None:
    answers = {"200": {"description": "It.", "content": {"application/json": {"schema": ref("Disk")}}}}
    level = {"name": "level", "in": "query", "schema": listed(1, type="integer")}
    disk = thing(["id"], id=TEXT, backing=listed("VMDK_FILE", type="string"), level=listed(7, type="integer"))
    package = generate(**operation(method="get", parameters=[level], answers=answers, Disk=disk))
    body = b'{"id":"1","backing":"SEED","level":8}'
    seen, given = both(
        package,
        lambda c: c.x.call(level=2),
        lambda _: Reply(200, body=body, headers={"Content-Type": "application/json"}),
    )
    assert [request.target for request in seen] == ["/x?level=2"] * 2
    assert [(disk.backing, disk.level) for disk in given] == [("SEED", 8)] * 2
