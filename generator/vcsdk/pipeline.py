"""From a description's path to the named API: every stage before the emitters, in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from vcsdk import address, checks
from vcsdk import partial as parts
from vcsdk.access import Access, real
from vcsdk.build import build
from vcsdk.config import read as configuration
from vcsdk.config.model import Config
from vcsdk.config.names import from_title, taken_by
from vcsdk.config.read import Configuration
from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.ir import Api
from vcsdk.load import Document, apply_overlay, information, labels, load, merge, resolve_servers
from vcsdk.load.omission import Omission
from vcsdk.naming import Record, name
from vcsdk.naming.record_file import RecordFile, read_record
from vcsdk.normalize import RepairMade, known_gaps, normalize, normalize_several

__all__ = ["Described", "Tolerate", "config_beside", "read_api", "with_sets"]

Tolerate = Callable[[Document, Diagnostics], None]
SUFFIXES = (".yaml", ".yml", ".json")
"""Endings of a description's name."""


class Described(msgspec.Struct, frozen=True):
    """A description as the emitters take it, with everything that was found on the way.

    `document` is normalised, `api` has its Python names; `diagnostics` holds no error; `repairs` are in the order of
    the rules.  `names` is where the names of the last release are kept, None without a configuration.
    """

    document: Document
    api: Api
    diagnostics: Diagnostics
    repairs: tuple[RepairMade, ...]
    configuration: Configuration
    names: RecordFile | None = None

    @property
    def config(self) -> Config:
        """What is set, be it written in the configuration or not."""
        return self.configuration.config

    @property
    def omissions(self) -> tuple[Omission, ...]:
        """What was left out."""
        return self.document.omissions

    @property
    def declared_operations(self) -> int:
        """How many operations the description has, those that were left out included."""
        return len(self.api.operations) + sum(omission.kind == "operation" for omission in self.omissions)

    @property
    def source(self) -> str:
        """What it was read from, for people: the description; of a set, the configuration that names it."""
        files = self.document.descriptions
        if not files:
            return self.document.file
        if self.config.descriptions and self.config.file is not None:
            return self.config.file
        return f"{files[0]} and {len(files) - 1} more"


def config_beside(description: Path) -> Path | None:
    """The configuration a description brings along: `vcha.toml` beside `vcha.yaml`, or None."""
    if not description.name or address.address_of(description) is not None:
        return None
    beside = description.with_suffix(".toml")
    return beside if beside != description and beside.is_file() else None


def read_api(
    named: Path | Sequence[Path],
    config_path: Path | None = None,
    *,
    use_config: bool = True,
    overlays: Sequence[Path] = (),
    diagnostics: Diagnostics | None = None,
    tolerate: Tolerate | None = None,
    overlaid: bool = False,
    partial: bool = False,
    without: Collection[tuple[str, str]] = (),
    access: Access = Access(),  # noqa: B008  frozen
    record: Record | None = None,
) -> Described:
    """Read a description, or several of one API, and their configuration into a named API.

    Args:
        named: The description, YAML or JSON; several; or a configuration, whose `api.descriptions` they are.
        config_path: Its configuration; if None, the one named, or the TOML file of the same name beside the
            description, if any.  One that stands there and names a set with the description in it means the set.
        use_config: False leaves such a file aside, and names derive from the description's title.
        overlays: OpenAPI Overlay files to apply behind those that the configuration names.
        diagnostics: Where findings go; the result has them too.
        tolerate: Called with each description, mended, before it is checked, to put something else in place of what a
            check would refuse.
        overlaid: The overlays that the configuration names are in the description already.
        partial: Leave out what cannot be emitted, with everything that needs it, as `api.partial` of the configuration
            says; `Described.omissions` has what it was.
        access: What may be read beside the description's folder, and how the network is asked; the configuration's
            beside it.
        without: Kind and name of parts to leave out because another description lacks them (`Omission`).
        record: What was released keeps its names; if None, as the file beside the configuration says.

    Raises:
        InputError: Errors were found, by as many stages as could run; its findings say what `partial` would cost.
    """
    found = Diagnostics() if diagnostics is None else diagnostics
    paths, config_path = _inputs([named] if isinstance(named, Path) else named, config_path, use_config, found)
    # A mistake in the configuration must not keep the description from being read to its end, so it counts last.
    settings = Diagnostics()
    if config_path is not None:
        access = access.beside(configuration.access(config_path))
    files = _files(paths, access, found)
    reading = _Reading(files, config_path, tuple(overlays), tolerate, overlaid, partial, tuple(without), access, record)
    try:
        return _read(reading, found, settings)
    except InputError:
        if not partial and not settings.failed:
            found.remedy = _remedy(replace(reading, partial=True))
        raise
    finally:
        for diagnostic in settings.found:
            found.add(diagnostic)


