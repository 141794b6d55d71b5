"""Chains of schemas that each hold the next: twice as long, at most four times the work, and never without end."""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vcsdk.build import compose
from vcsdk.build.narrowing import Narrowest, narrower
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.effort import Effort
from vcsdk.diff import compare
from vcsdk.emitters.contract.fitting import Fitting
from vcsdk.emitters.untyped import untyped
from vcsdk.naming.shapes import shapes
from vcsdk.pipeline import read_api

TEXT = {"type": "string"}
SHORT, QUADRATIC = 16, 4.4


def of(number: int) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/L{number}"}


def an(number: int) -> dict[str, Any]:
    return {"type": "object", "properties": {f"p{number}": TEXT}}


def q(schema: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"q": schema}}


SHAPES: dict[str, Callable[[int], dict[str, Any]]] = {
    "extends": lambda i: {"allOf": [of(i + 1), an(i)]},
    "extends, own first": lambda i: {"allOf": [an(i), of(i + 1)]},
    "one property of all": lambda i: {"allOf": [q(of(i + 1)), of(i + 1)]},
    "one property, wrapped": lambda i: {"allOf": [of(i + 1), q({"allOf": [of(i + 1)], "description": str(i)})]},
    "one property, bounded": lambda i: {"allOf": [of(i + 1), q({**TEXT, "maxLength": i + 1})]},
    "keywords beside a reference": lambda i: {**of(i + 1), "properties": {f"p{i}": TEXT}},
    "one of": lambda i: {"oneOf": [of(i + 1), an(i)]},
    "one of, with more beside": lambda i: {"oneOf": [of(i + 1), an(i)], **an(i)},
    "all of one of": lambda i: {"allOf": [{"oneOf": [of(i + 1), an(i)]}, {"properties": {f"b{i}": TEXT}}]},
    "any of, or a text": lambda i: {"anyOf": [of(i + 1), TEXT]},
    "wraps": lambda i: {"allOf": [of(i + 1)]},
    "twice": lambda i: {"allOf": [of(i + 1), of(i + 1)]},
    "a property": lambda i: q(of(i + 1)),
    "an item": lambda i: {"type": "array", "items": of(i + 1)},
}


def chain(path: Path, shape: Callable[[int], dict[str, Any]], length: int, end: Any = TEXT) -> Path:
    body = {"content": {"application/json": {"schema": of(0)}}}
    operation = {"operationId": "put", "requestBody": body, "responses": {"200": {"description": "It.", **body}}}
    last = {"type": "object", "properties": {"end": end}} if end is not None else {}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"put": operation}},
        "components": {"schemas": {**{f"L{i}": shape(i) for i in range(length)}, f"L{length}": last}},
    }
    path.write_text(json.dumps(document))
    return path


