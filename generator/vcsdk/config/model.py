"""The configuration beside a description (`spec/vcha.toml`): names, profile, safety, repairs."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from vcsdk.ir import Outcome, PageSettings, Safety


class Person(msgspec.Struct, frozen=True):
    """Somebody who answers for a package: a name, an address of mail, or both."""

    name: str = ""
    email: str = ""


class Page(msgspec.Struct, frozen=True):
    """A file that was read: its path, and its text."""

    path: str
    text: str


class Metadata(msgspec.Struct, frozen=True):
    """What an index shows of the client package ("Core metadata specifications"); None and () where nothing is said.

    `license` is an SPDX expression in canonical form.
    """

    license: str | None = None
    description: str | None = None
    authors: tuple[Person, ...] = ()
    keywords: tuple[str, ...] = ()
    classifiers: tuple[str, ...] = ()
    readme: Page | None = None


class PackageNames(msgspec.Struct, frozen=True):
    """The names of what is generated.

    `distribution` ("vcenter-vcha") and `module` ("vcenter_vcha") name the client package, with `-contract` and
    `_contract` behind them the test package; `client` is the class ("VCenter"; the async one is "Async" + that).
    `urls` are the links of the project: labels and addresses.  `env_prefix` is what variables of the environment begin
    with; None takes it from the other names.  `metadata` is the rest of what an index shows.
    """

    distribution: str
    module: str
    client: str
    version: str = "0.1.0"
    urls: tuple[tuple[str, str], ...] = ()
    env_prefix: str | None = None
    metadata: Metadata = Metadata()


class OperationSettings(msgspec.Struct, frozen=True):
    """What the configuration says of one operation, overriding what is inferred; None leaves it inferred.

    `skip` leaves the operation out.
    """

    safety: Safety | None = None
    disrupts_connection: bool | None = None
    outcome: Outcome | None = None
    name: str | None = None
    skip: bool = False
    pages: PageSettings | None = None


class SchemaSettings(msgspec.Struct, frozen=True):
    """What the configuration says of one schema: `skip` leaves it out, with everything that needs it."""

    skip: bool = False


class Config(msgspec.Struct, frozen=True):
    """Everything a configuration file can say.

    `operations` is keyed by operationId or Python path, `schemas` by the name below `components`.  `strip` are leading
    words of a resource path that are left out of the call tree (("vcenter",) turns `vcenter.vcha.cluster` into
    `vcha.cluster`).  `profile` is `vapi`, `plain` or `auto` (look for the error model).  `repairs_off` are rule ids of
    repairs that are not made.
    `descriptions` are the files of a set that one client is made of, as the configuration writes them, () without one.
    `overlays` are files, as the configuration writes them; `contract_overlays` are those that only the contract
    package's description gets: what servers are known to answer although the description does not say so.
    `contract_values` are what the targets of contract tests have, by a parameter's name or by a path up to a parameter
    and with it ("/repos/{owner}/{repo}").
    `partial` leaves out what cannot be emitted, where it would be refused otherwise.  `allow_outside` are folders that
    references may lead into, `ca_bundle` certificates to trust where descriptions are read from the network; both as
    the configuration writes them.
    `file` is None where there is no configuration file.
    """

    package: PackageNames
    profile: str = "auto"
    strip: tuple[str, ...] = ()
    operations: Mapping[str, OperationSettings] = msgspec.field(default_factory=dict)
    repairs_off: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    overlays: tuple[str, ...] = ()
    contract_overlays: tuple[str, ...] = ()
    contract_values: Mapping[str, str] = msgspec.field(default_factory=dict)
    partial: bool = False
    allow_outside: tuple[str, ...] = ()
    ca_bundle: str | None = None
    schemas: Mapping[str, SchemaSettings] = msgspec.field(default_factory=dict)
    file: str | None = None
