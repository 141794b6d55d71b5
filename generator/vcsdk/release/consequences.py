"""Tells changes of Python names that follow from a change of the API from those that have to be told of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from vcsdk.diff import Finding
from vcsdk.diff.changes import Alternative, EnumValue, ErrorValue, Member, TagValue
from vcsdk.diff.scale import Area, Severity
from vcsdk.ir import Discriminator, Field, Operation, Parameter, ResponseHeader, SecurityScheme
from vcsdk.release.extensions import FOLDER

_WORD = re.compile(r"[A-Za-z0-9]+")


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
    api = [f for f in findings if f.rule.area is not Area.SURFACE and not f.rule.wording]
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
    parameter = finding.site.position.name
    return _plain(parameter if parameter is not None else finding.site.symbol.rpartition(".")[2])


def _names_in_api(finding: Finding, operation: Operation | None) -> set[str]:
    """What changed and where it stands by their names, and what the operation's Python names are made of."""
    site = finding.site
    names = {*site.path.split("/"), site.position.name or "", site.schema}
    for side in finding.change.sides:
        names.update(_names_of(side))
    if operation is not None:
        names |= {*operation.resource, operation.name, "_".join(operation.resource), operation.operation_id}
    return {_plain(name) for name in names if name}


def _names_of(side: object) -> Iterator[str]:
    """What a description calls one side of a change: Python names are made of it."""
    match side:
        case Operation():
            yield side.operation_id
        case Parameter() | Field() | ResponseHeader() | SecurityScheme():
            yield side.wire_name
        case Alternative():
            yield from (credential.name or "" for credential in side.credentials)
        case EnumValue() | ErrorValue() | TagValue():
            yield str(side.value)
        case Member():
            yield side.text
        case Discriminator():
            yield side.property


def _plain(name: str) -> str:
    """Without what naming changes: case and everything that joins words."""
    return "".join(_WORD.findall(name)).lower()
