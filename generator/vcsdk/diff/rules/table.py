"""Every rule of the comparison, in the order of the table that `vcsdk diff --list-rules` prints."""

from __future__ import annotations

from vcsdk.declared import declared
from vcsdk.diff.registry import Rule
from vcsdk.diff.rules import (
    api,
    body,
    calls,
    errors,
    formats,
    operations,
    parameters,
    request,
    response,
    responses,
    security,
    surface,
    surface_types,
    tasks,
    texts,
)

RULES = declared(
    Rule,
    *(api, operations, tasks, parameters, body, responses, request, response, formats, errors),
    *(security, calls, texts, surface, surface_types),
)
"""Every rule there is."""
