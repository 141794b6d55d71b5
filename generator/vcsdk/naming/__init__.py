"""Gives every symbol of the IR its Python name, once, before any template runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec.structs import replace

from vcsdk.config.model import Config, OperationSettings
from vcsdk.diagnostics import Diagnostics, Level, Origin
from vcsdk.ir import Api, Operation, Schema
from vcsdk.ir.paging import paging_of
from vcsdk.load import Document
from vcsdk.naming.arguments import with_arguments
from vcsdk.naming.client import with_keywords
from vcsdk.naming.keywords import Renamed
from vcsdk.naming.mentions import Mentions
from vcsdk.naming.modules import assign
from vcsdk.naming.operations import place, tell_apart
from vcsdk.naming.record import EMPTY, Record
from vcsdk.naming.released import Released, other_names
from vcsdk.naming.reserved import CLIENT, CLIENT_SINCE
from vcsdk.naming.resources import clear_of_methods, tree
from vcsdk.naming.schemas import class_names, name_schemas
from vcsdk.naming.settle import Settled
from vcsdk.naming.successors import replacements, with_successors
from vcsdk.naming.webhooks import named

__all__ = ["Record", "name"]


def name(api: Api, config: Config, diagnostics: Diagnostics, document: Document, record: Record | None = None) -> Api:
    """Name classes, fields, members, resources, methods and arguments; apply the settings of the configuration.

    What cannot have the name it wished for is reported as a warning that gives both places; two names that the
    configuration sets to the same are an error.

    Args:
        api: As the builder left it.
        config: Names that it sets count before those of a release.
        diagnostics: Receives what is found.
        document: What the API was built of.
        record: What was released keeps its names.
    """
    release = Released.of(api, record or EMPTY, config, document.original_ids)
    api = release.api
    operations = place(api.operations, config, lambda o: document.original_ids.get(o.operation_id, o.operation_id))
    operations = release.placed(operations)
    _refuse_equal_settings(operations, config, diagnostics, document)
    operations, paths = tell_apart(operations, release.operations.keys(), release.held_paths())
    origins = {o.key: o.origin for o in api.operations}
    told = _Told(diagnostics, document, frozenset(("", *release.operations, *release.classes)))
    told.renamed(paths, lambda key: origins[key].pointer, "operation")

    classes = class_names(api.schemas, release.class_names(), release.held_classes())
    told.renamed(classes, lambda key: api.schemas[key].wire_name, "schema")
    resources = {o.resource for o in operations}
    also = release.other_names(classes.names)
    modules = assign({**api.schemas, **also}, classes.names | other_names(also), resources, release.modules(also))
    schemas, members = name_schemas(api.schemas, classes, modules, release.members())
    for key, settled in members.items():
        told.members(schemas[key], settled)
    schemas |= {key: replace(schema, module=modules[key]) for key, schema in also.items()}
    schemas |= release.where_they_were(schemas)

    configured = [_configured(o, schemas, config) for o in operations]
    given = [with_arguments(o, schemas, release.operations.get(o.key)) for o in configured]
    for operation, renamed in given:
        told.arguments(operation, renamed)
        if operation.unpaged and _settings(operation, config).pages is None:
            _tell_no_pages(operation, diagnostics, document)
    operations = [operation for operation, _ in given]
    kept = CLIENT_SINCE & {one.path.partition(".")[0] for one in release.operations.values()}
    operations = clear_of_methods([_clear_of_client(o, kept) for o in operations], release.operations.keys())
    operations = with_successors(operations, replacements(api, document))
    if api.profile == "vapi":
        mentions = Mentions.of(operations, schemas, api.error_types)
        schemas = {key: mentions.of_schema(schema) for key, schema in schemas.items()}
        operations = [mentions.of_operation(operation) for operation in operations]
    api = with_keywords(api, operations, release.record.keywords)
    resources_of = tree(operations, schemas, release.record.resources)
    hooks = named(api.webhooks, release.record.webhooks)
    return replace(api, operations=tuple(operations), schemas=schemas, resources=resources_of, webhooks=hooks)


def _settings(operation: Operation, config: Config) -> OperationSettings:
    by_path = config.operations.get(operation.python_path)
    return by_path or config.operations.get(operation.operation_id) or OperationSettings()


def _configured(operation: Operation, schemas: Mapping[str, Schema], config: Config) -> Operation:
    settings = _settings(operation, config)
    changed = operation
    if settings.safety is not None:
        changed = replace(changed, safety=settings.safety, safety_reason="set in the configuration")
    if settings.disrupts_connection is not None:
        changed = replace(changed, disrupts_connection=settings.disrupts_connection)
    if settings.outcome is not None:
        changed = replace(changed, outcome=settings.outcome)
    paging, reason = paging_of(operation, schemas, settings.pages)
    return replace(changed, paging=paging, unpaged=reason)


def _tell_no_pages(operation: Operation, diagnostics: Diagnostics, document: Document) -> None:
    message = f"no method `pages`: {operation.unpaged}"
    hint = f'say it in a configuration, or that there are none: `pages` below [operations."{operation.operation_id}"]'
    diagnostics.add(document.diagnose(Level.NOTE, "unclear-pages", message, operation.origin, hint))


def _clear_of_client(operation: Operation, kept: Collection[str]) -> Operation:
    if operation.resource and operation.resource[0] in CLIENT and operation.resource[0] not in kept:
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


class _Told:
    """Reports who could not have the name it wished for; `released` are keys of what was released with its name."""

    def __init__(self, diagnostics: Diagnostics, document: Document, released: Collection[str]) -> None:
        self._diagnostics = diagnostics
        self._document = document
        self._released = released

    def renamed(self, settled: Settled, wire: Callable[[str], str], what: str) -> None:
        """Operations or schemas that gave way."""
        for key, winner, new in settled.renamed:
            who = "another one, which is gone,"
            if winner:
                where = self._document.locate(self._document.origin(winner.removeprefix("#")))
                who = f"`{wire(winner)}` ({where})"
            had = "was released with" if winner in self._released else "has"
            told = f"{what} `{wire(key)}` is called `{new}`: {who} {had} the name it would have"
            self._tell(told, key.removeprefix("#"))

    def members(self, schema: Schema, settled: Settled) -> None:
        """Two properties or values of one schema that would have had the same Python name."""
        for key, winner, new in settled.renamed:
            told = f"`{key}` in `{schema.wire_name}` is called `{new}`: `{winner}` has the name it would have"
            self._tell(told, schema.origin)

    def arguments(self, operation: Operation, renamed: list[Renamed]) -> None:
        """Two parameters of one place that would have had the same name; properties are told with their schema."""
        for each in renamed:
            if each.place != "field":
                told = f"the {each.place}'s `{each.wire}` of {operation.python_path} is called `{each.name}`: "
                told += f"`{each.because}` has the name it would have"
                self._tell(told, operation.origin)

    def _tell(self, message: str, place: str | Origin) -> None:
        self._diagnostics.add(self._document.diagnose(Level.WARNING, "same-name", message, place))
