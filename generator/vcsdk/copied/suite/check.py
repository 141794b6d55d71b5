"""What a check is, and what it raises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Literal, get_args

from .answers import Answer

Severity = Literal["security", "behaviour", "content"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The worst first; "content" is what an answer is made of."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the contract.

    `id` stands in results and fingerprints and never changes.  `doc` says what must hold and where that comes from.
    `proven_by` are the planted faults (docs/simulator.md) that only a server which breaks this rule has.  `severity` is
    that of a breach which does not say another one.
    """

    id: str
    doc: str
    proven_by: tuple[str, ...]
    _: KW_ONLY
    severity: Severity

    @property
    def summary(self) -> str:
        """The first sentence of `doc`, without the id."""
        return self.doc.strip().splitlines()[0]


def first_of(findings: Sequence[Finding]) -> Finding:
    """What to raise for several findings of one answer: the first, which has the others with it."""
    every = [each for finding in findings for each in finding.all]
    for each in every:
        each.others = ()
    every[0].others = tuple(every[1:])
    return every[0]


class Finding(AssertionError):
    """A breach of the contract, with what tells it from others; `answer` is shown below the message.

    `check` is the rule that is broken.  `operation` names the operation that broke it, if not given the answer's, ""
    for the one the test is about.  `path` is a JSON path or the name of a header ("" where neither applies), `observed`
    the shape of what was seen instead of its value ("type: null", "status 500"), so that the same breach looks the same
    in every run.  `status` is the answer's, 0 where there is none, `expected` what the test allows instead.
    `severity` is None where this breach is as bad as any of the check.  `others` are what else is wrong with the same
    answer, `short` is what is wrong in few words, for a title.  `answer` is kept, as what showed it.
    """

    def __init__(
        self,
        check: Check,
        message: str,
        answer: Answer | None = None,
        *,
        path: str = "",
        observed: str = "",
        operation: str = "",
        severity: Severity | None = None,
        expected: tuple[int, ...] = (),
        others: tuple[Finding, ...] = (),
        short: str = "",
    ) -> None:
        super().__init__(message if answer is None else f"{message}\n{answer}")
        own = answer.operation.name if answer is not None and answer.operation is not None else ""
        self.check = check
        self.answer = answer
        self.operation: str = operation or own
        self.path = path
        self.observed = observed
        self.status: int = answer.status if answer is not None else 0
        self.expected = expected
        self.severity = severity
        self.others = others
        self.short = short

    @property
    def all(self) -> tuple[Finding, ...]:
        """The finding itself, and what else is wrong with the same answer."""
        return (self, *(each for other in self.others for each in other.all))
