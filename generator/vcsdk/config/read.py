"""Reads the configuration beside a description (`spec/vcha.toml`) and holds it to the API that was built.

```toml
[package]
distribution = "vcenter-vcha"
module = "vcenter_vcha"
client = "VCenter"
version = "0.1.0"

[api]
profile = "vapi"                # vapi, plain or auto
strip = ["vcenter"]
descriptions = ["vcha.yaml"]    # where one client is made of several, or the names differ
overlays = ["vcha.overlay.yaml"]

[repairs]
off = ["duplicate-operation-id"]

[operations."vcha.cluster.failover"]
safety = "destructive"          # read, write or destructive
disrupts_connection = true

[operations."vcha.cluster.undeploy"]
skip = true
```
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from vcsdk import address
from vcsdk.access import Access
from vcsdk.config.model import Config
from vcsdk.config.names import from_title
from vcsdk.config.operations import check_settings
from vcsdk.config.sections import read_sections
from vcsdk.config.table import Table
from vcsdk.config.toml import TomlSource, parse
from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, Level, Location
from vcsdk.ir import Api
from vcsdk.load.omission import Omission

__all__ = ["Configuration", "access", "descriptions", "read"]


class Configuration(msgspec.Struct, frozen=True):
    """A configuration with the text it was read from.

    `source` and `sha256` (hex digest of the file's bytes) are None where there is no file, or it is no TOML.
    `names_itself` tells that the package is called as it says, and not after the title.
    """

    config: Config
    source: TomlSource | None = None
    sha256: str | None = None
    names_itself: bool = False

    def check_settings(
        self,
        api: Api,
        diagnostics: Diagnostics,
        skipped: Collection[str] = (),
        schemas: Collection[str] = (),
        omissions: Sequence[Omission] = (),
    ) -> None:
        """Report settings that are about nothing the description has, and settings that cannot work.

        `skipped` are keys of operations that are left out because it says so, `schemas` the names of all schemas,
        `omissions` what was left out.
        """
        if self.source is not None:
            check_settings(self.config, self.source, api, diagnostics, skipped, schemas, omissions)


def descriptions(path: Path) -> tuple[Path, ...]:
    """The descriptions that a configuration names; () where it names none, or cannot be read (`read` says why)."""
    named = _api(path).get("descriptions")
    names = [name for name in named if isinstance(name, str)] if isinstance(named, list) else []
    return tuple(address.as_path(name) if address.is_address(name) else path.parent / name for name in names)


def access(path: Path) -> Access:
    """What a configuration lets be read, and how; as it says, where it can be used."""
    api = _api(path)
    folders, certificates = api.get("allow_outside"), api.get("ca_bundle")
    names = [name for name in folders if isinstance(name, str)] if isinstance(folders, list) else []
    return Access(
        tuple(path.parent / name for name in names),
        path.parent / certificates if isinstance(certificates, str) and certificates else None,
    )


def _api(path: Path) -> dict[str, Any]:
    """The section of what decides how descriptions are read."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    api = table.get("api")
    return api if isinstance(api, dict) else {}


def read(path: Path | None, data: Mapping[str, Any], diagnostics: Diagnostics) -> Configuration:
    """The configuration in a file, or without one what the title in a description's `data` gives.

    Every problem of the file is added to `diagnostics`; nothing is raised, and what can be used is.
    """
    info = data.get("info")
    derived = from_title(info.get("title") if isinstance(info, dict) else None)
    if path is None:
        return Configuration(Config(derived))
    file = path.as_posix()
    try:
        content = path.read_bytes()
    except OSError as problem:
        missing = isinstance(problem, FileNotFoundError)
        message = "there is no such file" if missing else f"cannot be read: {problem.strerror or problem}"
        diagnostics.add(Diagnostic(Level.ERROR, "unreadable-file", message, Location(file, WHOLE)))
        return Configuration(Config(derived, file=file))
    parsed = parse(file, content, diagnostics)
    if parsed is None:
        return Configuration(Config(derived, file=file))
    source, table = parsed
    config = read_sections(Table(table, (), source, diagnostics), derived, file)
    package = table.get("package")
    named = isinstance(package, dict) and bool({"distribution", "module"} & package.keys())
    return Configuration(config, source, hashlib.sha256(content).hexdigest(), named)