def calls(work: Callable[[], object]) -> int:
    """How many functions of Python are called."""
    count = 0

    def counted(frame: object, event: str, _: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", SHAPES)
def test_twice_the_chain_is_four_times_the_work_to_read(tmp_path: Path, kind: str) -> None:
    short, long = (chain(tmp_path / f"{n}.json", SHAPES[kind], n) for n in (2 * SHORT, 4 * SHORT))
    read_api(short)  # what is imported, and kept, by the first
    assert calls(lambda: read_api(long)) < QUADRATIC * calls(lambda: read_api(short))


@pytest.mark.parametrize("fork", [{"type": "array"}, {"type": "object"}, {"properties": {}}])
def test_what_schemas_come_to_is_told_however_they_fork(tmp_path: Path, fork: dict[str, Any]) -> None:
    def both(number: int) -> dict[str, Any]:
        to = of(number + 1)
        inner = {"items": to} if fork.get("type") == "array" else {"additionalProperties": to}
        return {"anyOf": [{**fork, **(inner if "type" in fork else {"properties": {"a": to}})}, to]}

    described = read_api(chain(tmp_path / "t.json", both, 60))
    assert calls(lambda: shapes(described.api.schemas)) < 1_000_000


@pytest.mark.parametrize("kind", ["extends", "one property of all", "one of, with more beside", "one of"])
def test_twice_the_chain_is_four_times_the_work_to_compare(tmp_path: Path, kind: str) -> None:
    counts = []
    for length in (SHORT, SHORT, 2 * SHORT):
        old = read_api(chain(tmp_path / "old.json", SHAPES[kind], length))
        new = read_api(chain(tmp_path / "new.json", SHAPES[kind], length, end={"type": "integer"}))
        counts.append(calls(lambda old=old, new=new: compare(old, new)))  # type: ignore[misc]
    assert counts[2] < QUADRATIC * counts[1]


def test_parts_that_nothing_leads_to_are_not_compared(tmp_path: Path) -> None:
    document = read_api(chain(tmp_path / "short.json", SHAPES["extends"], 3)).document
    counts = []
    for number in (100, 100, 200):
        parts = [({"type": "object", "properties": {f"p{i}": {}}}, f"/x/{i}") for i in range(number)]
        apart = compose.Apart(document)
        counts.append(calls(lambda parts=parts, apart=apart: apart.widest(parts, 9)))  # type: ignore[misc]
        assert [part for part, _ in apart.widest(parts, 9)] == parts
    assert counts[2] < 2.2 * counts[1]


def test_the_widest_are_kept_in_whatever_order_they_come(tmp_path: Path) -> None:
    document = read_api(chain(tmp_path / "short.json", SHAPES["extends"], 3)).document
    parts = {name: (of(number), f"/x/{name}") for number, name in enumerate("abcd")}
    inner = {"/components/schemas/L2": (document.data["components"]["schemas"]["L2"], "/components/schemas/L2")}
    for order in itertools.permutations([*parts.values(), *inner.values()]):
        kept = [part for part, _ in compose.Apart(document).widest(order, 9)]
        # Places of their own, which nothing leads to, and not the schema that three of them lead to.
        assert sorted(kept, key=lambda part: part[1]) == [*parts.values()]


@pytest.mark.parametrize("end", [TEXT, None])
@pytest.mark.parametrize("kind", ["twice", "one of", "all of one of", "any of, or a text", "extends", "wraps"])
def test_what_is_left_open_is_found_however_long_and_forked_the_chain(tmp_path: Path, kind: str, end: Any) -> None:
    untyped(read_api(chain(tmp_path / "long.json", SHAPES[kind], 190, end)))


FORKS = {
    "allOf": lambda i: {"allOf": [of(i + 1), of(i + 1)]},
    "anyOf": lambda i: {"anyOf": [{"required": ["x"]}, of(i + 1), {"not": of(i + 1)}]},
    "oneOf": lambda i: {"oneOf": [of(i + 1), of(i + 1)]},
}


WITHIN = {
    "a property": lambda i: {"allOf": [q(of(i + 1)), of(i + 1)]},
    "an item": lambda i: {"allOf": [{"type": "array", "items": of(i + 1)}, of(i + 1)]},
    "further properties": lambda i: {"allOf": [{"type": "object", "additionalProperties": of(i + 1)}, of(i + 1)]},
    "by pattern": lambda i: {"allOf": [{"type": "object", "patternProperties": {"^q": of(i + 1)}}, of(i + 1)]},
}


@pytest.mark.parametrize("kind", WITHIN)
def test_neither_is_one_whose_parts_would_be(tmp_path: Path, kind: str) -> None:
    path = chain(tmp_path / "within.json", WITHIN[kind], 60)
    assert not Effort(json.loads(path.read_text())).is_bounded(of(0))
    assert Effort(json.loads(chain(path, WITHIN[kind], 6).read_text())).is_bounded(of(0))
    assert Effort(json.loads(chain(path, SHAPES["extends"], 190).read_text())).is_bounded(of(0))


@pytest.mark.parametrize("keyword", FORKS)
def test_a_value_that_would_be_judged_without_end_is_not_judged(tmp_path: Path, keyword: str) -> None:
    path = chain(tmp_path / "forks.json", FORKS[keyword], 60)
    described = read_api(path)
    (operation,) = described.api.operations
    assert operation.body is not None
    judged = Fitting(described.document.data).body(operation, operation.body.content[0])
    assert judged({"end": 1})
    assert Description(path).departures(of(0), {"end": 1}) == []


def test_a_value_is_judged_where_a_schema_forks_a_few_times(tmp_path: Path) -> None:
    path = chain(tmp_path / "few.json", FORKS["allOf"], 5)
    described = read_api(path)
    (operation,) = described.api.operations
    assert operation.body is not None
    assert not Fitting(described.document.data).body(operation, operation.body.content[0])({"end": 1})
    assert Description(path).departures(of(0), {"end": 1})


def test_effort_follows_what_leads_nowhere_no_further() -> None:
    lost = {"allOf": [{"$ref": "#/a/9"}, {"$ref": "#/b/c/d"}, {"$ref": "https://elsewhere.example/#/a"}, {"$ref": 1}]}
    assert Effort({"a": [lost], "b": "text"}).is_bounded(lost)


ASSERTIONS: list[Any] = [
    *(True, False, {}, {"description": "d"}, TEXT, {**TEXT, "description": "d"}, {"maxLength": 1}, {"minLength": 1}),
    *({**TEXT, "maxLength": 1}, {"maxLength": True}, {"maxLength": 1.0}, {**TEXT, "maxLength": 2}, {"type": "object"}),
    *({"type": "object", "properties": {}}, {"properties": {}}, {"properties": {"a": TEXT}}, {"items": TEXT}),
    *({"type": "array"}, {"type": ["array"]}, {"type": "array", "items": TEXT}, {"additionalProperties": False}),
    *({"$ref": "#/a"}, {"$ref": "#/b"}, {"$ref": "#/a", "description": "d"}, {"$ref": "#/a", "maxLength": 1}),
    *({"allOf": [{"$ref": "#/a"}]}, {"allOf": [{"$ref": "#/b"}]}, {"enum": ["a"]}, {"enum": ["a", "b"]}),
    *({"items": {"items": {"items": {"items": {"maxLength": n}}}}} for n in range(3)),
]


def test_an_index_of_schemas_gives_what_comparing_each_with_each_gives() -> None:
    chance = random.Random(14)
    for _ in range(1000):
        parts = [(chance.choice(ASSERTIONS), f"/{number}") for number in range(chance.randint(1, 40))]
        kept = Narrowest()
        plain: list[tuple[Any, str]] = []
        for part in parts:
            kept.add(part)
            best, rest = part, []
            for known in plain:
                told = narrower(known, best)
                rest += [known] if told is None else []
                best = told or best
            plain = [*rest, best]
        assert [at for _, at in kept] == [at for _, at in plain]
