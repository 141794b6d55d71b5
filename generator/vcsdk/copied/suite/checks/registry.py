"""What a check is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..answers import Answer
from ..contract import Contract
from ..finding import Finding

AnswerRule = Callable[[Answer, Contract], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the contract.

    `id` stands in results and fingerprints and never changes.  `doc` says what must hold and where that comes from.
    `proven_by` are the planted faults (docs/simulator.md) that only a server which breaks this rule has.
    """

    id: str
    doc: str
    proven_by: tuple[str, ...]

    @property
    def summary(self) -> str:
        """The first sentence of `doc`, without the id."""
        return self.doc.strip().splitlines()[0]

    def finding(
        self, message: str, answer: Answer | None = None, *, path: str = "", observed: str = "", operation: str = ""
    ) -> Finding:
        """The exception that says the rule is broken; `answer` is shown below the message."""
        if answer is not None and answer.operation is not None:
            operation = operation or answer.operation.name
        text = message if answer is None else f"{message}\n{answer}"
        return Finding(self.id, text, operation=operation, path=path, observed=observed)
