"""Schemas that hold together: `allOf`, keywords beside `$ref`, and what stands beside `oneOf` and `anyOf`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from types import ModuleType
from typing import Any

import msgspec
import pytest
from vcsdk.build import compose, composition, narrowing
from vcsdk.diagnostics import InputError, Level

from tests.unit.emitters.conftest import Generates, Reads, ref, schemas
from tests.unit.emitters.test_models import decode, encode
from tests.wire.generated.calling import both, operation
from tests.wire.runtime.server import Reply

NUMBER, TEXT, FLAG = {"type": "integer"}, {"type": "string"}, {"type": "boolean"}


def thing(required: list[str] | None = None, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def all_of(*parts: Any, **beside: Any) -> dict[str, Any]:
    return {"allOf": list(parts), **beside}


def box(package: ModuleType, value: str) -> Any:
    """The value of the one property of `Box`, which goes back as it came."""
    decoded = decode(package, package.models.Box, f'{{"it":{value}}}')
    assert json.loads(encode(package, decoded)) == {"it": json.loads(value)}
    return decoded.it


NAMES = {"Name": TEXT, "Names": {"type": "array", "items": TEXT}, "Count": NUMBER, "Short": {"maxLength": 3}}


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        (all_of(ref("Name"), {"maxLength": 3}), '"abc"', '"abcd"'),
        (all_of(ref("Name"), ref("Short")), '"abc"', '"abcd"'),
        (all_of(ref("Name"), maxLength=3), '"abc"', '"abcd"'),
        (all_of({"maxLength": 9}, {"type": "string", "maxLength": 3}), '"abc"', '"abcd"'),
        (all_of(TEXT, {"pattern": "^a"}, {"pattern": "b$"}), '"a-b"', '"a-"'),
        (all_of(TEXT, {"pattern": "^a"}, {"pattern": "b$"}), '"ab"', '"-b"'),
        (all_of(ref("Names"), {"maxItems": 2}), '["a","b"]', '["a","b","c"]'),
        (all_of({"type": "array"}, {"items": TEXT}, {"minItems": 1}), '["a"]', "[1]"),
        (all_of(ref("Names"), {"items": {"minLength": 2}}), '["ab"]', '["a"]'),
        (all_of(ref("Count"), {"minimum": 1}, {"maximum": 5}), "5", "6"),
        (all_of({"type": "number"}, ref("Count")), "5", "5.5"),
        (all_of(ref("Count"), {"multipleOf": 4}, {"multipleOf": 6}), "12", "8"),
        (
            all_of({"type": "object", "additionalProperties": TEXT}, {"maxProperties": 1}),
            '{"a":"b"}',
            '{"a":"b","c":""}',
        ),
        (all_of({"type": "object"}, {"additionalProperties": NUMBER}), '{"a":1}', '{"a":"b"}'),
        (all_of(TEXT, {"format": "date"}), '"2024-02-29"', '"x"'),
    ],
)
def test_assertions_of_all_parts_hold_and_the_type_stays(
    schema: dict[str, Any], good: str, bad: str, generate: Generates
) -> None:
    package = generate(**schemas(**NAMES, Box=thing(it=schema)))
    box(package, good)
    with pytest.raises(msgspec.ValidationError):
        decode(package, package.models.Box, f'{{"it":{bad}}}')


def test_listed_values_are_those_of_all_parts(generate: Generates) -> None:
    levels = {"type": "string", "enum": ["low", "high", "off"]}
    package = generate(
        **schemas(
            Level=levels,
            Grade=all_of(TEXT, {"enum": ["rough", "fine"]}),
            On=all_of(ref("Level"), {"enum": ["high", "low"]}),
            Box=thing(it=all_of(ref("Level"), {"description": "How much."})),
        )
    )
    models = package.models
    assert [member.value for member in models.Grade] == ["rough", "fine"]
    assert [member.value for member in models.On] == ["low", "high"]
    assert box(package, '"off"') is models.Level.OFF


def test_an_object_with_alternatives_has_both(generate: Generates) -> None:
    package = generate(
        **schemas(
            Common=thing(["id"], id=TEXT),
            Granite=thing(grain=NUMBER),
            Slate=thing(split=FLAG),
            Box=thing(it=all_of(ref("Common"), {"oneOf": [ref("Granite"), ref("Slate")]})),
        )
    )
    stone = box(package, '{"id":"a","split":true}')
    assert isinstance(stone, package.models.Slate)
    assert stone.id == "a"
    with pytest.raises(msgspec.ValidationError):
        decode(package, package.models.Box, '{"it":{"split":true}}')


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_alternatives_that_only_require_leave_the_type(keyword: str, generate: Generates) -> None:
    either = {keyword: [{"required": ["a"]}, {"required": ["b"], "not": {"required": ["a"]}}]}
    package = generate(**schemas(Both=thing(a=NUMBER, b=TEXT), Box=thing(it=all_of(ref("Both"), either))))
    assert box(package, '{"b":"x"}').b == "x"


class TestEachSchemaIsComposedOnce:
    @pytest.mark.parametrize("depth", [18, 60, 150])
    def test_of_the_same_twice(self, depth: int, generate: Generates) -> None:
        levels = {f"S{n}": all_of(ref(f"S{n + 1}"), ref(f"S{n + 1}")) for n in range(depth)}
        package = generate(**schemas(**levels, **{f"S{depth}": thing(a=TEXT)}))
        assert decode(package, package.models.S0, '{"a":"x"}').a == "x"

    def test_of_two_that_lead_to_two(self, generate: Generates) -> None:
        both = {f"{s}{n}": thing(p=ref(f"{s}{n + 1}"), q=ref(f"{s}{n + 1}")) for s in "AB" for n in range(40)}
        package = generate(
            **schemas(**both, A40=thing(a=TEXT), B40=thing(b=TEXT), Box=thing(it=all_of(ref("A0"), ref("B0"))))
        )
        assert box(package, '{"q":{"p":{"q":{}}}}').q.p.q.p is None

    def test_of_properties_that_each_narrow_the_next(self, generate: Generates) -> None:
        levels = {
            f"S{n}": thing(
                f=all_of(ref(f"S{n + 1}"), {"required": ["f"]}), g=all_of(ref(f"S{n + 1}"), {"required": ["g"]})
            )
            for n in range(40)
        }
        package = generate(**schemas(**levels, S40=thing(f=TEXT, g=TEXT)))
        assert decode(package, package.models.S38, '{"f":{"f":{"f":"x","g":"y"}}}').f.f.g == "y"

    @pytest.mark.slow
    @pytest.mark.parametrize("depth", [40, 160])
    def test_of_a_property_that_each_has_from_all_below(
        self, depth: int, read: Reads, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Work is counted: schemas taken apart, and pairs of them that are compared word by word."""
        calls: Counter[str] = Counter()
        for module, name in ((composition, "leaves"), (compose, "leaves"), (narrowing, "bare")):
            done = getattr(module, name)
            monkeypatch.setattr(module, name, lambda *words, name=name, done=done: calls.update([name]) or done(*words))
        levels = {f"S{n}": all_of(thing(q=ref(f"S{n + 1}")), ref(f"S{n + 1}")) for n in range(depth)}
        described = read(**schemas(**levels, **{f"S{depth}": thing(a=TEXT)}))
        assert described.api.schemas["#/components/schemas/S0"].name == "S0"
        assert calls["leaves"] < 20 * depth
        assert calls["bare"] < 20 * depth

    def test_of_more_alternatives_than_anybody_can_read(self, read: Reads) -> None:
        pairs = [{"oneOf": [thing(**{f"a{n}": TEXT}), thing(**{f"b{n}": TEXT})]} for n in range(60)]
        described = read(**schemas(S=all_of(*pairs)))
        assert "unsupported-composition" in {found.rule for found in described.diagnostics}
        assert len(described.api.schemas) < 600


