"""Tells changes of Python names that follow from a change of the API from those that have to be told of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from vcsdk.diff import Finding
from vcsdk.diff.scale import Area, Severity
from vcsdk.ir import Operation
from vcsdk.release.extensions import FOLDER
from vcsdk.release.version import is_wording

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
    told: dict[str, Severity] = {}
    for f in sorted(api, key=lambda f: f.level.rank, reverse=True):
        told |= dict.fromkeys(_names_in_api(f, operation_of(f)), f.level)
    return [f for f in findings if f.rule.area is not Area.SURFACE or not _is_told(f, told, anything=bool(api))]


def _is_told(finding: Finding, told: Mapping[str, Severity], *, anything: bool) -> bool:
    """Whether the API's findings, by the names in them the worst of each, cover this one."""
    if finding.site.symbol.split(".")[0] == FOLDER:
        return False
    if finding.level is Severity.SAFE:
        return anything
    level = told.get(_name_in_surface(finding))
    return level is not None and level.reaches(finding.level)


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
