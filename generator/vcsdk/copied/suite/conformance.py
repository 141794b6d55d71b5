"""What must hold of every answer, whichever test it belongs to: the checks of `checks` that look at one answer."""

from __future__ import annotations

from .answers import Answer
from .checks import ANSWER_RULES
from .contract import Contract
from .description import Description
from .masking import Secrets
from .operations import Catalogue


def check(
    answer: Answer,
    description: Description,
    catalogue: Catalogue,
    secrets: Secrets,
    *,
    closed: bool = True,
    expected: tuple[int, ...] = (),
) -> None:
    """Every rule of an answer, in an order that names the cause before its symptoms.

    Raises:
        Finding: The answer breaks one of them.
    """
    contract = Contract(description, catalogue, secrets, closed, expected)
    for rule in ANSWER_RULES:
        rule(answer, contract)
