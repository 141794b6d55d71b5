"""Null where it is a value, where it takes something away, and where there is none: on the wire."""

from __future__ import annotations

import inspect
import json
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates, ref
from tests.wire.generated.calling import both, client_of, operation
from tests.wire.generated.test_bodies import content, parts
from tests.wire.runtime.server import Reply

TEXT, FILE, NUMBER = {"type": "string"}, {"type": "string", "format": "binary"}, {"type": "integer"}
ANYTHING: dict[str, Any] = {}
OR_NULL = {"type": "string", "nullable": True}


def echo(seen: Any) -> Reply:
    return Reply(200, body=seen.body, headers={"Content-Type": "application/json"})


def answers(schema: Any) -> dict[str, Any]:
    return {"200": {"description": "It.", "content": {"application/json": {"schema": schema}}}}


def bodies(seen: list[Any]) -> list[Any]:
    return [json.loads(request.body) for request in seen]


@pytest.mark.parametrize(
    "value", [ANYTHING, {"not": TEXT}, {"anyOf": [TEXT, ANYTHING]}, OR_NULL, {"enum": ["a", None], "nullable": True}]
)
def test_the_null_of_a_json_patch_is_sent_and_kept(value: dict[str, Any], generate: Generates) -> None:
    step = {"type": "object", "required": ["op"], "properties": {"op": TEXT, "value": value}}
    steps = {"type": "array", "items": ref("Step")}
    document = operation(body=content(), answers=answers(steps), Step=step)
    node = document["paths"]["/x"]["post"]["requestBody"]
    node["content"] = {"application/json-patch+json": {"schema": steps}}
    package = generate(**document)
    patch = [package.models.Step(op="replace", value=None), package.models.Step(op="remove")]
    seen, given = both(package, lambda c: c.x.call(body=patch), echo)
    assert bodies(seen) == [[{"op": "replace", "value": None}, {"op": "remove"}]] * 2
    assert given == [patch, patch]


def test_null_as_a_keyword(generate: Generates) -> None:
    thing = {"type": "object", "properties": {"any": ANYTHING, "text": OR_NULL, "name": TEXT}}
    package = generate(**operation(body=content(application__json=thing)))
    seen, _ = both(package, lambda c: c.x.call(any=None, name="n"))
    assert bodies(seen) == [{"any": None, "name": "n"}] * 2
    seen, _ = both(package, lambda c: c.x.call(text=None, name=None))
    assert bodies(seen) == [{"text": None}] * 2


@pytest.mark.parametrize("place", ["path", "query", "header", "cookie"])
@pytest.mark.parametrize("schema", [OR_NULL, {"enum": ["a", None], "type": "string", "nullable": True}])
def test_a_required_parameter_has_no_null(place: str, schema: dict[str, Any], generate: Generates) -> None:
    """No style has a form for null, so that none is offered; an optional parameter's None is its absence."""
    parameters = [
        {"name": "needed", "in": place, "required": True, "schema": schema},
        {"name": "other", "in": "query", "schema": schema},
    ]
    package = generate(**operation("/x/{needed}" if place == "path" else "/x", parameters=parameters))
    with client_of(package)("https://localhost") as client:
        given = inspect.signature(client.x.call).parameters
    assert "None" not in given["needed"].annotation
    assert given["other"].annotation.endswith("| None")
    with pytest.raises(package.ArgumentError, match="needed: required, but missing"):
        both(package, lambda c: c.x.call(needed=None))
    seen, _ = both(package, lambda c: c.x.call(needed="a", other=None))
    assert not any("other" in request.target for request in seen)


