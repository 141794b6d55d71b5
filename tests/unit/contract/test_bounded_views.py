"""The schemas that a suite judges by are written in bounded work, however compositions fork or lead back."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.copied.suite import effort, schemas
from vcsdk.copied.suite.effort import Effort
from vcsdk.copied.suite.schemas import carries, names_in, without

from tests.unit.contract.wholes import with_components

pytestmark = pytest.mark.slow

TEXT = {"type": "string"}
END = {"type": "object", "properties": {"end": TEXT, "made": {"type": "string", "readOnly": True}}}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


FORKS: dict[str, Any] = {
    "allOf twice": lambda inner: {"allOf": [inner, inner]},
    "allOf within allOf": lambda inner: {"allOf": [{"allOf": [inner]}, inner]},
    "oneOf twice": lambda inner: {"oneOf": [inner, inner]},
    "beside properties": lambda inner: {"properties": {"end": TEXT}, "anyOf": [inner, {"allOf": [inner]}]},
}


def described(fork: str, links: int) -> dict[str, Any]:
    chain = {f"L{number}": FORKS[fork](ref(f"L{number + 1}")) for number in range(links)}
    return {"components": {"schemas": {**chain, f"L{links}": END}}}


@pytest.mark.parametrize("fork", FORKS)
@pytest.mark.parametrize("request_", [True, False], ids=["request", "answer"])
def test_what_doubles_is_written_once(fork: str, request_: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    document, calls, written = described(fork, 40), 0, schemas.View.written

    def counted(self: Any, *args: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        assert calls < 50_000, "the work doubles"
        return written(self, *args, **named)

    monkeypatch.setattr(schemas.View, "written", counted)
    whole = with_components(ref("L0"), document, closed=False, draft4=True, request=request_)
    assert len(whole["components"]["schemas"]) == 41


@pytest.mark.parametrize("fork", FORKS)
def test_names_and_marks_are_found_once(fork: str) -> None:
    components = described(fork, 40)["components"]["schemas"]

    def follow(node: Any) -> Any:
        return components[node["$ref"].rpartition("/")[2]] if isinstance(node, dict) and "$ref" in node else node

    assert names_in(ref("L0"), follow) == {"end", "made"}
    assert carries({"made": "x"}, ref("L0"), "readOnly", follow)
    assert not carries({"end": "x"}, ref("L0"), "readOnly", follow)
    assert without({"made": "x", "end": "y", "more": 1}, ref("L0"), "readOnly", follow) == {"end": "y", "more": 1}


ROUND: dict[str, dict[str, Any]] = {
    "a property made of the whole, twice": {"A": {"properties": {"old": {"allOf": [ref("A"), ref("A")]}}}},
    "a property made of the whole and more": {
        "A": {"properties": {"a": TEXT, "old": {"allOf": [ref("A"), {"properties": {"a": TEXT}}]}}}
    },
    "two of one another": {
        "A": {"allOf": [ref("B"), {"properties": {"x": {"type": "object"}}}]},
        "B": {"properties": {"x": {"allOf": [ref("A"), {"properties": {"x": {"type": "object"}}}]}}},
    },
    "items of the whole": {
        "A": {"properties": {"a": TEXT, "all": {"type": "array", "items": {"allOf": [ref("A"), ref("A")]}}}}
    },
    "alternatives beside properties": {
        "A": {"properties": {"a": TEXT, "b": {"properties": {"a": TEXT}, "anyOf": [ref("A"), ref("A")]}}}
    },
}


@pytest.mark.parametrize("name", ROUND)
@pytest.mark.parametrize("closed", [True, False])
def test_what_leads_back_ends(name: str, closed: bool) -> None:
    document = {"components": {"schemas": ROUND[name]}}
    whole = with_components(ref("A"), document, closed=closed, draft4=True)
    assert set(whole["components"]["schemas"]) == set(ROUND[name])


def test_what_is_counted_of_a_document_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    document = {"defs": [{"properties": {"a": TEXT}}]}
    for _ in range(200):
        document["defs"].append({"oneOf": [document["defs"][-1], TEXT]})
    calls, beside = 0, Effort._beside

    def counted(self: Effort, node: dict[str, Any]) -> Any:
        nonlocal calls
        calls += 1
        return beside(self, node)

    monkeypatch.setattr(effort.Effort, "_beside", counted)
    counting = Effort(document)
    for number in range(500):
        assert counting.is_bounded({"anyOf": [document["defs"][-1 - number % 100], {"type": "null"}]})
    assert calls < 200_000


def test_what_is_counted_of_others_is_not_kept_for_who_has_their_place() -> None:
    deep: dict[str, Any] = dict(TEXT)
    for _ in range(20):
        deep = {"oneOf": [deep, dict(deep)]}
    counting = Effort({})
    for _ in range(200):
        assert not counting.is_bounded({"allOf": [deep]})
        assert counting.is_bounded({"allOf": [{"type": "string"}]})
    assert not counting._counts
    assert not counting._within