class TestWhatLeadsBackToItself:
    @pytest.mark.parametrize(
        "left",
        [
            all_of(ref("Tree"), ref("Tree")),
            all_of(ref("Tree"), {"description": "The left one."}),
            all_of(ref("Tree"), thing(depth=NUMBER)),
            all_of(ref("Tree"), {"required": ["name"]}),
            all_of(ref("Tree"), ref("Other")),
        ],
        ids=str,
    )
    def test_is_a_recursive_type(self, left: dict[str, Any], generate: Generates) -> None:
        other = thing(left=thing(name=TEXT), size=NUMBER)
        package = generate(**schemas(Tree={"properties": {"left": left, "name": TEXT}}, Other=other))
        text = '{"left":{"left":{"left":{"name":"x"},"name":"y"},"name":"z"}}'
        tree = decode(package, package.models.Tree, text)
        assert json.loads(encode(package, tree)) == json.loads(text)
        assert tree.left.left.name == "y"

    def test_a_list_of_lists(self, generate: Generates) -> None:
        lists = {name: {"type": "array", "items": ref(name)} for name in ("A", "B")}
        package = generate(**schemas(**lists, Box=thing(it=all_of(ref("A"), ref("B")))))
        box(package, "[[],[[]]]")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["array", "reference", "map", "composed", "alternatives"])
