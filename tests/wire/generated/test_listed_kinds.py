"""Members of unions that list several values of what tells them apart: each value is theirs, mapped or not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates, ref
from tests.wire.generated.calling import both, operation
from tests.wire.runtime.server import Reply

NUMBER = {"type": "integer"}


def one(*kinds: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string", "enum": [*kinds]}, **more},
    }


def union(*members: str, **mapping: str) -> dict[str, Any]:
    told: dict[str, Any] = {"propertyName": "kind"}
    told |= {"mapping": {tag: ref(member)["$ref"] for tag, member in mapping.items()}} if mapping else {}
    return {"oneOf": [ref(member) for member in members], "discriminator": told}


def described(name: str, **schemas: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": ref(name)}}
    return operation(method="get", answers={"200": {"description": "It.", "content": content}}, **schemas)


CIRCLE, SQUARE = one("circle", "disc", r=NUMBER), one("square", a=NUMBER)
ALL = {"type": "string", "enum": ["circle", "square", "later"]}
SHARED = {"type": "object", "required": ["kind"], "properties": {"kind": ref("Kind")}}


@pytest.mark.parametrize(
    ("schemas", "came", "kind"),
    [
        ({"U": union("Circle", "Square")}, {"kind": "disc", "r": 1}, "Circle"),
        ({"U": union("Circle", "Square")}, {"kind": "circle", "r": 1}, "Circle"),
        ({"U": union("Circle", "Square")}, {"kind": "square", "a": 1}, "Square"),
        ({"U": union("Circle", "Square")}, {"kind": "other", "a": 1}, "dict"),
        ({"U": union("Circle", "Square", circle="Circle", square="Square")}, {"kind": "circle", "r": 1}, "Circle"),
        ({"U": union("Circle", "Square", circle="Circle", square="Square")}, {"kind": "square"}, "Square"),
        (
            {"U": union("Deep", "Square"), "Deep": union("Circle", "Poly"), "Poly": one("tri", "quad")},
            {"kind": "quad"},
            "Poly",
        ),
    ],
)
def test_each_value_is_its_members(schemas: Any, came: Any, kind: str, generate: Generates) -> None:
    package = generate(**described("U", Circle=CIRCLE, Square=SQUARE, **schemas))
    _, given = both(package, lambda c: c.x.call(), lambda _: Reply(200, json=came))
    assert [type(each).__name__ for each in given] == [kind] * 2
    assert [each["kind"] if kind == "dict" else getattr(each, "kind", came["kind"]) for each in given] == [
        came["kind"]
    ] * 2


def test_a_value_that_is_not_mapped_is_read_and_sent_by_the_member_alone(generate: Generates) -> None:
    schemas = {"U": union("Circle", "Square", circle="Circle", square="Square"), "Circle": CIRCLE, "Square": SQUARE}
    package = generate(**described("Circle", **schemas))
    _, given = both(package, lambda c: c.x.call(), lambda _: Reply(200, json={"kind": "disc", "r": 1}))
    assert given == [package.models.Circle(kind="disc", r=1)] * 2


def test_members_that_share_one_list_are_tagged_as_before(generate: Generates) -> None:
    schemas = {"U": union("A", "B", circle="A", square="B"), "A": SHARED, "B": SHARED, "Kind": ALL}
    package = generate(**described("U", **schemas))
    assert (package.models.A(), package.models.B()) == (package.models.A(), package.models.B())
    _, given = both(package, lambda c: c.x.call(), lambda _: Reply(200, json={"kind": "square"}))
    assert given == [package.models.B()] * 2


def test_lists_that_overlap_tell_nothing(generate: Generates) -> None:
    package = generate(**described("U", U=union("A", "B"), A=one("x", "y"), B=one("y", "z")))
    _, given = both(package, lambda c: c.x.call(), lambda _: Reply(200, json={"kind": "A"}))
    assert [type(each).__name__ for each in given] == ["A"] * 2
