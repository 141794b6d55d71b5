"""Rules about operations."""

from __future__ import annotations

from vcsdk.diff.changes import Added, Pair, Removed
from vcsdk.diff.registry import rule
from vcsdk.diff.rules.words import was
from vcsdk.ir import Operation, Safety


@rule("operation-added", on=Added[Operation], level="safe", area="operations", told="{call}: {summary}")
def operation_added(change: Added[Operation]) -> str | None:
    """There is something new to call."""
    return f"operation `{change.new.operation_id}` is new"


@rule("operation-removed", on=Removed[Operation], level="breaking", area="operations", told="{call} is gone")
def operation_removed(change: Removed[Operation]) -> str | None:
    """Calls of the operation fail, and its method is gone from clients."""
    return None if change.old.deprecated else f"operation `{change.old.operation_id}` is gone"


@rule(
    "deprecated-operation-removed",
    on=Removed[Operation],
    level="breaking",
    area="operations",
    told="{call}, which was deprecated, is gone",
)
def deprecated_operation_removed(change: Removed[Operation]) -> str | None:
    """Calls of the operation fail; its deprecation had announced that."""
    return f"operation `{change.old.operation_id}`, which was deprecated, is gone" if change.old.deprecated else None


@rule(
    "operation-deprecated",
    on=Pair[Operation],
    level="risky",
    area="operations",
    section="Deprecated",
    told="{call} is deprecated",
)
def operation_deprecated(change: Pair[Operation]) -> str | None:
    """The operation still works, but callers should plan to leave it."""
    return "is deprecated now" if change.new.deprecated and not change.old.deprecated else None


@rule(
    "operation-undeprecated", on=Pair[Operation], level="safe", area="operations", told="{call} is no longer deprecated"
)
def operation_undeprecated(change: Pair[Operation]) -> str | None:
    """The operation may be used again without a plan to leave it."""
    return "is no longer deprecated" if change.old.deprecated and not change.new.deprecated else None


@rule("operation-id-changed", on=Pair[Operation], level="risky", area="operations")
def operation_id_changed(change: Pair[Operation]) -> str | None:
    """The request is the same, and so is the method that was released; configurations that name it change."""
    changed = change.old.operation_id != change.new.operation_id
    return f"the operationId is {was(change.old.operation_id, change.new.operation_id)}" if changed else None


@rule("operation-tags-changed", on=Pair[Operation], level="safe", area="operations", wording=True)
def operation_tags_changed(change: Pair[Operation]) -> str | None:
    """The operation stands in another group of the documentation."""
    old, new = sorted(change.old.tags), sorted(change.new.tags)
    return f"the tags are {was(', '.join(old), ', '.join(new))}" if old != new else None


@rule("operation-summary-changed", on=Pair[Operation], level="safe", area="operations", wording=True)
def operation_summary_changed(change: Pair[Operation]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the summary is worded differently" if change.old.summary != change.new.summary else None


@rule("operation-description-changed", on=Pair[Operation], level="safe", area="operations", wording=True)
def operation_description_changed(change: Pair[Operation]) -> str | None:
    """Documentation only; the wording may tell of a change in behaviour."""
    return "the description is worded differently" if change.old.description != change.new.description else None


@rule("operation-safety-raised", on=Pair[Operation], level="risky", area="operations", told="{call} {message}")
def operation_safety_raised(change: Pair[Operation]) -> str | None:
    """The call can do more harm than before; contract tests and fuzzing no longer send it unasked."""
    order = list(Safety)
    raised = order.index(change.new.safety) > order.index(change.old.safety)
    return f"the safety class is {was(change.old.safety.value, change.new.safety.value)}" if raised else None


@rule("operation-safety-lowered", on=Pair[Operation], level="risky", area="operations")
def operation_safety_lowered(change: Pair[Operation]) -> str | None:
    """The call counts as less harmful: contract tests may send it unasked, and clients may repeat a read."""
    order = list(Safety)
    lowered = order.index(change.new.safety) < order.index(change.old.safety)
    return f"the safety class is {was(change.old.safety.value, change.new.safety.value)}" if lowered else None


@rule("operation-disrupts-connection", on=Pair[Operation], level="risky", area="operations")
def operation_disrupts_connection(change: Pair[Operation]) -> str | None:
    """The connection can break during the call; callers have to be ready for an unknown outcome."""
    started = change.new.disrupts_connection and not change.old.disrupts_connection
    return "interrupts the connection now" if started else None


@rule("operation-keeps-connection", on=Pair[Operation], level="safe", area="operations")
def operation_keeps_connection(change: Pair[Operation]) -> str | None:
    """The call no longer interrupts the connection."""
    stopped = change.old.disrupts_connection and not change.new.disrupts_connection
    return "no longer interrupts the connection" if stopped else None


@rule("operation-role-changed", on=Pair[Operation], level="breaking", area="operations")
def operation_role_changed(change: Pair[Operation]) -> str | None:
    """The operation plays another part in logging in or in following tasks, which clients do by themselves."""
    changed = change.old.role is not change.new.role
    return f"its part is {was(change.old.role, change.new.role)}" if changed else None