def test_a_chain_ends_at_a_stated_depth(kind: str, generate: Generates, read: Reads) -> None:
    def chain(length: int) -> dict[str, Any]:
        def link(n: int) -> dict[str, Any]:
            following = ref(f"S{n + 1}")
            return {
                "array": {"type": "array", "items": following},
                "reference": following,
                "map": {"type": "object", "additionalProperties": following},
                "composed": all_of(following, thing(**{f"p{n}": TEXT})),
                "alternatives": {"oneOf": [following, NUMBER]},
            }[kind]

        return schemas(**{f"S{n}": link(n) for n in range(length)}, **{f"S{length}": thing(a=TEXT)})

    package = generate(**chain(150))
    msgspec.json.Decoder(package.models.S0, dec_hook=package._runtime.secret.dec_hook)
    for length in (400, 1000):
        with pytest.raises(InputError) as caught:
            read(**chain(length))
        (found,) = [each for each in caught.value.diagnostics if each.rule == "too-deep"]
        assert "200 schemas" in found.message
        assert found.location.line == 1


LINKS: dict[str, Callable[[Any], Any]] = {
    "property and whole": lambda after: all_of(thing(q=after), after),
    "whole and property": lambda after: all_of(after, thing(q=after)),
    "two of a property": lambda after: all_of(thing(q=after), thing(q=all_of(after, {}))),
    "items": lambda after: all_of({"type": "array", "items": after}, {"items": after}),
    "alternatives": lambda after: {"anyOf": [after, thing(q=after)]},
    "alternatives beside": lambda after: all_of({"oneOf": [after, NUMBER]}, thing(q=after)),
    "further": lambda after: all_of({"type": "object", "additionalProperties": after}, after),
    "required": lambda after: {"allOf": [after], "required": ["end", "more"]},
    "nothing but it": lambda after: all_of(all_of(after, {"type": "object"})),
}


@pytest.mark.slow
@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("length", [203, 230])
def test_a_chain_of_any_kind_is_read_or_refused_at_its_place(link: str, length: int, read: Reads) -> None:
    chain = {f"L{number}": LINKS[link](ref(f"L{number + 1}")) for number in range(length)}
    try:
        read(**schemas(**chain, **{f"L{length}": thing(end=TEXT)}, Box=thing(it=ref("L0"))))
    except InputError as refused:
        told = [each for each in refused.diagnostics if each.level is Level.ERROR]
        assert {each.rule for each in told} <= {"too-deep", "ref-cycle"}
        assert all(each.location.line for each in told)


def test_a_long_chain_of_objects_is_no_chain(generate: Generates) -> None:
    package = generate(**schemas(**{f"S{n}": thing(next=ref(f"S{n + 1}")) for n in range(300)}, S300=thing(a=TEXT)))
    assert decode(package, package.models.S0, '{"next":{"next":{}}}').next.next.next is None


