"""Unions that nothing in the value tells apart: which member a value is, and that it keeps all it brought."""

from __future__ import annotations

import copy
import json
import pickle
import time
from types import ModuleType
from typing import Any

import msgspec
import pytest

from tests.unit.emitters.conftest import Generates, ref, schemas
from tests.unit.emitters.test_compositions import box, thing
from tests.unit.emitters.test_models import decode, encode

NUMBER, TEXT, FLAG = {"type": "integer"}, {"type": "string"}, {"type": "boolean"}
DISK, NIC, NAMED = thing(capacity=NUMBER), thing(mac=TEXT, speed=NUMBER), thing(["label"], label=TEXT)
DEVICES = [ref("Disk"), ref("Nic"), ref("Named")]


def devices(generate: Generates, it: Any, **named: Any) -> ModuleType:
    return generate(**schemas(Disk=DISK, Nic=NIC, Named=NAMED, Box=thing(it=it), **named))


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"capacity":1}', "Disk"),
        ('{"mac":"m"}', "Nic"),
        ('{"label":"l"}', "Named"),
        ('{"mac":"m","label":"l"}', "Named"),
        ('{"capacity":1,"mac":"m"}', "Disk"),
        ('{"capacity":1,"mac":"m","speed":2}', "Nic"),
        ('{"capacity":1,"mac":"m","label":"l"}', "Named"),
        ("{}", "Disk"),
    ],
)
def test_the_one_that_knows_most_has_all_that_came(keyword: str, text: str, kind: str, generate: Generates) -> None:
    package = devices(generate, {keyword: DEVICES})
    assert isinstance(box(package, text), getattr(package.models, kind))


@pytest.mark.parametrize(
    ("it", "text"),
    [
        ({"type": "array", "items": {"anyOf": DEVICES}}, '[{"mac":"m","label":"l"},{"capacity":1},{"speed":2}]'),
        ({"type": "object", "additionalProperties": {"anyOf": DEVICES}}, '{"a":{"mac":"m","label":"l"}}'),
        ({"anyOf": [{"type": "array", "items": each} for each in DEVICES]}, '[{"speed":1},{"mac":"m"}]'),
        ({"anyOf": [{"type": "object", "additionalProperties": each} for each in DEVICES]}, '{"a":{"speed":1}}'),
        ({"anyOf": [{"anyOf": DEVICES[:1]}, {"anyOf": DEVICES[1:]}]}, '{"mac":"m","label":"l"}'),
        ({"allOf": [{"anyOf": DEVICES}, thing(["id"], id=TEXT)]}, '{"id":"i","mac":"m","label":"l"}'),
        ({"anyOf": [thing(data=ref("Disk")), thing(data=ref("Nic"))]}, '{"data":{"mac":"m"}}'),
        ({"anyOf": [ref("Disk"), {"type": "object"}]}, '{"capacity":1,"newer":[null]}'),
        ({"anyOf": [ref("Disk"), {**thing(size=NUMBER), "additionalProperties": True}]}, '{"capacity":1,"newer":{}}'),
        ({"anyOf": [ref("Disk"), TEXT, {"type": "array", "items": ref("Nic")}]}, '[{"mac":"m"}]'),
        ({"anyOf": [ref("Disk"), ref("Nic")], "nullable": True}, "null"),
    ],
    ids=str,
)
def test_nothing_is_lost_in_any_nesting(it: dict[str, Any], text: str, generate: Generates) -> None:
    box(devices(generate, it), text)


class TestWhatIsSeveralAtOnce:
    @pytest.fixture
    def both(self, generate: Generates) -> Any:
        package = devices(generate, {"anyOf": DEVICES})
        found = box(package, '{"mac":"m","label":"l"}')
        return package, found

    def test_has_the_properties_of_each(self, both: Any) -> None:
        package, found = both
        assert isinstance(found, package.models.Named)
        assert (found.mac, found.speed, found.label) == ("m", None, "l")
        assert "label='l'" in repr(found)

    def test_is_a_model_like_any(self, both: Any) -> None:
        package, found = both
        assert pickle.loads(pickle.dumps(found)) == copy.deepcopy(found) == found
        assert type(decode(package, package.models.Box, '{"it":{"mac":"n","label":"l"}}').it) is type(found)
        found.label = "other"
        assert json.loads(encode(package, found)) == {"mac": "m", "label": "other"}
        with pytest.raises(TypeError, match="label"):
            type(found)(mac="m")  # `label` is required


