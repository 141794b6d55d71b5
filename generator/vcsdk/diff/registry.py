"""What a rule is, and how it declares itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_origin

from vcsdk.diff.changes import Added, Removed
from vcsdk.diff.scale import Area, Direction, Section, Severity

C = TypeVar("C")

_DIRECTIONS = {
    "": Direction.NONE,
    "parameter": Direction.PARAMETER,
    "request": Direction.REQUEST,
    "response": Direction.RESPONSE,
    "error": Direction.ERROR,
    "input": Direction.REQUEST | Direction.PARAMETER,
    "answer": Direction.RESPONSE | Direction.ERROR,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the comparison: a row of the table that `vcsdk diff --list-rules` prints.

    `kind` and `subject` are the class of the nodes it looks at and of what they hold (`Added`, `Parameter`).
    `judge` takes such a node and gives the message of a finding, or None where the rule does not apply.

    A changelog has the finding under `section`, in the words of `told`, which name the method as `{call}`, its argument
    as `{argument}`, where in the answer it is as `{place}`, the value that came or went as `{value}`, the operation's
    summary as `{summary}`, and what `judge` says as `{message}`; without `told`, by place and message.
    `wording` marks what is about documentation alone.
    """

    id: str
    level: Severity
    area: Area
    direction: Direction
    kind: type
    subject: type
    judge: Callable[[Any], str | None]
    section: Section
    told: str = ""
    wording: bool = False

    @property
    def meaning(self) -> str:
        """What the change means for callers, in a line or two."""
        return " ".join((self.judge.__doc__ or "").split())


def rule(
    id: str,  # noqa: A002
    *,
    on: type[C],
    level: str,
    area: str,
    direction: str = "",
    section: str = "",
    told: str = "",
    wording: bool = False,
) -> Callable[[Callable[[C], str | None]], Rule]:
    """Declare a rule: `@rule("parameter-removed", on=Removed[Parameter], level="breaking", area="parameters")`.

    The function's docstring says what the change means for callers.  `direction` limits the rule to values that travel
    that way; "input" is parameters and request bodies, "answer" successful answers and errors.  `section` follows from
    `on` and `level` unless it is given; for it, `told` and `wording` see `Rule`.
    """
    kind: type = get_origin(on) or on
    (subject,) = get_args(on)

    def declare(judge: Callable[[C], str | None]) -> Rule:
        severity = Severity(level)
        under = Section(section) if section else _section(kind, severity)
        return Rule(
            id, severity, Area(area), _DIRECTIONS[direction], kind, subject, judge, under, told=told, wording=wording
        )

    return declare


def _section(kind: type, level: Severity) -> Section:
    """What came is no gift where it breaks callers."""
    if kind is Removed:
        return Section.REMOVED
    return Section.ADDED if kind is Added and level is not Severity.BREAKING else Section.CHANGED
