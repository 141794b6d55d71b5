"""From the normalised document to the IR."""

from __future__ import annotations

from msgspec.structs import replace

from vcsdk.build import profile
from vcsdk.build.bases import with_bases_themselves
from vcsdk.build.compose import MAX_LEVELS
from vcsdk.build.envelope import open_envelopes
from vcsdk.build.error_answers import with_statuses
from vcsdk.build.markup import described
from vcsdk.build.open_structs import flatten_open
from vcsdk.build.operations import OperationBuilder
from vcsdk.build.presence import tell_by_presence
from vcsdk.build.prose_facts import with_operation_facts, with_schema_facts
from vcsdk.build.safety import infer
from vcsdk.build.schemas import SchemaBuilder
from vcsdk.build.security import security_schemes, with_alternatives
from vcsdk.build.self_unions import without_themselves
from vcsdk.build.servers import with_servers
from vcsdk.build.tags import tag_structs
from vcsdk.build.undescribed import build_undescribed, undescribed_paths
from vcsdk.config.model import Config
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.ir import Alias, Api, ErrorType, Operation
from vcsdk.ir.finite import endless
from vcsdk.ir.recursion import first_deeper_than, is_recursive
from vcsdk.load import Document
from vcsdk.normalize.profile import profile_of
from vcsdk.vapi_prose.reasons import by_name

__all__ = ["build"]


def build(document: Document, config: Config, diagnostics: Diagnostics) -> Api:
    """Build the IR of a normalised, checked document.  Names are empty and settings by operation not yet applied.

    Findings (what cannot be expressed) are added to `diagnostics`; nothing is raised.
    """
    chosen = profile_of(document, config)
    schemas = SchemaBuilder(document, diagnostics, chosen)
    schemas.declare_components()
    builder = OperationBuilder(document, schemas, diagnostics, bare=chosen == "vapi")
    operations = tell_by_presence(tuple(builder.operations()), document)
    webhooks = tuple(builder.webhooks())
    if (deepest := first_deeper_than(MAX_LEVELS, schemas.declared)) is not None:
        said = f"`{deepest.wire_name}` leads through more than {MAX_LEVELS} schemas, each made of the next"
        diagnostics.add(document.diagnose(Level.ERROR, "too-deep", said, deepest.origin))
    # What is too deep is refused, and each step through its whole depth again would take its time first.
    sound = schemas.declared if deepest is not None else without_themselves(schemas.declared)
    declared = flatten_open(tag_structs(with_bases_themselves(sound)))
    for schema in declared.values() if deepest is None else ():
        if isinstance(schema, Alias) and is_recursive(schema, declared):
            said = f"`{schema.wire_name}` is made of itself: type checkers see it, at run time it is plain JSON"
            diagnostics.add(document.diagnose(Level.NOTE, "recursive-alias", said, schema.origin))
    for key in endless(declared):
        said = f"no value of `{declared[key].wire_name}` ends: nothing that must have one can be called or tested"
        diagnostics.add(document.diagnose(Level.NOTE, "endless-value", said, declared[key].origin))
    schemes = security_schemes(document.data.get("components", {}).get("securitySchemes", {}))
    operations, servers = with_servers(operations, document, chosen, diagnostics)
    prefix = servers[""].path
    undescribed: tuple[Operation, ...] = ()
    family: tuple[ErrorType, ...] = ()
    if chosen == "vapi":
        listed = profile.error_types(declared)
        declared, known = with_schema_facts(declared), by_name(listed)
        applied = (profile.apply(operation, declared) for operation in operations)
        opened = (open_envelopes(operation, declared, prefix) for operation in applied)
        operations = tuple(with_operation_facts(operation, declared, known) for operation in opened)
        document.undescribed = undescribed_paths(operations, prefix, schemes)
        undescribed = tuple(profile.apply(operation, {}) for operation in build_undescribed(document, prefix))
        family = with_statuses(listed, operations, declared)
    else:
        operations = with_alternatives(operations, schemes, document, diagnostics)
    info = document.data.get("info", {})
    return Api(
        title=str(info.get("title", "")),
        version=str(info.get("version", "")),
        description=described(info),
        prefix=prefix,
        operations=tuple(_with_safety(operation, document, chosen) for operation in operations),
        schemas=declared,
        security_schemes=schemes,
        profile=chosen,
        error_types=family,
        undescribed=undescribed,
        servers=servers,
        webhooks=webhooks,
    )


def _with_safety(operation: Operation, document: Document, chosen: str) -> Operation:
    original = document.original_ids.get(operation.operation_id, operation.operation_id)
    safety, reason = infer(operation, original, chosen)
    return replace(operation, safety=safety, safety_reason=reason)
