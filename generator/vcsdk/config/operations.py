"""Holds what a configuration says of operations and schemas to those there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vcsdk.config.contract_values import unknown_values
from vcsdk.config.model import Config
from vcsdk.config.table import nearest
from vcsdk.config.toml import KeyPath, TomlSource
from vcsdk.diagnostics import Diagnostic, Diagnostics, Level
from vcsdk.ir import Api, Operation, Safety
from vcsdk.load.omission import Omission


def check_settings(
    config: Config,
    source: TomlSource,
    api: Api,
    diagnostics: Diagnostics,
    skipped: Collection[str] = (),
    schemas: Collection[str] = (),
    omissions: Sequence[Omission] = (),
) -> None:
    """Report every setting that is about nothing there is, comes twice, or cannot work.

    Args:
        config: What is set.
        source: Where that stands.
        api: The operations there are, with their names.
        diagnostics: Receives what is wrong.
        skipped: Keys of operations that are left out because it says so.
        schemas: Names of the schemas of the description, those that are left out included.
        omissions: What was left out.  An operation among it had no Python path, so that a setting by an unknown one may
            well be about it.
    """
    left_out = {omission.operation_id for omission in omissions if omission.kind == "operation"}

    def report(rule: str, message: str, path: KeyPath, hint: str | None = None, level: Level = Level.ERROR) -> None:
        location = source.locate(path)
        diagnostics.add(Diagnostic(level, rule, message, location, hint, source.excerpt(location)))

    known = [name for o in api.operations for name in (o.python_path, o.operation_id) if name]
    settled: dict[str, str] = {}
    for key, settings in config.operations.items():
        place = ("operations", key)
        operation = api.find(key)
        if operation is None and (key in skipped or key in left_out):
            continue
        if operation is None:
            message = f"the description has no operation `{key}`"
            level = Level.WARNING if left_out else Level.ERROR
            report(
                "unknown-operation", message, place, nearest(key, known) or "`vcsdk lint` lists the operations", level
            )
            continue
        other = settled.setdefault(operation.key, key)
        if other != key:
            report("config-key", f"`{key}` is the operation that `{other}` is about", place, "keep one of them")
        if settings.name is not None and key != operation.operation_id:
            message = "a method's name is set by operationId, because the Python path is made with it"
            report("config-key", message, (*place, "name"), f'write [operations."{operation.operation_id}"]')
        if settings.pages is not None and not settings.pages.off and operation.paging is None:
            reason = operation.unpaged or "nothing in it speaks of pages"
            message = f"`{operation.python_path}` has no such pages: {reason}"
            report("config-value", message, (*place, "pages"))
        if settings.outcome is not None:
            path = (*place, "outcome", "operation")
            problem = _outcome_problem(api, settings.outcome.operation, known)
            if problem is not None:
                report(*problem[:2], path, problem[2])
    for key, message, hint in unknown_values(config.contract_values, api):
        report("config-value", message, ("contract", "values", key), hint)
    for key in config.schemas:
        if key not in schemas:
            hint = nearest(key, schemas)
            report("unknown-schema", f"the description has no schema `{key}`", ("schemas", key), hint)


def _outcome_problem(api: Api, name: str, known: list[str]) -> tuple[str, str, str | None] | None:
    """What is wrong with the operation that an outcome is read with: rule, message, hint."""
    reader: Operation | None = api.find(name)
    if reader is None:
        return "unknown-operation", f"the description has no operation `{name}`", nearest(name, known)
    if reader.operation_id != name:
        message = "an outcome names its operation by operationId"
        return "config-value", message, f"write `{reader.operation_id}`"
    if reader.safety is not Safety.READ:
        message = f"an outcome is read with an operation that changes nothing, and `{name}` is `{reader.safety}`"
        return "config-value", message, f"set `safety` of `{reader.python_path}` to `read` if it is"
    return None
