"""Rules about operations."""

from __future__ import annotations

from generator.diff.registry import Rule
from generator.diff.rules.operations.deprecated_operation_removed import deprecated_operation_removed
from generator.diff.rules.operations.operation_added import operation_added
from generator.diff.rules.operations.operation_deprecated import operation_deprecated
from generator.diff.rules.operations.operation_description_changed import operation_description_changed
from generator.diff.rules.operations.operation_disrupts_connection import operation_disrupts_connection
from generator.diff.rules.operations.operation_id_changed import operation_id_changed
from generator.diff.rules.operations.operation_keeps_connection import operation_keeps_connection
from generator.diff.rules.operations.operation_removed import operation_removed
from generator.diff.rules.operations.operation_role_changed import operation_role_changed
from generator.diff.rules.operations.operation_safety_lowered import operation_safety_lowered
from generator.diff.rules.operations.operation_safety_raised import operation_safety_raised
from generator.diff.rules.operations.operation_summary_changed import operation_summary_changed
from generator.diff.rules.operations.operation_tags_changed import operation_tags_changed
from generator.diff.rules.operations.operation_undeprecated import operation_undeprecated

RULES: tuple[Rule, ...] = (
    operation_added,
    operation_removed,
    deprecated_operation_removed,
    operation_deprecated,
    operation_undeprecated,
    operation_id_changed,
    operation_tags_changed,
    operation_summary_changed,
    operation_description_changed,
    operation_safety_raised,
    operation_safety_lowered,
    operation_disrupts_connection,
    operation_keeps_connection,
    operation_role_changed,
)