class TestMergePatch:
    @pytest.fixture
    def package(self, generate: Generates) -> Any:
        fields = {"name": TEXT, "size": NUMBER, "at": ref("Place"), "more": ANYTHING}
        place = {"type": "object", "required": ["x"], "properties": {"x": NUMBER, "y": NUMBER}}
        thing = {"type": "object", "properties": fields}
        document = operation(method="patch", body=content(), Thing=thing, Place=place)
        media = {"application/merge-patch+json": {"schema": ref("Thing")}}
        document["paths"]["/x"]["patch"]["requestBody"]["content"] = media
        return generate(**document)

    def test_null_takes_away_and_absence_leaves(self, package: Any) -> None:
        seen, _ = both(package, lambda c: c.x.call(name=None, size=3))
        assert bodies(seen) == [{"name": None, "size": 3}] * 2
        assert seen[0].headers["content-type"] == "application/merge-patch+json"
        seen, _ = both(package, lambda c: c.x.call(more=None, at=None))
        assert bodies(seen) == [{"more": None, "at": None}] * 2

    def test_deeper_by_a_dict(self, package: Any) -> None:
        seen, _ = both(package, lambda c: c.x.call(at={"x": 1, "y": None}))
        assert bodies(seen) == [{"at": {"x": 1, "y": None}}] * 2
        seen, _ = both(package, lambda c: c.x.call(at=package.models.Place(x=1)))
        assert bodies(seen) == [{"at": {"x": 1}}] * 2

    def test_by_a_dict_where_the_body_is_whole(self, generate: Generates) -> None:
        thing = {"type": "object", "properties": {"a": TEXT}, "additionalProperties": NUMBER}
        document = operation(method="patch", body=content(), Thing=thing)
        media = {"application/merge-patch+json": {"schema": ref("Thing")}}
        document["paths"]["/x"]["patch"]["requestBody"]["content"] = media
        package = generate(**document)
        assert "Thing | dict[str, Any]" in str(inspect.signature(type(package.Thing("http://x").x).call))
        seen, _ = both(package, lambda c: c.x.call(body={"a": None, "more": None, "n": 1}))
        assert bodies(seen) == [{"a": None, "more": None, "n": 1}] * 2

    def test_all_else_is_checked(self, package: Any) -> None:
        with pytest.raises(package.ArgumentError, match="size"):
            both(package, lambda c: c.x.call(size="large"))


@pytest.mark.parametrize(
    "schema", [{**ref("Thing"), "nullable": True}, {"allOf": [ref("Thing")], "nullable": True}, OR_NULL]
)
@pytest.mark.parametrize("required", [True, False])
def test_a_body_that_may_be_null(schema: dict[str, Any], required: bool, generate: Generates) -> None:
    thing = {"type": "object", "required": ["a"], "properties": {"a": NUMBER}}
    document = operation(body=content(required, application__json=schema), answers=answers(schema), Thing=thing)
    package = generate(**document)
    seen, given = both(package, lambda c: c.x.call(body=None), echo)
    assert [request.body for request in seen] == [b"null"] * 2
    assert given == [None, None]
    if required:
        with pytest.raises(TypeError, match="body"):
            both(package, lambda c: c.x.call())
    else:
        seen, _ = both(package, lambda c: c.x.call(), lambda _: Reply(200, body=b"null"))
        assert [request.body for request in seen] == [b"", b""]


def test_a_body_that_is_never_null(generate: Generates) -> None:
    package = generate(**operation(body=content(application__json={"type": "array", "items": TEXT})))
    with pytest.raises(package.ArgumentError, match="required, but missing"):
        both(package, lambda c: c.x.call(body=None))


