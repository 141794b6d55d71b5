"""Causes: one change of somebody's is one entry, in however many operations it shows and whatever follows from it."""

from __future__ import annotations

import json

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import Report, compared
from vcsdk.diff.causes.cause import Kind
from vcsdk.diff.formats import FORMATS, Format
from vcsdk.diff.read import read
from vcsdk.diff.scale import Area, Severity

TEXT = {"type": "string"}
THING = {"type": "object", "properties": {"name": TEXT, "size": TEXT, "kind": {"type": "string", "enum": ["a", "b"]}}}
REF = {"$ref": "#/components/schemas/Thing"}
USES = {
    "plain": REF,
    "in a list": {"type": "array", "items": REF},
    "in a property": {"type": "object", "properties": {"thing": REF}},
    "as an optional property": {"type": "object", "properties": {"thing": {"nullable": True, "allOf": [REF]}}},
    "as a base": {"allOf": [REF, {"type": "object", "properties": {"more": TEXT}}]},
}


def description(schemas, uses=(REF,) * 40, operations=None):
    """An API that gives each of these schemas, and takes the first."""
    paths = {
        f"/things{n}": {
            "get": {
                "operationId": f"get_things{n}",
                "tags": [f"things{n}"],
                "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": use}}}},
            }
        }
        for n, use in enumerate(uses)
    }
    for path, method, operation in operations or ():
        paths.setdefault(path, {})[method] = {"responses": {"204": {"description": "Done."}}, **operation}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://things.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


@pytest.fixture
def report(tmp_path):
    def make(old, new, show=Severity.SAFE):
        sides = []
        for name, document in (("old", old), ("new", new)):
            path = tmp_path / name / "things.json"
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(document, indent=1))
            sides.append(read(path, None, use_config=True, overlays=(), diagnostics=Diagnostics()))
        found = compared(*sides)
        return Report(sides[0].document, sides[1].document, found.findings, (), found.comparison, show)

    return make


def changed(**properties):
    """The schema with other properties; None for one that is gone."""
    every = {**THING["properties"], **properties}
    return {**THING, "properties": {name: each for name, each in every.items() if each is not None}}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(
    "new",
    [
        changed(name=None),
        changed(name={"type": "integer"}),
        changed(name={**TEXT, "nullable": True}),
        changed(more2=TEXT),
        changed(kind={"type": "string", "enum": ["a", "b", "c", "d"]}),
        {**THING, "required": ["name"]},
    ],
    ids=["gone", "type", "null", "new", "values", "required"],
)
def test_a_change_of_a_schema_is_one_cause_wherever_it_shows(use, new, report):
    uses = (USES[use],) * 12
    made = report(description({"Thing": THING}, uses), description({"Thing": new}, uses))
    assert len(made.causes) == 1, [cause.message for cause in made.causes]
    (cause,) = made.causes
    assert cause.kind is Kind.API
    assert cause.operations == 12
    assert {finding.rule.area is Area.SURFACE for finding in cause.own} == {False}
    assert len(cause.findings) == len(made.findings)
    assert cause.following


@pytest.mark.parametrize("use", [use for use in USES if use != "as a base"])
def test_further_properties_are_one_cause_with_the_field_that_holds_them(use, report):
    uses = (USES[use],) * 5
    new = {**THING, "additionalProperties": {"type": "integer"}}
    (cause,) = report(description({"Thing": THING}, uses), description({"Thing": new}, uses)).causes
    assert [finding.site.symbol for finding in cause.following] == ["models.thing.Thing.additional_properties"]


def test_the_same_change_of_what_is_sent_and_what_is_given_is_one_cause(report):
    body = {"requestBody": {"content": {"application/json": {"schema": REF}}}, "operationId": "make"}
    operations = [("/make", "post", body)]
    new = changed(kind={"type": "string", "enum": ["a", "b", "c"]})
    made = report(
        description({"Thing": THING}, operations=operations), description({"Thing": new}, operations=operations)
    )
    (cause,) = made.causes
    assert {finding.rule.id for finding in cause.own} == {"request-enum-value-added", "response-enum-value-added"}
    assert cause.level is Severity.RISKY


def test_changes_of_two_schemas_are_two_causes(report):
    uses = (REF, {"$ref": "#/components/schemas/Other"})
    other = changed(name=None, far=TEXT)
    made = report(
        description({"Thing": THING, "Other": other}, uses),
        description({"Thing": changed(size=None), "Other": {**other, "properties": {"size": TEXT}}}, uses),
    )
    assert [cause.message for cause in made.causes] == [
        "schema Other: /far, /kind: is gone",
        "schema Thing: /size: is gone",
    ]


