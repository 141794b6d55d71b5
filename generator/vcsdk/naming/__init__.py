"""Gives every symbol of the IR its Python name, once, before any template runs."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from vcsdk.config.model import Config, OperationSettings
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.ir import Api, Operation, Schema
from vcsdk.load import Document
from vcsdk.naming.arguments import with_arguments
from vcsdk.naming.client import with_keywords
from vcsdk.naming.keywords import Renamed
from vcsdk.naming.mentions import Mentions
from vcsdk.naming.modules import assign
from vcsdk.naming.operations import place, tell_apart
from vcsdk.naming.reserved import CLIENT
from vcsdk.naming.resources import clear_of_methods, tree
from vcsdk.naming.schemas import class_names, name_schemas
from vcsdk.naming.settle import Settled
from vcsdk.naming.webhooks import named

__all__ = ["name"]


def name(api: Api, config: Config, diagnostics: Diagnostics, document: Document) -> Api:
    """Name classes, fields, members, resources, methods and arguments; apply the settings of the configuration.

    What cannot have the name it wished for is reported as a warning that gives both places; two names that the
    configuration sets to the same are an error.
    """
    operations = place(api.operations, config, lambda o: document.original_ids.get(o.operation_id, o.operation_id))
    _refuse_equal_settings(operations, config, diagnostics, document)
    operations, paths = tell_apart(operations)
    origins = {o.key: o.origin for o in api.operations}
    _report(paths, lambda key: origins[key].pointer, "operation", diagnostics, document)

    classes = class_names(api.schemas)
    _report(classes, lambda key: api.schemas[key].wire_name, "schema", diagnostics, document)
    resources = {o.resource for o in operations}
    modules = assign(api.schemas, classes.names, resources)
    schemas, members = name_schemas(api.schemas, classes, modules)
    for key, settled in members.items():
        _report_members(schemas[key], settled, diagnostics, document)

    given = [with_arguments(_configured(o, config), schemas) for o in operations]
    for operation, renamed in given:
        _report_arguments(operation, renamed, diagnostics, document)
    operations = [operation for operation, _ in given]
    operations = clear_of_methods([_clear_of_client(o) for o in operations])
    if api.profile == "vapi":
        mentions = Mentions.of(operations, schemas, api.error_types)
        schemas = {key: mentions.of_schema(schema) for key, schema in schemas.items()}
        operations = [mentions.of_operation(operation) for operation in operations]
    api = with_keywords(api, operations)
    resources_of = tree(operations, schemas)
    hooks = named(api.webhooks)
    return replace(api, operations=tuple(operations), schemas=schemas, resources=resources_of, webhooks=hooks)


def _settings(operation: Operation, config: Config) -> OperationSettings:
    by_path = config.operations.get(operation.python_path)
    return by_path or config.operations.get(operation.operation_id) or OperationSettings()


def _configured(operation: Operation, config: Config) -> Operation:
    settings = _settings(operation, config)
    changed = operation
    if settings.safety is not None:
        changed = replace(changed, safety=settings.safety, safety_reason="set in the configuration")
    if settings.disrupts_connection is not None:
        changed = replace(changed, disrupts_connection=settings.disrupts_connection)
    if settings.outcome is not None:
        changed = replace(changed, outcome=settings.outcome)
    return changed


def _clear_of_client(operation: Operation) -> Operation:
    if operation.resource and operation.resource[0] in CLIENT:
        return replace(operation, resource=(operation.resource[0] + "_", *operation.resource[1:]))
    return operation


def _refuse_equal_settings(
    operations: list[Operation], config: Config, diagnostics: Diagnostics, document: Document
) -> None:
    named: dict[str, Operation] = {}
    for operation in operations:
        settings = config.operations.get(operation.operation_id)
        if settings is None or settings.name is None:
            continue
        other = named.setdefault(operation.python_path, operation)
        if other is not operation:
            where = document.locate(other.origin)
            diagnostics.add(
                document.diagnose(
                    Level.ERROR,
                    "same-name",
                    f"the configuration also names {other.request_line} ({where}) `{operation.python_path}`",
                    operation.origin,
                    hint="give one of them another `name`",
                )
            )


def _report(
    settled: Settled, wire: Callable[[str], str], what: str, diagnostics: Diagnostics, document: Document
) -> None:
    for key, winner, new in settled.renamed:
        where = document.locate(document.origin(winner.removeprefix("#")))
        diagnostics.add(
            document.diagnose(
                Level.WARNING,
                "same-name",
                f"{what} `{wire(key)}` is called `{new}`: `{wire(winner)}` ({where}) has the name it would have",
                key.removeprefix("#"),
            )
        )


def _report_members(schema: Schema, settled: Settled, diagnostics: Diagnostics, document: Document) -> None:
    """Two properties or values of one schema that would have had the same Python name."""
    for key, winner, new in settled.renamed:
        diagnostics.add(
            document.diagnose(
                Level.WARNING,
                "same-name",
                f"`{key}` in `{schema.wire_name}` is called `{new}`: `{winner}` has the name it would have",
                schema.origin,
            )
        )


def _report_arguments(
    operation: Operation, renamed: list[Renamed], diagnostics: Diagnostics, document: Document
) -> None:
    """Two parameters of one place that would have had the same Python name; properties are told with their schema."""
    for each in renamed:
        if each.place != "field":
            told = f"the {each.place}'s `{each.wire}` of {operation.python_path} is called `{each.name}`: "
            told += f"`{each.because}` has the name it would have"
            diagnostics.add(document.diagnose(Level.WARNING, "same-name", told, operation.origin))