def _remedy(reading: _Reading) -> str | None:
    """What leaving parts out would cost, found by doing it; None where it would not help."""
    try:
        described = _read(reading, Diagnostics(), Diagnostics())
    except InputError:
        return None
    left_out = described.document.left_out
    return f"`--partial` would leave out {parts.cost(left_out, described.declared_operations)}" if left_out else None


def _inputs(
    named: Sequence[Path], config: Path | None, use_config: bool, found: Diagnostics
) -> tuple[list[Path], Path | None]:
    """The descriptions and the configuration that a caller means."""
    if len(named) == 1 and named[0].suffix == ".toml" and address.address_of(named[0]) is None:
        paths: Sequence[Path] = described_by(named[0], found)
        config = config or (named[0] if use_config else None)
    elif len(named) == 1 and config is None and use_config:
        config = config_beside(named[0])
        paths = configuration.descriptions(config) if config is not None else ()
        if config is not None and paths and real(named[0]) not in [real(path) for path in paths]:
            hint = "name another configuration with --config, or take none with --no-config"
            _refuse(found, "no-description", f"`api.descriptions` does not have {named[0]}", config, hint)
        paths = paths or named
    else:
        paths = named
    return _each_once(paths, found), config


def described_by(config: Path, found: Diagnostics) -> Sequence[Path]:
    """The descriptions of a configuration: those that it names, else the one of the same name beside it.

    Raises:
        InputError: There are none, or the configuration cannot be read.
    """
    paths = configuration.descriptions(config)
    beside = (path for suffix in SUFFIXES if (path := config.with_suffix(suffix)).is_file())
    if not paths and (alone := next(beside, None)) is not None:
        return [alone]
    if not paths:
        configuration.read(config, {}, found)
        found.stop_if_failed()
        hint = 'name them: descriptions = ["vcenter.json", "cis.json"] below [api]'
        _refuse(found, "no-description", "it names no description, and none of this name is beside it", config, hint)
    return paths


def with_sets(folder: Path) -> list[Path]:
    """The descriptions in a folder that have a configuration beside them, and configurations that name theirs."""
    known = sorted(path for suffix in SUFFIXES for path in folder.glob(f"*{suffix}"))
    described = [path for path in known if config_beside(path) is not None]
    beside = {config_beside(path) for path in described}
    alone = [path for path in folder.glob("*.toml") if path not in beside and configuration.descriptions(path)]
    return sorted([*described, *alone])


def _each_once(paths: Iterable[Path], found: Diagnostics) -> list[Path]:
    met: dict[Path, Path] = {}
    for path in paths:
        if met.setdefault(real(path), path) is not path:
            message = "this description is named twice; it is read once"
            found.add(Diagnostic(Level.WARNING, "named-twice", message, Location(address.shown(path), WHOLE)))
    return list(met.values())


def _refuse(found: Diagnostics, rule: str, message: str, place: Path, hint: str) -> None:
    found.add(Diagnostic(Level.ERROR, rule, message, Location(place.as_posix(), WHOLE), hint))
    raise InputError(found)