class TestBesideAlternatives:
    def test_of_hundreds(self, generate: Generates) -> None:
        many = {f"M{n}": thing([f"m{n}"], **{f"m{n}": TEXT}) for n in range(300)}
        event = {**thing(["id"], id=TEXT), "oneOf": [ref(name) for name in many]}
        package = generate(**schemas(Box=thing(it=event), **many))
        found = box(package, '{"id":"i","m299":"x"}')
        assert (found.id, found.m299) == ("i", "x")

    @pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
    @pytest.mark.parametrize("inline", [True, False])
    def test_properties_belong_to_every_member(self, keyword: str, inline: bool, generate: Generates) -> None:
        at, every = thing(["at"], at=TEXT), thing(["every"], every=NUMBER)
        members = [at, every] if inline else [ref("At"), ref("Every")]
        job = {**thing(["title"], title=TEXT, note=TEXT), keyword: members}
        package = generate(**schemas(Job=job, At=at, Every=every, Box=thing(it=ref("Job"))))
        found = box(package, '{"title":"nightly","every":5}')
        assert (found.title, found.note, found.every) == ("nightly", None, 5)
        assert isinstance(found, package.models.Every) is not inline
        with pytest.raises(msgspec.ValidationError):
            decode(package, package.models.Box, '{"it":{"every":5}}')

    def test_where_a_discriminator_tells(self, generate: Generates) -> None:
        gate = {
            **thing(["kind", "number"], kind=TEXT, number=NUMBER),
            "oneOf": [ref("Upper"), ref("Lower")],
            "discriminator": {"propertyName": "kind", "mapping": {"u": "#/components/schemas/Upper", "l": "Lower"}},
        }
        upper, lower = thing(kind=TEXT, spill=FLAG), thing(kind=TEXT, drain=FLAG)
        package = generate(**schemas(Gate=gate, Upper=upper, Lower=lower, Box=thing(it=ref("Gate"))))
        found = box(package, '{"kind":"l","number":7,"drain":true}')
        assert (found.number, found.drain) == (7, True)
        assert box(package, '{"kind":"new","number":7}') == {"kind": "new", "number": 7}

    def test_where_members_refer_back(self, generate: Generates) -> None:
        gate = {**thing(["number"], number=NUMBER), "oneOf": [ref("Upper"), ref("Lower")]}
        package = generate(
            **schemas(
                Gate=gate,
                Upper=all_of(ref("Gate"), thing(["spill"], spill=FLAG)),
                Lower=all_of(ref("Gate"), thing(["drain"], drain=FLAG)),
                Box=thing(it=ref("Gate")),
            )
        )
        found = box(package, '{"number":7,"drain":true}')
        assert type(found) is package.models.Lower
        assert found.number == 7
        assert decode(package, package.models.Upper, '{"number":1,"spill":false}').number == 1

    def test_further_properties_belong_to_every_member(self, generate: Generates) -> None:
        job = {**thing(title=TEXT), "additionalProperties": NUMBER, "anyOf": [thing(at=TEXT), thing(every=NUMBER)]}
        package = generate(**schemas(Box=thing(it=job)))
        assert box(package, '{"title":"a","at":"b","c":1}').additional_properties == {"c": 1}

    def test_assertions_of_texts(self, generate: Generates) -> None:
        text = {"type": "string", "maxLength": 20, "anyOf": [{"format": "date"}, {"pattern": "^x"}]}
        package = generate(**schemas(Box=thing(it=text)))
        assert box(package, '"2024-02-29"').year == 2024
        box(package, '"xyz"')
        with pytest.raises(msgspec.ValidationError):
            decode(package, package.models.Box, f'{{"it":"x{"y" * 30}"}}')

    def test_both_kinds_of_alternatives(self, generate: Generates) -> None:
        both = {
            "oneOf": [thing(["a"], a=TEXT), thing(["b"], b=TEXT)],
            "anyOf": [thing(["c"], c=TEXT), thing(["d"], d=TEXT)],
        }
        package = generate(**schemas(Box=thing(it=both)))
        found = box(package, '{"b":"1","d":"2"}')
        assert (found.b, found.d) == ("1", "2")

    def test_a_property_that_two_narrow(self, generate: Generates) -> None:
        first = thing(size=thing(["w"], w=NUMBER), tag=TEXT)
        second = thing(size=thing(h=NUMBER), tag={"maxLength": 2})
        package = generate(**schemas(A=first, B=second, Box=thing(it=all_of(ref("A"), ref("B")))))
        assert box(package, '{"size":{"w":1,"h":2},"tag":"ab"}').size.h == 2
        for bad in ('{"size":{"h":2}}', '{"tag":"abc"}'):
            with pytest.raises(msgspec.ValidationError):
                decode(package, package.models.Box, f'{{"it":{bad}}}')


