"""What a rule is, and how it declares itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_origin

from vcsdk.diff.scale import Area, Direction, Severity

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
    """

    id: str
    level: Severity
    area: Area
    direction: Direction
    kind: type
    subject: type
    judge: Callable[[Any], str | None]

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
) -> Callable[[Callable[[C], str | None]], Rule]:
    """Declare a rule: `@rule("parameter-removed", on=Removed[Parameter], level="breaking", area="parameters")`.

    The function's docstring says what the change means for callers.  `direction` limits the rule to values that travel
    that way; "input" is parameters and request bodies, "answer" successful answers and errors.
    """
    kind: type = get_origin(on) or on
    (subject,) = get_args(on)

    def declare(judge: Callable[[C], str | None]) -> Rule:
        return Rule(id, Severity(level), Area(area), _DIRECTIONS[direction], kind, subject, judge)

    return declare


def declared(names: dict[str, object]) -> tuple[Rule, ...]:
    """The rules of a file, from its `globals()`, in the order in which they stand there."""
    return tuple(value for value in names.values() if isinstance(value, Rule))
