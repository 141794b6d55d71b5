from __future__ import annotations

import string

import pytest
from vcsdk.diff import RULES
from vcsdk.release.phrases import PHRASES, SECTIONS

FIELDS = {"call", "argument", "place", "value", "message", "summary"}


@pytest.mark.parametrize("rule", PHRASES)
def test_every_phrase_is_of_a_rule_and_uses_what_there_is(rule: str) -> None:
    section, text = PHRASES[rule]
    assert rule in {known.id for known in RULES}
    assert section in SECTIONS
    assert {name for _, name, *_ in string.Formatter().parse(text) if name} <= FIELDS