def test_what_fits_none_is_refused(generate: Generates) -> None:
    package = devices(generate, {"anyOf": [ref("Disk"), ref("Named")]})
    with pytest.raises(msgspec.ValidationError, match=r"Expected one of Disk, Named - at `\$.it`"):
        decode(package, package.models.Box, '{"it":{"capacity":"x"}}')


class TestListedValues:
    def shapes(self, generate: Generates, circle: list[str], square: list[str]) -> ModuleType:
        kinds = {
            "Circle": thing(["type"], type={"type": "string", "enum": circle}, r=NUMBER),
            "Square": thing(["type"], type={"type": "string", "enum": square}, side=NUMBER, r=NUMBER),
        }
        return generate(**schemas(**kinds, Box=thing(it={"oneOf": [ref("Circle"), ref("Square")]})))

    @pytest.mark.parametrize("more", [[], ["other"]])
    def test_tell_members_apart(self, more: list[str], generate: Generates) -> None:
        package = self.shapes(generate, ["circle", *more], ["square"])
        assert type(box(package, '{"type":"square","r":1}')) is package.models.Square
        assert type(box(package, '{"type":"circle","r":1}')) is package.models.Circle
        assert type(box(package, '{"type":"square"}')) is package.models.Square

    def test_that_nobody_lists_are_a_newer_servers(self, generate: Generates) -> None:
        package = self.shapes(generate, ["circle"], ["square"])
        found = box(package, '{"type":"hexagon","side":1}')
        assert type(found) is package.models.Square
        assert found.type.is_unknown

    def test_of_one_member_speak_for_nothing_alone(self, generate: Generates) -> None:
        state = thing(name=TEXT, status={"type": "string", "enum": ["on", "off"]})
        package = generate(
            **schemas(State=state, Tag=thing(tag=TEXT), Box=thing(it={"anyOf": [ref("Tag"), ref("State")]}))
        )
        assert type(box(package, '{"name":"n","status":"paused"}')) is package.models.State

    def test_of_texts(self, generate: Generates) -> None:
        levels = {name: {"type": "string", "enum": values} for name, values in (("A", ["a"]), ("B", ["b"]))}
        package = generate(**schemas(**levels, Box=thing(it={"anyOf": [ref("A"), ref("B")]})))
        assert type(box(package, '"b"')) is package.models.B
        assert type(box(package, '"c"')) is package.models.A


def test_a_deep_value_takes_no_time(generate: Generates) -> None:
    left = {"left": ref("Expr")}
    expr = {"oneOf": [thing(**left, x=NUMBER), thing(**left, x=TEXT), thing(**left, x=FLAG)]}
    package = generate(**schemas(Expr=expr))
    text = '{"left":' * 40 + '{"x":true}' + ',"x":"s"}' * 40
    before = time.perf_counter()
    found = decode(package, package.models.Expr, text)
    assert time.perf_counter() - before < 2
    assert json.loads(encode(package, found)) == json.loads(text)


