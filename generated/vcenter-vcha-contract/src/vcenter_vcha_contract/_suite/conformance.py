"""What must hold of every answer, whichever test it belongs to: the checks of `checks` that look at one answer."""

from __future__ import annotations

import sys
from collections.abc import Callable

from .answers import Answer
from .check import Finding, first_of
from .checks import (
    allow_header,
    body_fits,
    challenge,
    content_documented,
    error_shape,
    error_type,
    header_documented,
    header_fits,
    json_encoding,
    options_allow,
    redirect_leaves,
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
from .reading import read_json

# In an order that names the cause before its symptoms.
ANSWER_RULES: tuple[Callable[[Answer, Contract], None], ...] = (
    secret_shown.hold,
    stack_trace_shown.hold,
    retry_after.hold,
    redirect_leaves.hold,
    status_documented.hold,
    header_documented.hold,
    header_fits.hold,
    content_documented.hold,
    json_encoding.hold,
    body_fits.hold,
    undocumented_field.hold,
    error_shape.hold,
    error_type.hold,
    challenge.hold,
    allow_header.hold,
    options_allow.hold,
)

# Whatever the status is and whoever answers: what comes as a documented content is one, and comes as one.
BODY_RULES: tuple[Callable[[Answer, Contract], None], ...] = (
    secret_shown.hold,
    stack_trace_shown.hold,
    content_documented.hold_named,
    json_encoding.hold,
    body_fits.hold,
    undocumented_field.hold,
    error_type.hold,
)


ANSWER_CHECKS: frozenset[str] = frozenset(sys.modules[rule.__module__].CHECK.id for rule in ANSWER_RULES)
"""Their ids: what these see says the same of every operation."""

# Behind these nothing else of the answer can be judged; and the error model is in the schema of most errors.
_DECISIVE = frozenset({stack_trace_shown.hold, redirect_leaves.hold, status_documented.hold, content_documented.hold})
_SYMPTOMS = {error_shape.hold: body_fits.CHECK, undocumented_field.hold: error_shape.CHECK}


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
        Finding: The answer breaks one of them, and others if it has `others`.
    """
    found = departures(answer, Contract(description, catalogue, secrets, closed, expected))
    if found:
        raise first_of(found)


def _is_readable(answer: Answer) -> bool:
    try:
        read_json(answer.content)
    except ValueError:
        return False
    return True


def departures(answer: Answer, contract: Contract) -> list[Finding]:
    """All that is wrong with an answer, the cause before its symptoms; a place of it is named once."""
    found: list[Finding] = []
    for rule in ANSWER_RULES:
        if rule in _SYMPTOMS and any(finding.check is _SYMPTOMS[rule] for finding in found):
            continue
        try:
            rule(answer, contract)
        except Finding as finding:
            named = {each.path for each in found if each.path}
            found += [each for each in finding.all if each.path not in named]
            if rule in _DECISIVE or (rule is body_fits.hold and not _is_readable(answer)):
                break
    return found
