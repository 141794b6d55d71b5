from __future__ import annotations

import pytest
from vcsdk.config.names import reject_version
from vcsdk.diff import RULES
from vcsdk.diff.scale import Severity
from vcsdk.release.version import Demand, at_least, raised

PATCH, MINOR, MAJOR = Demand.PATCH, Demand.MINOR, Demand.MAJOR


@pytest.mark.parametrize(
    ("last", "patch", "minor", "major"),
    [
        ("1.2.3", "1.2.4", "1.3.0", "2.0.0"),
        ("0.3.1", "0.3.2", "0.3.2", "0.4.0"),
        ("0.0.4", "0.0.5", "0.0.5", "0.1.0"),
        ("1.2", "1.2.1", "1.3.0", "2.0.0"),
        ("2", "2.0.1", "2.1.0", "3.0.0"),
        ("1.2.3.4", "1.2.4", "1.3.0", "2.0.0"),
        ("2.0.0rc1", "2.0.0", "2.0.0", "2.0.0"),
        ("2.1.0b2", "2.1.0", "2.1.0", "3.0.0"),
        ("2.1.1a1", "2.1.1", "2.2.0", "3.0.0"),
        ("2.0.dev3", "2.0.0", "2.0.0", "2.0.0"),
        ("0.4.0rc1", "0.4.0", "0.4.0", "0.4.0"),
        ("1.2.3.post1", "1.2.4", "1.3.0", "2.0.0"),
        ("1!1.2.3", "1!1.2.4", "1!1.3.0", "1!2.0.0"),
    ],
)
def test_each_demand_raises_its_place(last: str, patch: str, minor: str, major: str) -> None:
    assert [raised(last, demand) for demand in (PATCH, MINOR, MAJOR)] == [patch, minor, major]
    assert not any(reject_version(version) for version in (patch, minor, major))


@pytest.mark.parametrize(
    ("version", "floor", "expected"),
    [
        ("1.2.0", None, "1.2.0"),
        ("1.2.0", "1.10.0", "1.10.0"),
        ("1.10.0", "1.2.0", "1.10.0"),
        ("2.0.0", "2.0.0rc1", "2.0.0"),
        ("1.9.9", "2.0.0rc1", "2.0.0rc1"),
    ],
)
def test_at_least_compares_as_installers_do(version: str, floor: str | None, expected: str) -> None:
    assert at_least(version, floor) == expected


def test_wording_never_breaks() -> None:
    """A rule that is taken for wording would hide what it says from the version."""
    wording = [rule for rule in RULES if rule.wording]
    assert len(wording) >= 8
    assert not [rule.id for rule in wording if rule.level is Severity.BREAKING]