class TestOfWhatOneBaseTellsApart:
    BASE = {  # noqa: RUF012  a schema
        **thing(["kind"], kind=TEXT, n=NUMBER),
        "discriminator": {"propertyName": "kind", "mapping": {"a": "#/components/schemas/A", "b": "B"}},
    }

    def family(self, generate: Generates, it: Any) -> ModuleType:
        kinds = {name: {"allOf": [ref("Base"), thing(x=TEXT, y=NUMBER)]} for name in "ABC"}
        return generate(**schemas(Base=self.BASE, **kinds, Other=thing(o=TEXT), Box=thing(it=it)))

    def test_its_discriminator_decides(self, generate: Generates) -> None:
        package = self.family(generate, {"anyOf": [ref("A"), ref("B"), ref("C")]})
        for kind, name in (("a", "A"), ("b", "B"), ("C", "C")):
            assert type(box(package, f'{{"kind":"{kind}","x":"x"}}')).__name__ == name
        assert box(package, '{"kind":"newer","x":"x"}') == {"kind": "newer", "x": "x"}

    def test_also_where_more_stands_beside_them(self, generate: Generates) -> None:
        it = {"allOf": [ref("Base")], **thing(extra=TEXT), "anyOf": [ref("A"), ref("B")]}
        package = self.family(generate, it)
        found = box(package, '{"kind":"b","x":"x","extra":"e"}')
        assert (type(found).__name__, found.x, found.extra) == ("BoxItB", "x", "e")

    @pytest.mark.parametrize(
        "below",
        [
            {"allOf": [ref("Base")], **thing(extra=TEXT), "anyOf": [ref("A")]},
            {"allOf": [ref("Base")], **thing(extra=TEXT), "oneOf": [ref("A"), ref("B")]},
            {"allOf": [ref("A"), thing(extra=TEXT)]},
            {"anyOf": [{"allOf": [ref("A"), thing(extra=TEXT)]}, ref("Other")]},
        ],
    )
    def test_what_derives_from_one_of_them_keeps_what_it_is(self, below: Any, generate: Generates) -> None:
        """It has no value of its own, or stands for one behind another name."""
        kinds = {name: {"allOf": [ref("Base"), thing(x=TEXT)]} for name in "AB"}
        for base in ({**self.BASE, "type": "object"}, {**thing(kind={}), **told_by("kind")}):
            package = generate(
                **schemas(
                    Base=base, **kinds, Other=thing(o=TEXT), Below=below, Box=thing(it=ref("Base"), b=ref("Below"))
                )
            )
            text = '{"it":{"kind":"b","x":"x"},"b":{"kind":"Below","x":"x","extra":"e"}}'
            found = decode(package, package.models.Box, text)
            # A value that nothing has stays a dict.
            assert (found.b["extra"] if isinstance(found.b, dict) else found.b.extra) == "e"
            assert json.loads(encode(package, found)) == json.loads(text)
            for name in package.models.__all__:
                getattr(package.models, name)

    @pytest.mark.parametrize("dog", [{"kind": {}}, {}, {"properties": {"kind": TEXT}}, thing(bark=TEXT)])
    def test_a_member_below_another_has_its_own_tag(self, dog: dict[str, Any], generate: Generates) -> None:
        """One member is the base of the other, under a name of its own."""
        package = generate(
            **schemas(
                Animal=thing(name=TEXT),
                Cat={"allOf": [ref("Animal")]},
                Dog={"allOf": [ref("Animal"), dog]},
                Pet={"oneOf": [ref("Cat"), ref("Dog")], **told_by("kind")},
                Box=thing(pets={"type": "array", "items": ref("Pet")}, dog=ref("Dog")),
            )
        )
        text = '{"pets":[{"kind":"Dog","name":"a"},{"kind":"Cat","name":"b"}],"dog":{"kind":"Dog","name":"c"}}'
        assert json.loads(encode(package, decode(package, package.models.Box, text))) == json.loads(text)
        for name in package.models.__all__:
            getattr(package.models, name)

    def test_it_says_nothing_of_others(self, generate: Generates) -> None:
        package = self.family(generate, {"allOf": [ref("Base"), {"anyOf": [ref("Other"), thing(p=TEXT)]}]})
        found = box(package, '{"kind":"a","p":"p"}')
        assert (found.kind, found.p) == ("a", "p")
        package = self.family(generate, {"anyOf": [ref("A"), ref("Other")]})
        assert box(package, '{"o":"o"}').o == "o"


def told_by(property_: str, mapping: dict[str, str] | None = None) -> dict[str, Any]:
    return {"discriminator": {"propertyName": property_, **({"mapping": mapping} if mapping else {})}}


