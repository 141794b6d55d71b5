"""Each rule has a case that makes it fire and one, as near to it as can be, that does not."""

from __future__ import annotations

import functools
import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import RULES, causes_of, compare, compared, differences
from vcsdk.diff.changes import Pair
from vcsdk.diff.compare.surfaces import surface_changes
from vcsdk.diff.judge import judge
from vcsdk.diff.read import read
from vcsdk.diff.scale import Area
from vcsdk.surface import parse

from .descriptions import write

CASES = {path.stem: path for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))}


def changes_of(pair, folder):
    if isinstance(pair["old"], str):
        return list(surface_changes(parse(pair["old"]), parse(pair["new"])))
    return list(differences(*sides_of(pair, folder)))


def findings(pair, folder):
    if isinstance(pair["old"], str):
        return judge(changes_of(pair, folder), RULES)
    return compare(*sides_of(pair, folder))


def sides_of(pair, folder):
    return [side_of(side, json.dumps(pair[side]), folder) for side in ("old", "new")]


_read = {}
"""Sides by what they say: many pairs have one in common, and several tests take each pair."""


def side_of(side, case, folder):
    if (side, case) not in _read:
        path = write(json.loads(case), folder / side)
        _read[side, case] = read(path, None, use_config=True, overlays=(), diagnostics=Diagnostics())
    return _read[side, case]


@functools.cache
def case_of(rule):
    return yaml.load(CASES[rule].read_text(), Loader=yaml.CSafeLoader)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_fires_where_it_should_and_only_there(rule, tmp_path):
    case = case_of(rule)
    fired = [found for found in findings(case["fires"], tmp_path / "fires") if found.rule.id == rule]
    assert len(fired) == 1, fired
    assert case["fires"]["says"] in fired[0].text
    silent = findings(case["silent"], tmp_path / "silent")
    assert rule not in {found.rule.id for found in silent}
    if fired[0].rule.area is not Area.SURFACE:
        silent = [found for found in silent if found.rule.area is not Area.SURFACE]
    # A silent pair that is silent because nothing differs would prove nothing, except where that is the point.
    assert silent or case["silent"].get("equal"), "say `equal: true` if the two descriptions mean the same"
    assert not (silent and case["silent"].get("equal")), silent


@pytest.mark.parametrize("rule", CASES)
def test_each_finding_has_one_cause(rule, tmp_path):
    for pair in (case_of(rule)["fires"], case_of(rule)["silent"]):
        if isinstance(pair["old"], str):
            found, comparison = findings(pair, tmp_path), None
        else:
            both = compared(*sides_of(pair, tmp_path))
            found, comparison = both.findings, both.comparison
        causes = causes_of(found, comparison)
        under = [finding.fingerprint for cause in causes for finding in cause.findings]
        assert sorted(under) == sorted(finding.fingerprint for finding in found)
        assert all(
            cause.message and cause.level is min(cause.findings, key=lambda f: f.level.rank).level for cause in causes
        )


def belongs(rule, change):
    direction = not rule.direction or rule.direction & change.site.direction
    return isinstance(change, rule.kind) and isinstance(change.sides[-1], rule.subject) and direction


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.kind is Pair], ids=lambda rule: rule.id)
def test_a_rule_about_both_sides_looks_at_what_differs(rule, tmp_path):
    """Neither equal sides nor the same change the other way round may make it fire."""
    case = case_of(rule.id)["fires"]
    fired = [c for c in changes_of(case, tmp_path) if belongs(rule, c) and rule.judge(c) is not None]
    assert fired
    for change in fired:
        # The walk makes some nodes only where the two sides differ; those of the IR and of a class it always makes.
        if rule.subject.__module__.startswith("vcsdk.ir") or rule.subject.__name__ in {"Class", "Prefix"}:
            assert rule.judge(replace(change, old=change.new)) is None
        if not rule.id.endswith(("-changed", "-moved", "-preferred", "-renamed", "-reordered")):
            assert rule.judge(replace(change, old=change.new, new=change.old)) is None


def test_every_rule_has_a_case_and_every_case_a_rule():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(CASES)


def test_every_rule_says_what_it_means_for_callers():
    assert [rule.id for rule in RULES if not rule.meaning.endswith(".")] == []