class _Reading(msgspec.Struct, frozen=True):
    """What is to be read, and how; as `read_api` takes it.  `paths` are the files, by what their user named."""

    paths: dict[Path, Path]
    config: Path | None
    overlays: tuple[Path, ...]
    tolerate: Tolerate | None
    overlaid: bool
    partial: bool
    without: tuple[tuple[str, str], ...]
    access: Access
    record: Record | None


def _read(reading: _Reading, found: Diagnostics, settings: Diagnostics) -> Described:
    names = [address.file_name(path) for path in reading.paths]
    ordered = dict(sorted(zip(labels(names), reading.paths, strict=True)))
    # Errors about references that loading left as they are: whoever refers may be left out.
    held: dict[str, list[Diagnostic]] = {}
    try:
        documents = _load({path: reading.paths[path] for path in ordered.values()}, reading.access, found, held)
    except InputError:
        configuration.read(reading.config, {}, settings)
        raise
    single = documents[0] if len(documents) == 1 else None
    about = single.data if single else {"info": information([document.data.get("info") for document in documents])}
    configured = configuration.read(reading.config, about, settings)
    config = configured.config
    judge = _Judge(found, held if reading.partial or config.partial else None)
    if judge.held is None:
        for diagnostic in (diagnostic for told in held.values() for diagnostic in told):
            found.add(diagnostic)
    folder = reading.config.parent if reading.config is not None else Path()
    listed = () if reading.overlaid else config.overlays
    for overlay in (*(folder / file for file in listed), *reading.overlays):
        apply_overlay(documents, overlay, found)
    if single is not None:
        document, repairs = single, normalize(single, config, found)
    else:
        document, repairs = _normalize_several(documents, list(ordered), config, judge, reading.tolerate)
    wanted = _Unwanted(document, config, found)
    parts.skip_like(document, frozenset(reading.without), found)
    if reading.tolerate is not None and single is not None:
        reading.tolerate(document, found)
    judge.hold(document)
    if config.contract_overlays and not reading.overlaid:
        known_gaps.add(document, [folder / file for file in config.contract_overlays], found)
    wanted.skip_by_path()
    if not configured.names_itself:
        _tell_the_name(document, found)
    kept = read_record(reading.config, found) if reading.config is not None else None
    record = reading.record or (kept.record if kept is not None else None)
    built = build(document, config, found)
    api = name(built, config, found, document, record)
    if reading.record is not None and any(api.find(key) is None for key in config.operations):
        # A configuration that was written before another release's names counted speaks of methods by its own.
        config = _by_operation_id(config, api, name(built, config, Diagnostics(), document))
        configured = msgspec.structs.replace(configured, config=config)
        api = name(built, config, found, document, record)
    configured.check_settings(api, settings, wanted.operations, wanted.schemas, document.omissions)
    found.stop_if_failed()
    if settings.failed:
        raise InputError(found)
    return Described(document, api, found, tuple(repairs), configured, kept)


def _by_operation_id(config: Config, kept: Api, fresh: Api) -> Config:
    """The configuration with the operations that only a fresh start calls as it does under their operationIds."""
    known = {key: operation for key in config.operations if (operation := fresh.find(key)) and kept.find(key) is None}
    named = {known[key].operation_id if key in known else key: each for key, each in config.operations.items()}
    return msgspec.structs.replace(config, operations=named)


def _tell_the_name(document: Document, found: Diagnostics) -> None:
    """A title can give the name of what packages are installed or run with: then it was not taken as it is."""
    info = document.data.get("info")
    title = info.get("title") if isinstance(info, dict) else None
    taken = taken_by(title)
    if taken is not None:
        message = f"the package is called `{from_title(title).distribution}`, and not `{taken[0]}`: {taken[1]}"
        hint = "name it in a configuration: `distribution`, `module` and `client` below `[package]`"
        found.add(document.diagnose(Level.WARNING, "package-name", message, "/info/title", hint))


