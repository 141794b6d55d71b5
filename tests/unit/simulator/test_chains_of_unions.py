"""Unions that lead to each other by many ways are looked at once for a value, and cost a description no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import UnboundedError, Values

pytestmark = pytest.mark.slow

LENGTH = 50
TEXT = {"type": "string"}


def ref(at: int) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/L{at}"}


CHAINS: dict[str, Callable[[int], Any]] = {
    "the next or a text": lambda at: {"oneOf": [ref(at + 1), TEXT]},
    "a text or the next": lambda at: {"oneOf": [TEXT, ref(at + 1)]},
    "any of the next two": lambda at: {"anyOf": [ref(at + 1), ref(at + 2), TEXT]},
    "objects of the next": lambda at: {
        "oneOf": [
            {"type": "object", "required": ["a"], "properties": {"a": ref(at + 1)}},
            {"type": "object", "required": ["b"], "properties": {"b": ref(at + 2)}},
        ]
    },
    "two properties": lambda at: {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": {"oneOf": [ref(at + 1), TEXT]}, "b": {"anyOf": [ref(at + 1), ref(at + 2)]}},
    },
    "six properties of one kind": lambda at: {
        "type": "object",
        "required": [*"abcdef"],
        "properties": {name: {"oneOf": [ref(at + 1), TEXT]} for name in "abcdef"},
    },
    "lists of the next": lambda at: {"oneOf": [{"type": "array", "items": ref(at + 1), "minItems": 1}, ref(at + 2)]},
    "one of the next two": lambda at: {"oneOf": [ref(at + 1), ref(at + 2)]},
    "not what is first thought of": lambda at: {"oneOf": [ref(at + 1), TEXT], "not": {"const": "example"}},
    "both of two unions": lambda at: {"allOf": [{"oneOf": [ref(at + 1), TEXT]}, {"anyOf": [ref(at + 2), TEXT]}]},
}
DEAR = ("one of the next two", "not what is first thought of", "both of two unions")
"""Of which most have no value that is found, so that all that is allowed is tried."""


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many schemas values were made for, and how many were compiled."""
    counts = [0, 0]
    generate, registry = Values._generate, Schemas._registry

    def counted(self: Values, *args: Any) -> Any:
        counts[0] += 1
        return generate(self, *args)

    def compiled(self: Schemas, request: bool) -> Any:
        counts[1] += 1
        return registry(self, request)

    monkeypatch.setattr(Values, "_generate", counted)
    monkeypatch.setattr(Schemas, "_registry", compiled)
    return counts


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("chain", CHAINS)
def test_a_chain_is_walked_once_for_a_value(chain: str, version: str, looked: list[int]) -> None:
    schemas = chained(chain, LENGTH, version)
    values = Values(schemas)

    made = [valid(schemas, values, ref(at)) for at in range(LENGTH)]

    assert made[-1], "the last of the chain leads to what is plain"
    assert looked[1] < 20 * LENGTH
    assert looked[0] < LENGTH * (20_000 if chain in DEAR else 3_000)


@pytest.mark.parametrize("chain", DEAR)
def test_what_is_looked_for_in_vain_is_bounded_for_the_whole_description(chain: str, looked: list[int]) -> None:
    schemas = chained(chain, 3 * LENGTH, "3.1.0")
    values = Values(schemas)

    for at in range(3 * LENGTH):
        valid(schemas, values, ref(at))

    assert looked[0] < 1_000_000


def test_two_places_never_share_what_was_made_for_both() -> None:
    either = {"oneOf": [{"type": "object", "required": ["t"], "properties": {"t": TEXT}}, {"type": "integer"}]}
    both = {"type": "object", "required": ["a", "b", "c"], "properties": dict.fromkeys("ab", ref(0))}
    both["properties"]["c"] = {"type": "array", "minItems": 2, "prefixItems": [ref(0), ref(0)]}
    values = Values(Schemas({"openapi": "3.1.0", "components": {"schemas": {"L0": either}}}))

    made = values.example(both)

    found = [made["a"], made["b"], *made["c"]]
    assert found == [{"t": "example"}] * 4
    assert len({id(each) for each in found}) == 4


def test_schemas_that_say_the_same_but_for_a_mark_of_our_own_are_not_taken_for_each_other() -> None:
    family = {
        "type": "object",
        "required": ["tag"],
        "properties": {"tag": TEXT},
        "discriminator": {"propertyName": "tag", "mapping": {"c": "#/components/schemas/Cat"}},
    }
    cat = {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "properties": {"lives": TEXT}}]}
    plain = {"type": "object", "required": ["tag"], "properties": {"tag": TEXT, "lives": TEXT}}
    schemas = Schemas({"openapi": "3.1.0", "components": {"schemas": {"Pet": family, "Cat": cat}}})
    values = Values(schemas)

    first = values.example({"oneOf": [plain, {"type": "integer"}]})
    told = values.example({"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"type": "integer"}]})

    assert (first["tag"], told["tag"]) == ("example", "c")


def chained(chain: str, length: int, version: str) -> Schemas:
    """Schemas that lead from each to the next ones, the last to plain ones."""
    components: dict[str, Any] = {f"L{at}": CHAINS[chain](at) for at in range(length)}
    components |= {f"L{length}": {"type": "integer"}, f"L{length + 1}": {"type": "boolean"}}
    return Schemas({"openapi": version, "components": {"schemas": components}})


def valid(schemas: Schemas, values: Values, schema: Any) -> bool:
    """Whether a value was found; one that was is valid."""
    try:
        value = values.example(schema)
    except UnboundedError:
        return False
    assert schemas.accepts(schema, value)
    assert parts(value) <= 20_001
    return True


def parts(value: Any) -> int:
    """How many values there are in a value, itself included."""
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(parts, below))
