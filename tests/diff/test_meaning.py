"""Ids and messages are for people: what a changelog tells, and the version it demands, hang on neither's spelling."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from vcsdk.diff import RULES, causes_of, compared
from vcsdk.diff.judge import judge
from vcsdk.diff.scale import Area
from vcsdk.release.notes import notes
from vcsdk.release.version import demand_of

from tests.specs.test_vendor_changes import NEW, OLD, load, vendor

from .test_rules import CASES, case_of, findings, sides_of

# In the same order, because findings of one place are sorted by it.
IDS = {name: f"rule {number:03}" for number, name in enumerate(sorted(rule.id for rule in RULES))}
TOKEN = re.compile("⟦([0-9]+)⟧")


def in_other_words(found):
    """The same findings by rules with ids and messages that say nothing, and the message behind each token."""
    messages = list(dict.fromkeys(finding.message for finding in found))
    tokens = {message: f"⟦{number}⟧" for number, message in enumerate(messages)}

    def mute(rule):
        return replace(rule, id=IDS[rule.id], judge=lambda change: tokens.get(rule.judge(change)))

    return judge([finding.change for finding in found], [mute(rule) for rule in RULES]), messages


def told(found, comparison, messages=()):
    """The notes, with messages for tokens, and what each cause demands."""
    causes = causes_of(found, comparison)
    lines = [
        (note.section, note.breaking, TOKEN.sub(lambda token: messages[int(token[1])], note.text))
        for note in notes(causes, comparison.old, comparison.new)
    ]
    return sorted(lines), sorted((cause.level.rank, demand_of(cause)) for cause in causes)


def check(found, comparison):
    others, messages = in_other_words(found)
    assert others
    assert not {finding.rule.id for finding in others} & set(IDS)
    assert all(TOKEN.fullmatch(finding.message) for finding in others)
    assert told(others, comparison, messages) == told(found, comparison)


@pytest.mark.parametrize("rule", CASES)
def test_a_case_is_told_alike_whatever_its_rules_are_called_and_say(rule, tmp_path):
    case = case_of(rule)["fires"]
    of_names = isinstance(case["old"], str)
    sides = sides_of({"old": {}, "new": {}} if of_names else case, tmp_path)
    both = compared(*sides)
    check(findings(case, tmp_path) if of_names else both.findings, both.comparison)


def test_a_lost_member_of_an_enumeration_is_told_by_the_value_that_the_api_lost(tmp_path):
    """Of a value that a message would cut, too."""
    kept, lost = "GREEN", "_".join(["VERY_RED"] * 9)
    schemas = {"Colour": {"type": "string", "enum": [kept, lost]}}
    old = {"request": {"$ref": "#/components/schemas/Colour"}, "merge": {"components": {"schemas": schemas}}}
    new = {**old, "merge": {"components": {"schemas": {"Colour": {"type": "string", "enum": [kept]}}}}}
    sides = sides_of({"old": old, "new": new}, tmp_path)
    both = compared(*sides)
    found = both.findings
    assert {finding.rule.area for finding in found} == {Area.SCHEMA, Area.SURFACE}
    check(found, both.comparison)
    (note,) = notes(causes_of(found, both.comparison), sides[0].api, sides[1].api)
    assert note.text.startswith("`value` of `things.things_create()` may no longer be `VERY_RED_VERY_RED")


def test_a_parameter_and_a_property_of_one_name_are_told_as_the_two_arguments_they_are(tmp_path):
    parameter = {"name": "value", "in": "query", "schema": {"type": "string"}}
    old = {"post": {"parameters": [parameter]}, "request": {"type": "string"}}
    new = {
        "post": {"parameters": [{**parameter, "deprecated": True}]},
        "request": {"type": "string", "deprecated": True},
    }
    sides = sides_of({"old": old, "new": new}, tmp_path)
    both = compared(*sides)
    texts = {note.text for note in notes(causes_of(both.findings, both.comparison), sides[0].api, sides[1].api)}
    assert {f"`{name}` of `things.things_create()` is deprecated" for name in ("value", "body_value")} <= texts


@pytest.mark.slow
@vendor
def test_the_changes_from_7_0_1_to_7_0_2_are_told_alike():
    both = compared(load(OLD), load(NEW))
    check(both.findings, both.comparison)