class TestByADiscriminatorThatIsNotAsItShouldBe:
    """ "Discriminator Object" wants a text that every member declares; with another, nothing is lost either."""

    @pytest.mark.parametrize(
        "it",
        [
            {"oneOf": [ref("Car"), ref("Truck")], **told_by("type", {"car": ref("Car")["$ref"], "truck": "Truck"})},
            {"anyOf": [ref("Car"), ref("Truck")], **told_by("type", {"car": "Car", "sedan": "Car", "truck": "Truck"})},
            {
                "oneOf": [ref("Either"), ref("Bus")],
                **told_by("type", {"car": "Either", "truck": "Either", "bus": "Bus"}),
            },
            {"allOf": [ref("Base")], "oneOf": [ref("Below"), ref("Bus")], **told_by("type", {"truck": "Below"})},
        ],
    )
    def test_a_member_that_does_not_declare_it_keeps_it(self, it: dict[str, Any], generate: Generates) -> None:
        either = {"oneOf": [ref("Car"), ref("Truck")], **told_by("type", {"car": "Car", "truck": "Truck"})}
        other = {"oneOf": [ref("Car"), ref("Truck")], **told_by("type", {"c": "Car", "t": "Truck"})}
        package = generate(
            **schemas(
                Car=thing(type=TEXT, doors=NUMBER),
                Truck=thing(load=NUMBER),
                Bus=thing(seats=NUMBER),
                Base=thing(id=NUMBER),
                Below={"allOf": [ref("Base"), thing(load=NUMBER)]},
                Either=either,
                Other=other,
                Box=thing(it=it),
            )
        )
        text = '{"type":"truck","load":1}'
        found = box(package, text)
        assert found.load == 1
        assert json.loads(encode(package, found)) == json.loads(text)

    @pytest.mark.parametrize("base", [thing(n=NUMBER), thing(kind=TEXT, n=NUMBER)])
    def test_a_base_that_does_not_declare_it(self, base: dict[str, Any], generate: Generates) -> None:
        base = {**base, **told_by("kind", {"a": "A", "b": "B"})}
        kinds = {name: {"allOf": [ref("Base"), thing(x=TEXT)]} for name in "AB"}
        package = generate(**schemas(Base=base, **kinds, Box=thing(it=ref("Base"))))
        for text in ('{"kind":"b","x":"x"}', '{"kind":"newer","x":"x"}'):
            assert json.loads(encode(package, box(package, text))) == json.loads(text)
        assert type(box(package, '{"kind":"b","x":"x"}')).__name__ == "B"

    @pytest.mark.parametrize(
        ("one", "two", "mapping"),
        [
            ({"type": "integer", "const": 1}, {"type": "integer", "enum": [2]}, {"1": "One", "2": "Two"}),
            ({"type": "integer", "const": 1}, {"type": "integer", "enum": [2]}, None),
            (NUMBER, NUMBER, {"1": "One", "2": "Two"}),
            ({"type": "integer", "enum": [1, 2]}, {"type": "integer", "enum": [1, 2]}, {"1": "One", "2": "Two"}),
        ],
    )
    def test_a_number(
        self, one: dict[str, Any], two: dict[str, Any], mapping: dict[str, str] | None, generate: Generates
    ) -> None:
        members = {"One": thing(["v"], v=one, x=NUMBER), "Two": thing(["v"], v=two, x=NUMBER)}
        it = {"oneOf": [ref("One"), ref("Two")], **told_by("v", mapping)}
        package = generate(openapi="3.1.0", **schemas(**members, Box=thing(it=it)))
        for value, kind in ((1, "One"), (2, "Two"), (3, "dict")):
            text = f'{{"v":{value},"x":5}}'
            found = box(package, text)
            assert type(found).__name__ == kind
            assert json.loads(encode(package, found)) == json.loads(text)

    def test_a_flag(self, generate: Generates) -> None:
        flags = {"On": {"type": "boolean", "const": True}, "Off": {"type": "boolean", "const": False}}
        members = {name: thing(["is_on"], is_on=flag, x=NUMBER) for name, flag in flags.items()}
        it = {"oneOf": [ref("On"), ref("Off")], **told_by("is_on")}
        package = generate(openapi="3.1.0", **schemas(**members, Box=thing(it=it)))
        for value, kind in (("true", "On"), ("false", "Off")):
            text = f'{{"is_on":{value},"x":5}}'
            assert type(box(package, text)).__name__ == kind
            assert json.loads(encode(package, box(package, text))) == json.loads(text)


