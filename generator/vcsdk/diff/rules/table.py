"""Every rule of the comparison, in the order of the table that `vcsdk diff --list-rules` prints."""

from __future__ import annotations

from vcsdk.diff.registry import Rule
from vcsdk.diff.rules import (
    api,
    body,
    errors,
    operations,
    parameters,
    request,
    response,
    responses,
    security,
    surface,
    tasks,
)

RULES: tuple[Rule, ...] = (
    *api.RULES,
    *operations.RULES,
    *tasks.RULES,
    *parameters.RULES,
    *body.RULES,
    *responses.RULES,
    *request.RULES,
    *response.RULES,
    *errors.RULES,
    *security.RULES,
    *surface.RULES,
)
