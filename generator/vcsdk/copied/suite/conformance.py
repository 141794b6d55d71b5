"""What must hold of every answer, whichever test it belongs to: the checks of `checks` that look at one answer."""

from __future__ import annotations

from collections.abc import Callable

from .answers import Answer
from .checks import (
    allow_header,
    body_fits,
    challenge,
    content_documented,
    error_shape,
    error_type,
    header_documented,
    retry_after,
    secret_shown,
    stack_trace_shown,
    status_documented,
    undocumented_field,
)
from .contract import Contract
from .description import Description
from .masking import Secrets
from .operations import Catalogue

# In an order that names the cause before its symptoms.
ANSWER_RULES: tuple[Callable[[Answer, Contract], None], ...] = (
    secret_shown.hold,
    stack_trace_shown.hold,
    retry_after.hold,
    status_documented.hold,
    header_documented.hold,
    content_documented.hold,
    body_fits.hold,
    undocumented_field.hold,
    error_shape.hold,
    error_type.hold,
    challenge.hold,
    allow_header.hold,
)

# Whatever the status is and whoever answers: what comes as a documented content is one.
BODY_RULES: tuple[Callable[[Answer, Contract], None], ...] = (
    secret_shown.hold,
    stack_trace_shown.hold,
    body_fits.hold,
    undocumented_field.hold,
)


def check(
    answer: Answer,
    description: Description,
    catalogue: Catalogue,
    secrets: Secrets,
    *,
    closed: bool = True,
    expected: tuple[int, ...] = (),
) -> None:
    """Every rule of an answer.

    Raises:
        Finding: The answer breaks one of them.
    """
    contract = Contract(description, catalogue, secrets, closed, expected)
    for rule in ANSWER_RULES:
        rule(answer, contract)