def said(kind: str, **more: Any) -> dict[str, Any]:
    """A member that fixes its discriminator itself."""
    fixed = {name: {"type": "string", "const": value} for name, value in {"type": kind, **more}.items()}
    return thing([*fixed], **fixed, text=TEXT)


class TestByTheValuesThatMembersFix:
    """Without a mapping the members' own values tell them apart, shared, nested and nullable, too."""

    MEMBERS = {  # noqa: RUF012  schemas
        "User": said("message", role="user"),
        "Bot": said("message", role="bot"),
        "Easy": said("message", role="easy"),
        "Link": said("link"),
        "One": {"oneOf": [ref("User")]},
        "Item": {"oneOf": [ref("User"), ref("Bot")], **told_by("type")},
        "Plain": {"oneOf": [ref("Bot"), ref("Link")]},
        "Again": {"oneOf": [ref("Again"), ref("Item")], **told_by("type")},
    }

    @pytest.mark.parametrize(
        ("it", "sent", "kind"),
        [
            ([ref("User"), ref("Bot")], {"type": "message", "role": "bot"}, "Bot"),
            ([ref("Easy"), ref("Item"), ref("Link")], {"type": "message", "role": "bot"}, "Bot"),
            ([ref("Easy"), ref("Item"), ref("Link")], {"type": "message", "role": "easy"}, "Easy"),
            ([ref("Easy"), ref("Item"), ref("Link")], {"type": "link"}, "Link"),
            ([ref("Item"), ref("Link")], {"type": "message", "role": "user"}, "User"),
            ([ref("Item"), ref("Link")], {"type": "message", "role": "newer"}, "dict"),
            ([ref("Item"), ref("Link")], {"type": "newer"}, "dict"),
            ([ref("One"), ref("Link")], {"type": "message", "role": "user"}, "User"),
            ([ref("Plain"), ref("User")], {"type": "link"}, "Link"),
            ([{"type": "null"}, ref("User"), ref("Link")], {"type": "link"}, "Link"),
            ([{"type": "null"}, TEXT, ref("Link")], {"type": "link"}, "Link"),
            ([ref("Again"), ref("Link")], {"type": "message", "role": "bot"}, "Bot"),
        ],
    )
    def test_the_member_is_found(
        self, it: list[dict[str, Any]], sent: dict[str, Any], kind: str, generate: Generates
    ) -> None:
        union = {"oneOf": it, **told_by("type")}
        package = generate(openapi="3.1.0", **schemas(**self.MEMBERS, Box=thing(it=union)))
        text = json.dumps({**sent, "text": "t"})
        assert type(box(package, text)).__name__ == kind
        if {"type": "null"} in it:
            assert box(package, "null") is None

    def test_inside_other_things(self, generate: Generates) -> None:
        union = {"oneOf": [ref("Easy"), ref("Item"), ref("Link")], **told_by("type")}
        lists = {"type": "array", "items": union}
        package = generate(openapi="3.1.0", **schemas(**self.MEMBERS, Box=thing(it=lists)))
        roles = [{"type": "message", "role": role, "text": "t"} for role in ("bot", "easy", "newer", "user")]
        assert [type(each).__name__ for each in box(package, json.dumps(roles))] == ["Bot", "Easy", "dict", "User"]

    def test_what_is_made_says_its_type(self, generate: Generates) -> None:
        union = {"oneOf": [ref("Item"), ref("Link")], **told_by("type")}
        package = generate(openapi="3.1.0", **schemas(**self.MEMBERS, Box=thing(it=union)))
        sent = encode(package, package.models.Box(it=package.models.Link(text="t")))
        assert json.loads(sent) == {"it": {"type": "link", "text": "t"}}


def test_a_value_that_is_mapped_to_no_member(generate: Generates) -> None:
    """Its schema leads back to the union, so that both must be found in one module."""
    shape = {"oneOf": [{}], **told_by("kind", {"group": "#/components/schemas/Group"})}
    package = generate(**schemas(Shape=shape, Group=thing(members=ref("Shape")), Box=thing(it=ref("Shape"))))
    assert type(box(package, '{"kind":"group","members":{"kind":"newer"}}')).__name__ in ("Group", "dict")
