"""The rules of the contract, one a file.

`CHECKS` is the registry; a new check is a file here and a line in it.  `ANSWER_RULES` hold of every single answer,
`TASK_RULES` of every reading of a task's record; the others are called by the tests they belong to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import (
    allow_header,
    authentication,
    body_fits,
    body_on_get,
    challenge,
    cluster_roles,
    constants_significant,
    content_documented,
    error_shape,
    error_type,
    expected_status,
    failover_allowed,
    foreign_method,
    header_documented,
    json_only,
    localisation,
    media_type,
    mode_agrees,
    one_at_a_time,
    operations_active,
    operations_agree,
    planned_keeps_record,
    privilege,
    repeats_agree,
    retry_after,
    role_moves,
    secret_shown,
    session_info,
    session_life,
    sign_in,
    stack_trace_shown,
    state_refusal,
    status_documented,
    task_cancel,
    task_error,
    task_exists,
    task_identity,
    task_order,
    task_progress,
    task_times,
    time_limit,
    undocumented_field,
    unknown_id,
    unknown_path,
)
from .registry import AnswerRule, Check

# In an order that names the cause before its symptoms.
ANSWER_RULES: tuple[AnswerRule, ...] = (
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

TASK_RULES: tuple[Callable[[list[dict[str, Any]], dict[str, Any]], None], ...] = (
    task_order.hold,
    task_error.hold,
    task_times.hold,
    task_progress.hold,
)

CHECKS: dict[str, Check] = {
    check.id: check
    for check in (
        allow_header.CHECK,
        authentication.CHECK,
        body_fits.CHECK,
        body_on_get.CHECK,
        challenge.CHECK,
        cluster_roles.CHECK,
        constants_significant.CHECK,
        content_documented.CHECK,
        error_shape.CHECK,
        error_type.CHECK,
        expected_status.CHECK,
        failover_allowed.CHECK,
        foreign_method.CHECK,
        header_documented.CHECK,
        json_only.CHECK,
        localisation.CHECK,
        media_type.CHECK,
        mode_agrees.CHECK,
        one_at_a_time.CHECK,
        operations_active.CHECK,
        operations_agree.CHECK,
        planned_keeps_record.CHECK,
        privilege.CHECK,
        repeats_agree.CHECK,
        retry_after.CHECK,
        role_moves.CHECK,
        secret_shown.CHECK,
        session_info.CHECK,
        session_life.CHECK,
        sign_in.CHECK,
        stack_trace_shown.CHECK,
        state_refusal.CHECK,
        status_documented.CHECK,
        task_cancel.CHECK,
        task_error.CHECK,
        task_exists.CHECK,
        task_identity.CHECK,
        task_order.CHECK,
        task_progress.CHECK,
        task_times.CHECK,
        time_limit.CHECK,
        undocumented_field.CHECK,
        unknown_id.CHECK,
        unknown_path.CHECK,
    )
}
