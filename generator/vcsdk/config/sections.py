"""The sections of a configuration file."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from vcsdk.config.metadata import read_metadata
from vcsdk.config.model import Config, OperationSettings, PackageNames, SchemaSettings
from vcsdk.config.names import (
    reject_class,
    reject_distribution,
    reject_env_prefix,
    reject_method,
    reject_module,
    reject_segment,
    reject_url,
    reject_version,
)
from vcsdk.config.table import Table
from vcsdk.ir import Outcome, PageSettings, PagingKind, Safety
from vcsdk.normalize.rules import RULES

_PROFILES = ("vapi", "plain", "auto")


def read_sections(root: Table, derived: PackageNames, file: str) -> Config:
    """The configuration that a file spells out; what it leaves open is `derived` or the default."""
    package = root.table("package")
    named = _package(package, derived, Path(file).parent) if package is not None else derived
    # Said of the whole file, it stands above every section as well as among what is said of the API.
    config = Config(named, partial=root.flag("partial") or False, file=file)
    api = root.table("api")
    if api is not None:
        config = replace(
            config,
            profile=api.choice("profile", _PROFILES) or "auto",
            strip=api.texts("strip"),
            descriptions=api.texts("descriptions"),
            overlays=api.texts("overlays"),
            partial=api.flag("partial") or config.partial,
            allow_outside=api.texts("allow_outside"),
            ca_bundle=api.text("ca_bundle"),
        )
        api.close()
    contract = root.table("contract")
    if contract is not None:
        values = contract.table("values")
        config = replace(
            config,
            contract_overlays=contract.texts("overlays"),
            contract_values=values.words(accept=reject_segment) if values is not None else {},
        )
        contract.close()
    repairs = root.table("repairs")
    if repairs is not None:
        config = replace(config, repairs_off=repairs.texts("off", [rule.id for rule in RULES]))
        repairs.close()
    operations = root.table("operations")
    if operations is not None:
        config = replace(config, operations={key: _operation(t) for key, t in operations.tables().items()})
    schemas = root.table("schemas")
    if schemas is not None:
        config = replace(config, schemas={key: _schema(t) for key, t in schemas.tables().items()})
    root.close()
    return config


def _package(table: Table, derived: PackageNames, folder: Path) -> PackageNames:
    distribution = table.text("distribution", reject_distribution)
    module = table.text("module", reject_module)
    if module is None and distribution is not None and "module" not in table.data:
        guess = distribution.replace("-", "_").replace(".", "_").lower()
        wrong = reject_module(guess)
        if wrong is not None:
            table.report("config-value", f"`package.module` is missing, and cannot be `{guess}`: {wrong}")
        module = guess
    elif distribution is None and module is not None and (wrong := reject_distribution(_distribution(module))):
        table.report("config-value", f"`package.distribution` is missing, and cannot be made of `{module}`: {wrong}")
    names = PackageNames(
        distribution=distribution or _distribution(module or "") or derived.distribution,
        module=module or derived.module,
        client=table.text("client", reject_class) or derived.client,
        version=table.text("version", reject_version) or "0.1.0",
        urls=_urls(table.table("urls")),
        env_prefix=table.text("env_prefix", reject_env_prefix),
        metadata=read_metadata(table, folder),
    )
    table.close()
    return names


def _distribution(module: str) -> str:
    return module.replace("_", "-").strip("-")


def _urls(table: Table | None) -> tuple[tuple[str, str], ...]:
    found = {label: table.text(label, reject_url) for label in table.data} if table is not None else {}
    return tuple((label, url) for label, url in found.items() if url is not None)


def _operation(table: Table) -> OperationSettings:
    safety = table.choice("safety", list(Safety))
    below = table.table("outcome")
    settings = OperationSettings(
        safety=Safety(safety) if safety is not None else None,
        disrupts_connection=table.flag("disrupts_connection"),
        outcome=_outcome(below) if below is not None else None,
        name=table.text("name", reject_method),
        skip=table.flag("skip") or False,
        pages=_pages(table),
    )
    table.close()
    return settings


def _pages(operation: Table) -> PageSettings | None:
    """`pages = false`, or a table."""
    if operation.data.get("pages") is True:
        operation.report("config-value", "`pages` is `false`, or a table that says how they are asked for", "pages")
    if isinstance(operation.data.get("pages"), bool):
        return None if operation.flag("pages") else PageSettings(off=True)
    table = operation.table("pages")
    if table is None:
        return None
    kind = table.choice("kind", list(PagingKind))
    settings = PageSettings(
        kind=PagingKind(kind) if kind is not None else None,
        parameter=table.text("parameter"),
        size=table.text("size"),
        items=table.way("items"),
        next=table.way("next"),
        first=table.count("first"),
        short=table.flag("short_page_ends") or False,
    )
    table.close()
    return settings


def _schema(table: Table) -> SchemaSettings:
    settings = SchemaSettings(skip=table.flag("skip") or False)
    table.close()
    return settings


def _outcome(table: Table) -> Outcome | None:
    complete = table.require("operation", "properties", "path", "equals")
    operation, properties = table.text("operation"), table.texts("properties")
    path, equals = table.text("path"), table.text("equals")
    table.close()
    if table.data.get("properties") == []:
        table.report("config-value", "`properties` must name at least one property", "properties")
    if not complete or operation is None or not properties or path is None or equals is None:
        return None
    return Outcome(operation, properties, path, equals)