class _Judge:
    """Holds documents to the checks; leaves out what they refuse where `held` says what loading found, by document."""

    def __init__(self, found: Diagnostics, held: dict[str, list[Diagnostic]] | None) -> None:
        self.found = found
        self.held = held

    def hold(self, document: Document, rules: Sequence[checks.Check] = checks.CHECKS) -> None:
        """Check a document.

        Raises:
            InputError: It is wrong, as a whole where parts may be left out.
        """
        if self.held is None:
            checks.check(document, self.found, rules)
        else:
            parts.hold(document, self.found, rules, self.held.pop(document.file, ()))

    def merge(self, documents: Sequence[Document], labelled: Sequence[str]) -> Document:
        """Make one document of several; of two operations that are one request, the second is left out or an error."""
        told = Diagnostics()
        merged = merge(documents, labelled, told)
        doubled = {omission.because for omission in merged.omissions}
        for diagnostic in told.found:
            spared = self.held is not None and diagnostic.location in {merged.locate(origin) for origin in doubled}
            self.found.add(replace(diagnostic, level=Level.WARNING) if spared else diagnostic)
        return merged


class _Unwanted:
    """What the configuration skips: by operationId and name before anything is checked, by Python path once named."""

    def __init__(self, document: Document, config: Config, found: Diagnostics) -> None:
        components = document.data.get("components")
        nodes = components.get("schemas") if isinstance(components, dict) else None
        self.schemas = frozenset(nodes) if isinstance(nodes, dict) else frozenset()
        self._document, self._config, self._found = document, config, found
        wanted = [key for key, settings in config.operations.items() if settings.skip]
        self.operations = parts.skip(
            document, wanted, [key for key, settings in config.schemas.items() if settings.skip], found
        )
        self._later = [key for key in wanted if key not in self.operations]

    def skip_by_path(self) -> None:
        """Leave out what the configuration names as Python does."""
        if self._later:
            unheard = Diagnostics()
            api = name(build(self._document, self._config, unheard), self._config, unheard, self._document)
            known = {key: found.operation_id for key in self._later if (found := api.find(key)) is not None}
            parts.skip(self._document, known.values(), (), self._found)
            self.operations |= known.keys()


def _files(paths: Iterable[Path], access: Access, found: Diagnostics) -> dict[Path, Path]:
    """The file of each description; of one on the network the copy that is kept of it."""
    files: dict[Path, Path] = {}
    for path in paths:
        named = address.address_of(path)
        files[path] = path
        if named is not None:
            # Imported where it is used: most of what it takes to ask the network takes long to import.
            from vcsdk.load import remote

            files[path] = remote.fetch(named, found, ca_bundle=access.ca_bundle, kept=access.kept)
    return files


def _load(
    paths: Mapping[Path, Path], access: Access, found: Diagnostics, held: dict[str, list[Diagnostic]]
) -> list[Document]:
    """Every description, so that one run names the mistakes of all.

    Errors that leave a document to look at go to `held`, by its name; everything else to `found`.
    """
    documents = []
    for path, file in paths.items():
        told, name = Diagnostics(), address.shown(path)
        try:
            documents.append(load(file, told, allow_outside=access.allow_outside, name=name))
        except InputError:
            held[name] = []
        else:
            held[name] = [diagnostic for diagnostic in told.found if diagnostic.level is Level.ERROR]
            if (fetched := address.address_of(path)) is not None:
                resolve_servers(documents[-1], fetched)
        for diagnostic in told.found:
            if diagnostic not in held[name]:
                found.add(diagnostic)
    if len(documents) < len(paths):
        for diagnostic in (diagnostic for errors in held.values() for diagnostic in errors):
            found.add(diagnostic)
        raise InputError(found)
    return documents


def _normalize_several(
    documents: Sequence[Document], labelled: Sequence[str], config: Config, judge: _Judge, tolerate: Tolerate | None
) -> tuple[Document, list[RepairMade]]:
    def one() -> Document:
        for document in documents:
            if tolerate is not None:
                tolerate(document, judge.found)
        for document in documents:
            judge.hold(document, checks.ALONE)
        return judge.merge(documents, labelled)

    return normalize_several(documents, config, judge.found, one)