def test_a_schema_that_was_written_out_everywhere_and_is_a_component_now_changes_once(report):
    uses = ({"type": "object", "properties": {"thing": THING}},) * 6
    new = description({"Thing": changed(name=None)}, ({"type": "object", "properties": {"thing": REF}},) * 6)
    made = report(description({}, uses), new)
    gone = [cause for cause in made.causes if cause.level is Severity.BREAKING and cause.kind is Kind.API]
    assert [cause.operations for cause in gone] == [6]


def test_a_renamed_schema_is_one_cause_and_no_change_of_the_api(report):
    holder = {"type": "object", "properties": {str(n): REF for n in range(9)}}
    old = description({"Thing": THING, "Holder": holder}, (REF, {"$ref": "#/components/schemas/Holder"}))
    new = json.loads(json.dumps(old).replace("schemas/Thing", "schemas/Gadget").replace('"Thing":', '"Gadget":'))
    made = report(old, new)
    for cause in made.causes:
        assert cause.kind is Kind.NAMES
        assert all(finding.rule.area is Area.SURFACE for finding in cause.findings)
    assert len(made.causes) <= 2  # the class, and that of the enumeration in it


def test_a_finding_that_follows_says_so_and_is_not_counted_again(report):
    made = report(description({"Thing": THING}), description({"Thing": changed(name=None)}))
    printed = json.loads(FORMATS[Format.JSON](made))
    (cause,) = printed["causes"]
    follows = [row for row in printed["findings"] if "symbol" in row]
    assert follows
    assert {row["follows"] for row in follows} == {cause["findings"][0]}
    assert all("follows" not in row for row in printed["findings"] if "symbol" not in row)
    assert printed["counts"]["breaking"] == len(cause["findings"]) == 40
    assert sorted(cause["findings"] + cause["following"]) == sorted(row["fingerprint"] for row in printed["findings"])
    assert printed["counts_of_causes"] == {"breaking": 1, "risky": 0, "safe": 0}


def operations(count, **fields):
    return [(f"/old{n}", "get", {"operationId": f"old{n}", "tags": [f"group{n}"], **fields}) for n in range(count)]


@pytest.mark.parametrize(("count", "causes"), [(1, 1), (3, 3), (4, 1), (30, 1)])
def test_operations_that_are_gone_are_a_list_where_they_are_many(count, causes, report):
    made = report(description({}, (), operations(count)), description({}, (TEXT,)))
    gone = [cause for cause in made.causes if cause.level is Severity.BREAKING]
    assert len(gone) == causes
    assert sum(cause.operations for cause in gone) == count


def test_deprecations_are_one_sentence(report):
    made = report(description({}, (), operations(30)), description({}, (), operations(30, deprecated=True)))
    (cause,) = made.causes
    assert cause.message == "each of 30 operations is deprecated now"
    assert len(cause.places) == 30


def test_text_folds_long_lists_and_all_prints_every_row(report):
    made = report(description({"Thing": THING}), description({"Thing": changed(name=None)}))
    text = FORMATS[Format.TEXT](made)
    assert text.startswith("1 cause breaks callers:\n")
    assert "in 40 operations: GET /things0, GET /things1, GET /things10 and 37 more\n" in text
    assert text.count("/name: is gone") == 1
    rows = FORMATS[Format.TEXT](made, rows=True)
    assert rows.count("/name: is gone") == 40
    assert rows.count("(follows from ") == sum(len(cause.following) for cause in made.causes)
    assert text.endswith(f"1 cause breaks callers ({len(made.findings)} changes).\n")


def test_what_is_not_shown_is_in_no_cause(report):
    sides = description({"Thing": THING}), description({"Thing": changed(name=None, more=TEXT)})
    assert {cause.level for cause in report(*sides).causes} == {Severity.BREAKING, Severity.SAFE}
    made = report(*sides, Severity.BREAKING)
    (cause,) = made.causes
    assert {finding.level for finding in cause.findings} == {Severity.BREAKING}
    assert "is new" not in FORMATS[Format.TEXT](made)


def test_operations_that_each_got_another_id_are_one_cause_where_they_are_many(report):
    def named(prefix):
        return [(f"/old{n}", "get", {"operationId": f"{prefix}{n}", "tags": [f"group{n}"]}) for n in range(30)]

    made = report(description({}, (), named("old")), description({}, (), named("new")))
    renamed = [cause for cause in made.causes if cause.kind is Kind.API]
    (cause,) = renamed
    assert cause.operations == 30
    assert cause.message.startswith("30 operations: GET /old0: the operationId is `new0`, was `old0`; ")
    assert cause.message.endswith("; and 27 more")


def test_a_new_title_is_not_hidden_among_new_words(report):
    old, new = description({}, (), operations(5)), description({}, (), operations(5, summary="Other words."))
    new["info"]["title"] = "Gadgets"
    wording = [cause for cause in report(old, new).causes if cause.kind is Kind.WORDING]
    assert [cause.level for cause in wording] == [Severity.RISKY, Severity.SAFE]
    assert "Gadgets" in wording[0].message
