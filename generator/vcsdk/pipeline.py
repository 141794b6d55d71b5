"""From a description's path to the named API: every stage before the emitters, in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

import msgspec

from vcsdk import checks
from vcsdk.build import build
from vcsdk.config import read as configuration
from vcsdk.config.model import Config
from vcsdk.config.read import Configuration
from vcsdk.diagnostics import Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.ir import Api
from vcsdk.load import Document, apply_overlay, information, labels, load, merge
from vcsdk.naming import name
from vcsdk.normalize import RepairMade, known_gaps, normalize, normalize_several

__all__ = ["Described", "Tolerate", "config_beside", "read_api", "with_sets"]

Tolerate = Callable[[Document, Diagnostics], None]
SUFFIXES = (".yaml", ".yml", ".json")
"""Endings of a description's name."""


class Described(msgspec.Struct, frozen=True):
    """A description as the emitters take it, with everything that was found on the way.

    `document` is normalised, `api` has its Python names; `diagnostics` holds no error; `repairs` are in the order of
    the rules.
    """

    document: Document
    api: Api
    diagnostics: Diagnostics
    repairs: tuple[RepairMade, ...]
    configuration: Configuration

    @property
    def config(self) -> Config:
        """What is set, be it written in the configuration or not."""
        return self.configuration.config

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
    if not description.name:
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

    Raises:
        InputError: Errors were found, by as many stages as could run.
    """
    found = Diagnostics() if diagnostics is None else diagnostics
    paths, config_path = _inputs([named] if isinstance(named, Path) else named, config_path, use_config, found)
    # A mistake in the configuration must not keep the description from being read to its end, so it counts last.
    settings = Diagnostics()
    try:
        return _read(paths, config_path, overlays, found, settings, tolerate, overlaid)
    finally:
        for diagnostic in settings.found:
            found.add(diagnostic)


def _inputs(
    named: Sequence[Path], config: Path | None, use_config: bool, found: Diagnostics
) -> tuple[list[Path], Path | None]:
    """The descriptions and the configuration that a caller means."""
    if len(named) == 1 and named[0].suffix == ".toml":
        paths: Sequence[Path] = described_by(named[0], found)
        config = config or (named[0] if use_config else None)
    elif len(named) == 1 and config is None and use_config:
        config = config_beside(named[0])
        paths = configuration.descriptions(config) if config is not None else ()
        if config is not None and paths and named[0].resolve() not in [path.resolve() for path in paths]:
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
        if met.setdefault(path.resolve(), path) is not path:
            message = "this description is named twice; it is read once"
            found.add(Diagnostic(Level.WARNING, "named-twice", message, Location(path.as_posix())))
    return list(met.values())


def _refuse(found: Diagnostics, rule: str, message: str, place: Path, hint: str) -> None:
    found.add(Diagnostic(Level.ERROR, rule, message, Location(place.as_posix()), hint))
    raise InputError(found)


def _read(
    paths: Sequence[Path],
    config_path: Path | None,
    overlays: Sequence[Path],
    found: Diagnostics,
    settings: Diagnostics,
    tolerate: Tolerate | None,
    overlaid: bool,
) -> Described:
    ordered = dict(sorted(zip(labels(paths), paths, strict=True)))
    try:
        documents = _load(ordered.values(), found)
    except InputError:
        configuration.read(config_path, {}, settings)
        raise
    single = documents[0] if len(documents) == 1 else None
    about = single.data if single else {"info": information([document.data.get("info") for document in documents])}
    configured = configuration.read(config_path, about, settings)
    config = configured.config
    folder = config_path.parent if config_path is not None else Path()
    listed = () if overlaid else config.overlays
    for overlay in (*(folder / file for file in listed), *overlays):
        apply_overlay(documents, overlay, found)
    if single is not None:
        document, repairs = single, normalize(single, config, found)
    else:
        document, repairs = _normalize_several(documents, list(ordered), config, found, tolerate)
    if config.contract_overlays and not overlaid:
        known_gaps.add(document, [folder / file for file in config.contract_overlays], found)
    if tolerate is not None and single is not None:
        tolerate(document, found)
    checks.check(document, found)
    api = name(build(document, config, found), config, found, document)
    configured.check_operations(api, settings)
    found.stop_if_failed()
    if settings.failed:
        raise InputError(found)
    return Described(document, api, found, tuple(repairs), configured)


def _load(paths: Collection[Path], found: Diagnostics) -> list[Document]:
    """Every description, so that one run names the mistakes of all."""
    documents = []
    for path in paths:
        try:
            documents.append(load(path, found))
        except InputError:
            continue
    if len(documents) < len(paths):
        raise InputError(found)
    return documents


def _normalize_several(
    documents: Sequence[Document],
    labelled: Sequence[str],
    config: Config,
    found: Diagnostics,
    tolerate: Tolerate | None,
) -> tuple[Document, list[RepairMade]]:
    def one() -> Document:
        for document in documents:
            if tolerate is not None:
                tolerate(document, found)
        for document in documents:
            checks.check(document, found, checks.ALONE)
        return merge(documents, labelled, found)

    return normalize_several(documents, config, found, one)
