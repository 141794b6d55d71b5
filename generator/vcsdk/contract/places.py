"""The findings of a run one by one: a departure over many operations is one finding with a place for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_OWN = ("case", "seen_in")
"""What a place has of its own, or not at all."""


def apart(results: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each place of each finding as a finding of its own, under its own fingerprint."""
    return [place for finding in results["findings"] for place in of(finding)]


def of(finding: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The places of one finding, each as a finding; results of earlier versions have one only."""
    if not finding.get("places"):
        return [dict(finding)]
    common = {name: value for name, value in finding.items() if name not in _OWN}
    return [{**common, **place} for place in finding["places"]]


def by_fingerprint(results: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every fingerprint of a run with the finding it stands for, those of generated requests that say the same too."""
    found: dict[str, dict[str, Any]] = {}
    for finding in apart(results):
        for mark in (finding["fingerprint"], *finding.get("repeats", ())):
            found.setdefault(mark, finding)
    return found
