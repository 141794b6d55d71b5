from __future__ import annotations

import string

import pytest
from vcsdk.diff import RULES
from vcsdk.diff.changes import EnumValue, ErrorValue
from vcsdk.diff.scale import Section
from vcsdk.ir import Field, Operation, Parameter

TOLD = [rule for rule in RULES if rule.told]
FIELDS = {
    "call": None,
    "message": None,
    "summary": {Operation},
    "argument": {Parameter, Field, EnumValue},
    "place": None,
    "value": {EnumValue, ErrorValue},
}
"""What a text can name, and what the change has to be about for that; None where it is there for every change."""


@pytest.mark.parametrize("rule", TOLD, ids=lambda rule: rule.id)
def test_every_text_uses_what_there_is(rule) -> None:
    for _, name, *_ in string.Formatter().parse(rule.told):
        if name is not None:
            assert rule.subject in (FIELDS[name] or {rule.subject}), name


def test_what_comes_goes_or_is_deprecated_has_a_section_of_its_own() -> None:
    sections = {rule.id: rule.section for rule in RULES}
    assert sections["operation-added"] == sections["error-type-added"] == Section.ADDED
    assert sections["operation-removed"] == sections["request-enum-value-removed"] == Section.REMOVED
    assert sections["required-parameter-added"] == sections["operation-undeprecated"] == Section.CHANGED
    assert sum(section is Section.DEPRECATED for section in sections.values()) == 5
