"""Tells changes of Python names that follow from a change of the API from those that have to be told of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from generator.diff import Finding
from generator.diff.scale import Area, Severity
from generator.ir import Operation
from generator.release.extensions import FOLDER
from generator.release.version import is_wording

_WORD = re.compile(r"[A-Za-z0-9]+")
_QUOTED = re.compile(r"`([^`]+)`")


def without_consequences(
    findings: Sequence[Finding], operation_of: Callable[[Finding], Operation | None]
) -> list[Finding]:
    """The findings without those about Python names that a finding about the API, as bad or worse, tells already.

    A new name is told by the change that brought it; a lost or changed one by a change that names the same thing.
    What happens in hand-written extensions follows from nothing.

    Args:
        findings: Of a comparison.
        operation_of: The operation that a finding is about.
    """
    api = [f for f in findings if f.rule.area is not Area.SURFACE and not is_wording(f.rule.id)]
    told = [(f.level, _names_in_api(f, operation_of(f))) for f in api]
    return [
        f
        for f in findings
        if f.rule.area is not Area.SURFACE or not any(_covers(level, names, f) for level, names in told)
    ]


def _covers(level: Severity, names: set[str], finding: Finding) -> bool:
    if finding.site.symbol.split(".")[0] == FOLDER:
        return False
    if finding.level is Severity.SAFE:
        return True
    return level.reaches(finding.level) and _name_in_surface(finding) in names


def _name_in_surface(finding: Finding) -> str:
    parameter = _QUOTED.search(finding.site.position)
    return _plain(parameter.group(1) if parameter is not None else finding.site.symbol.rpartition(".")[2])


def _names_in_api(finding: Finding, operation: Operation | None) -> set[str]:
    """Everything that the finding names, and what the operation's Python names are made of."""
    site = finding.site
    names = {*site.path.split("/"), *_QUOTED.findall(site.position), *_QUOTED.findall(finding.message), site.schema}
    if operation is not None:
        names |= {*operation.resource, operation.name, "_".join(operation.resource), operation.operation_id}
    return {_plain(name) for name in names if name}


def _plain(name: str) -> str:
    """Without what naming changes: case and everything that joins words."""
    return "".join(_WORD.findall(name)).lower()
