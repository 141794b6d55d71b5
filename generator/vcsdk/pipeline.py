"""From a description's path to the named API: every stage before the emitters, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from vcsdk import checks
from vcsdk.build import build
from vcsdk.config import read as configuration
from vcsdk.config.model import Config
from vcsdk.config.read import Configuration
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.ir import Api
from vcsdk.load import Document, apply_overlay, load
from vcsdk.naming import name
from vcsdk.normalize import RepairMade, known_gaps, normalize

__all__ = ["Described", "config_beside", "read_api"]


class Described(msgspec.Struct, frozen=True):
    """A description as the emitters take it, with everything that was found on the way.

    `document` is normalised, `api` has its Python names, `config` is `configuration.config`; `diagnostics` holds no
    error; `repairs` are in the order of the rules.
    """

    document: Document
    config: Config
    api: Api
    diagnostics: Diagnostics
    repairs: tuple[RepairMade, ...]
    configuration: Configuration


def config_beside(description: Path) -> Path | None:
    """The configuration a description brings along: `vcha.toml` beside `vcha.yaml`, or None."""
    if not description.name:
        return None
    beside = description.with_suffix(".toml")
    return beside if beside != description and beside.is_file() else None


def read_api(
    path: Path,
    config_path: Path | None = None,
    *,
    use_config: bool = True,
    overlays: Sequence[Path] = (),
    diagnostics: Diagnostics | None = None,
    tolerate: Callable[[Document, Diagnostics], None] | None = None,
    overlaid: bool = False,
) -> Described:
    """Read a description and its configuration into a named API.

    Args:
        path: The description, YAML or JSON.
        config_path: Its configuration; if None, the TOML file of the same name beside the description, if any.
        use_config: False leaves such a file aside, and names derive from the description's title.
        overlays: OpenAPI Overlay files to apply behind those that the configuration names.
        diagnostics: Where findings go; the result has them too.
        tolerate: Called with the normalised document before it is checked, to put something else in place of what a
            check would refuse.
        overlaid: The overlays that the configuration names are in the description already.

    Raises:
        InputError: Errors were found, by as many stages as could run.
    """
    found = Diagnostics() if diagnostics is None else diagnostics
    if config_path is None and use_config:
        config_path = config_beside(path)
    # A mistake in the configuration must not keep the description from being read to its end, so it counts last.
    settings = Diagnostics()
    try:
        return _read(path, config_path, overlays, found, settings, tolerate, overlaid)
    finally:
        for diagnostic in settings.found:
            found.add(diagnostic)


def _read(
    path: Path,
    config_path: Path | None,
    overlays: Sequence[Path],
    found: Diagnostics,
    settings: Diagnostics,
    tolerate: Callable[[Document, Diagnostics], None] | None,
    overlaid: bool,
) -> Described:
    try:
        document = load(path, found)
    except InputError:
        configuration.read(config_path, {}, settings)
        raise
    configured = configuration.read(config_path, document.data, settings)
    config = configured.config
    folder = config_path.parent if config_path is not None else Path()
    named = () if overlaid else config.overlays
    for overlay in (*(folder / listed for listed in named), *overlays):
        apply_overlay(document, overlay, found)
    repairs = tuple(normalize(document, config, found))
    if config.contract_overlays and not overlaid:
        known_gaps.add(document, [folder / listed for listed in config.contract_overlays], found)
    if tolerate is not None:
        tolerate(document, found)
    checks.check(document, found)
    api = name(build(document, config, found), config, found, document)
    configured.check_operations(api, settings)
    found.stop_if_failed()
    if settings.failed:
        raise InputError(found)
    return Described(document, config, api, found, repairs, configured)