class TestKeywordsOf31:
    def generated(self, generate: Generates, it: Any, **named: Any) -> ModuleType:
        return generate(openapi="3.1.0", **schemas(**named, Box=thing(it=it)))

    def test_beside_a_reference(self, generate: Generates) -> None:
        package = self.generated(generate, {**ref("Name"), "maxLength": 3}, Name=TEXT)
        box(package, '"abc"')
        with pytest.raises(msgspec.ValidationError):
            decode(package, package.models.Box, '{"it":"abcd"}')

    def test_properties_beside_a_reference(self, generate: Generates) -> None:
        package = self.generated(generate, {**ref("Base"), **thing(["b"], b=TEXT)}, Base=thing(a=NUMBER))
        found = box(package, '{"a":1,"b":"x"}')
        assert isinstance(found, package.models.Base)
        assert found.b == "x"

    def test_a_description_beside_a_reference_is_no_composition(self, generate: Generates) -> None:
        package = self.generated(generate, {**ref("Base"), "description": "It."}, Base=thing(a=NUMBER))
        assert type(box(package, '{"a":1}')) is package.models.Base

    def test_items_by_position(self, generate: Generates) -> None:
        pair = {"type": "array", "prefixItems": [NUMBER, TEXT], "items": False}
        package = self.generated(generate, pair)
        box(package, '[1,"a"]')
        with pytest.raises(msgspec.ValidationError):
            decode(package, package.models.Box, '{"it":[1.5]}')

    def test_items_by_position_with_others_behind(self, generate: Generates) -> None:
        box(self.generated(generate, {"type": "array", "prefixItems": [NUMBER]}), '[1,"a",{"b":null}]')
        rest = {"type": "array", "prefixItems": [NUMBER], "items": thing(["a"], a=TEXT)}
        assert box(self.generated(generate, rest), '[1,{"a":"x"}]')[1].a == "x"

    @pytest.mark.parametrize("known", [{}, {"name": TEXT}])
    def test_properties_by_pattern(self, known: dict[str, Any], generate: Generates) -> None:
        named = {**thing(**known), "patternProperties": {"^x-": NUMBER}, "additionalProperties": False}
        package = self.generated(generate, named)
        box(package, '{"x-a":1}' if not known else '{"name":"n","x-a":1}')
        with pytest.raises(msgspec.ValidationError):
            decode(package, package.models.Box, '{"it":{"x-a":"no"}}')

    def test_properties_by_pattern_beside_others(self, generate: Generates) -> None:
        named = {**thing(name=TEXT), "patternProperties": {"^x-": NUMBER}}
        box(self.generated(generate, named), '{"name":"n","x-a":1,"other":[true]}')

    def test_unevaluated_properties(self, generate: Generates) -> None:
        package = self.generated(generate, all_of(ref("Base"), unevaluatedProperties=NUMBER), Base=thing(a=TEXT))
        assert box(package, '{"a":"x","b":1}').additional_properties == {"b": 1}
        closed = self.generated(generate, all_of(ref("Base"), unevaluatedProperties=False), Base=thing(a=TEXT))
        assert box(closed, '{"a":"x"}').a == "x"

    @pytest.mark.parametrize(
        "more",
        [
            {"if": {"properties": {"kind": {"const": "a"}}}, "then": {"properties": {"more": NUMBER}}},
            {"if": {"required": ["kind"]}, "then": {}, "else": {"properties": {"more": TEXT}}},
            {"dependentSchemas": {"kind": {"properties": {"more": NUMBER}}}},
        ],
        ids=str,
    )
    def test_a_property_of_a_condition_is_kept_whatever_it_is(self, more: dict[str, Any], generate: Generates) -> None:
        package = self.generated(generate, {**thing(kind=TEXT), **more})
        for value in ("1", '"x"', "[null]"):
            box(package, f'{{"kind":"b","more":{value}}}')

    @pytest.mark.parametrize(
        "keyword", ["not", "if", "propertyNames", "dependentRequired", "contains", "unevaluatedItems"]
    )
    def test_what_is_not_expressed_is_named(self, keyword: str, read: Reads) -> None:
        value: Any = {"dependentRequired": {"a": ["b"]}}.get(keyword, {"maxLength": 3})
        described = read(openapi="3.1.0", **schemas(S={**thing(a=TEXT, b=TEXT), keyword: value}))
        (found,) = [each for each in described.diagnostics if each.rule == "unsupported-part"]
        assert keyword in found.message


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["objects", "open", "lists", "maps"])
def test_a_chain_of_a_thousand_objects_is_read_and_sent(kind: str, generate: Generates) -> None:
    def link(n: int) -> dict[str, Any]:
        following = ref(f"S{n + 1}")
        if kind == "lists":
            return thing(next={"type": "array", "items": following})
        if kind == "maps":
            return thing(next={"type": "object", "additionalProperties": following})
        return {**thing(next=following), **({"additionalProperties": True} if kind == "open" else {})}

    text = {"lists": b'{"next":[{"next":[]}]}', "maps": b'{"next":{"a":{"next":{}}}}'}.get(kind)
    text = text or b'{"next":{"next":{"next":{}}}}'
    answers = {"200": {"description": "It.", "content": {"application/json": {"schema": ref("S0")}}}}
    body = {"required": True, "content": {"application/json": {"schema": {"type": "array", "items": ref("S0")}}}}
    links = {f"S{n}": link(n) for n in range(1000)}
    package = generate(**operation(body=body, answers=answers, **links, S1000=thing(a=TEXT)))
    reply = Reply(200, body=text, headers={"Content-Type": "application/json"})
    seen, given = both(package, lambda c: c.x.call(body=[package.models.S0()]), lambda _: reply)
    assert [request.body for request in seen] == [b"[{}]", b"[{}]"]
    assert encode(package, given[0]).encode() == text