class TestFormsOfFiles:
    @pytest.mark.parametrize(
        "file",
        [
            {**FILE, "nullable": True},
            {"anyOf": [FILE, {"type": "string", "nullable": True, "enum": [None]}]},
            {"allOf": [FILE], "nullable": True},
            ref("File"),
        ],
    )
    @pytest.mark.parametrize("required", [True, False])
    def test_one_that_may_be_null(self, file: dict[str, Any], required: bool, generate: Generates) -> None:
        form = {"type": "object", "properties": {"file": file, "note": TEXT}}
        named = {"File": {**FILE, "nullable": True}}
        package = generate(**operation(body=content(required, multipart__form_data=form), **named))
        for given, names in (
            ({"file": b"x"}, ["file"]),
            ({"note": "n"}, ["note"]),
            ({"file": None, "note": "n"}, ["note"]),
            ({"file": b"x", "note": "n"}, ["file", "note"]),
        ):
            seen, _ = both(package, lambda c, g=given: c.x.call(**g))
            assert [[part[0] for part in parts(request)] for request in seen] == [names, names]
        seen, _ = both(package, lambda c: c.x.call())
        assert b"name=" not in seen[0].body

    @pytest.mark.parametrize(
        "files",
        [
            {"type": "array", "items": FILE, "nullable": True},
            {"type": "array", "items": {**FILE, "nullable": True}},
            {"allOf": [{"type": "array", "items": FILE}], "nullable": True},
            {"type": "array", "items": ref("File")},
            ref("Files"),
        ],
    )
    def test_lists_that_may_be_null(self, files: dict[str, Any], generate: Generates) -> None:
        form = {"type": "object", "properties": {"files": files, "note": TEXT}}
        named = {"File": FILE, "Files": {"type": "array", "items": ref("File"), "nullable": True}}
        package = generate(**operation(body=content(multipart__form_data=form), **named))
        seen, _ = both(package, lambda c: c.x.call(files=[b"1", b"2"], note="n"))
        assert [[(part[0], part[3]) for part in parts(request)] for request in seen] == [
            [("files", b"1"), ("files", b"2"), ("note", b"n")]
        ] * 2
        seen, _ = both(package, lambda c: c.x.call(files=None, note="n"))
        assert [part[0] for part in parts(seen[0])] == ["note"]


def test_inherited_properties_are_keywords(generate: Generates) -> None:
    def extends(*bases: str, **fields: Any) -> dict[str, Any]:
        return {"allOf": [*map(ref, bases), {"type": "object", "properties": fields}]}

    package = generate(
        **operation(
            body=content(application__json=ref("Leaf")),
            Root={"type": "object", "required": ["id"], "properties": {"id": TEXT}},
            Same={"allOf": [ref("Root")], "description": "The root by another name."},
            Middle=extends("Same", size=NUMBER),
            Other={"type": "object", "properties": {"colour": TEXT}},
            Leaf=extends("Middle", "Other", name=TEXT),
        )
    )
    seen, _ = both(package, lambda c: c.x.call(id="i", size=1, colour="red", name="n"))
    assert bodies(seen) == [{"id": "i", "size": 1, "colour": "red", "name": "n"}] * 2


SAYS_SO = {"nullable": True}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"allOf": [NUMBER, SAYS_SO]}, 5),
        ({"allOf": [ref("Whole"), SAYS_SO]}, 5),
        ({"allOf": [SAYS_SO, ref("Part")]}, {"a": 1}),
        ({"allOf": [ref("Part"), {**SAYS_SO, "description": "It."}]}, {"a": 1}),
        ({"allOf": [ref("Part")], **SAYS_SO}, {"a": 1}),
        ({"allOf": [ref("Part"), {"properties": {"b": NUMBER}}], **SAYS_SO}, {"a": 1, "b": 2}),
        ({"allOf": [{"type": "array", "items": NUMBER}, SAYS_SO]}, [1]),
    ],
)
def test_what_all_of_lets_be_null(schema: dict[str, Any], value: Any, version: str, generate: Generates) -> None:
    thing = {"type": "object", "required": ["x"], "properties": {"x": schema}}
    named = {"Part": {"type": "object", "properties": {"a": NUMBER}}, "Whole": NUMBER, "Thing": thing}
    document = operation(body=content(application__json=ref("Thing")), answers=answers(ref("Thing")), **named)
    package = generate(openapi=version, **document)
    for sent in (None, value):
        given = package.models.Thing.from_dict({"x": sent})
        seen, back = both(package, lambda c, given=given: c.x.call(x=given.x), echo)
        assert bodies(seen) == [{"x": sent}] * 2
        assert back == [given] * 2


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_part_that_has_a_type_says_it_of_itself(version: str, generate: Generates) -> None:
    schema = {"allOf": [ref("Part"), {"type": "object", **SAYS_SO}]}
    thing = {"type": "object", "required": ["x"], "properties": {"x": schema}}
    named = {"Part": {"type": "object", "properties": {"a": NUMBER}}, "Thing": thing}
    package = generate(openapi=version, **operation(answers=answers(ref("Thing")), **named))
    with pytest.raises(ValueError, match="x"):
        package.models.Thing.from_dict({"x": None})
