"""What callers of a package know: the description and the names that it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vcsdk.emitters.surface import surface_of
from vcsdk.pipeline import Described
from vcsdk.release import history
from vcsdk.release.refusal import refusal
from vcsdk.surface import Surface
from vcsdk.surface.located import located


@dataclass(frozen=True, slots=True)
class Before:
    """A package as it was; `described` is None where only its names are known."""

    surface: Surface
    described: Described | None


def of_package(folder: Path) -> Before:
    """The last release of the client package in a folder; before the first, the names it has now.

    Raises:
        InputError: There is no package, or what it was cannot be read.
    """
    if history.find(folder) is not None:
        old = history.read(folder)
        return Before(located(history.surface(folder), surface_of(old.api, old.config)), old)
    file = folder / "surface.txt"
    if not file.is_file():
        hint = "name the description that the program was written for: --old OLD"
        raise refusal("no-package", "there is no client package that the program could use", folder, hint)
    return Before(history.surface_in(file), None)


def of_description(old: Described) -> Before:
    """The package that a description gives."""
    return Before(surface_of(old.api, old.config), old)
