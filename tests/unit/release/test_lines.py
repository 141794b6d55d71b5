"""Lines of a changelog: one a cause, by resource, with long lists folded, and the version that the causes demand."""

from __future__ import annotations

import datetime

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import causes_of, compared
from vcsdk.diff.read import read
from vcsdk.release.changelog import entry
from vcsdk.release.notes import notes
from vcsdk.release.version import Demand, demanded

from tests.unit.diff.test_causes import REF, TEXT, THING, changed, description, operations


@pytest.fixture
def told(tmp_path):
    def make(old, new):
        import json

        sides = []
        for name, document in (("old", old), ("new", new)):
            path = tmp_path / name / "things.json"
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(document))
            sides.append(read(path, None, use_config=True, overlays=(), diagnostics=Diagnostics()))
        found = compared(*sides)
        causes = causes_of(found.findings, found.comparison)
        return causes, notes(causes, sides[0].api, sides[1].api)

    return make


def test_a_schema_that_forty_operations_share_is_one_line(told):
    causes, lines = told(description({"Thing": THING}), description({"Thing": changed(name=None)}))
    (line,) = lines
    assert line.text == (
        "each of 40 methods (`things0.get_things0()`, `things1.get_things1()`, `things10.get_things10()`, …) "
        "no longer gives `name`"
    )
    assert line.breaking
    assert sum(len(names) for _, names in line.every) == 40
    assert demanded(causes) is Demand.MAJOR
    text = entry("2.0.0", datetime.date(2026, 2, 3), lines)
    assert text.count("\n- ") == 1
    assert "<details><summary>All 40</summary>\n\n  - `things0`: `get_things0()`\n" in text
    assert "\n\n\n" not in text


def test_properties_that_came_to_one_schema_are_one_line(told):
    _, lines = told(description({"Thing": THING}, (REF,)), description({"Thing": changed(a=TEXT, b=TEXT)}, (REF,)))
    assert [line.text for line in lines] == ["`things0.get_things0()` now gives `a` and `b`"]


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (3, 3), (4, 1), (25, 1)])
def test_a_few_new_methods_have_a_line_each_and_many_have_one(count, lines, told):
    new = description({}, (TEXT,), operations(count, summary="Show it."))
    causes, found = told(description({}, (TEXT,)), new)
    assert len(found) == lines
    assert demanded(causes) is Demand.MINOR
    text = entry("1.1.0", None, found)
    if lines == 1 and count > 1:
        assert f"- {count} methods (" in text
        assert all(f"`old{n}()`" in text for n in range(count))
    else:
        assert text.count(": Show it.\n") == count


def test_lines_are_grouped_by_resource(told):
    more = {"parameters": [{"name": "much", "in": "query", "required": True, "schema": TEXT}]}
    first = [
        ("/a", "get", {"operationId": "a_get", "tags": ["a"]}),
        ("/b", "get", {"operationId": "b_get", "tags": ["b"]}),
    ]
    second = [(path, method, {**operation, **more}) for path, method, operation in first]
    _, lines = told(description({"Thing": THING}, (), first), description({"Thing": THING}, (), second))
    assert [line.resource for line in lines] == ["a", "b"]
    assert all("now needs `much`" in line.text for line in lines)


def test_new_words_alone_ask_for_a_patch(told):
    causes, lines = told(
        description({}, (), operations(5)), description({}, (), operations(5, summary="In other words."))
    )
    assert demanded(causes) is Demand.PATCH
    (line,) = lines
    assert line.text.startswith("The documentation of 5 methods (")


def test_of_each_thing_its_own_is_said(told):
    """Two properties of one schema that changed in two ways: neither is said of the other."""
    listed = {"a": {"enum": ["x"]}, "b": {"enum": ["y"]}, "c": {"enum": ["x"]}}
    wider = {"a": {"enum": ["x", "p"]}, "b": {"enum": ["y", "q"]}, "c": {"enum": ["x", "p"]}}
    sides = [
        {"type": "object", "properties": {name: {"type": "string", **said} for name, said in each.items()}}
        for each in (listed, wider)
    ]
    _, lines = told(*(description({"Thing": side}, (REF,)) for side in sides))
    (line,) = lines
    assert line.text.split("; ") == [
        "`a` and `c` of `things0.get_things0()` may be `p`",
        "`b` of `things0.get_things0()` may be `q`",
    ]
