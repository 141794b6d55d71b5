"""Copies a package to a folder of its own, where nothing around it and nobody's umask can change what is built."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path, PurePosixPath

from vcsdk.release.package import Package
from vcsdk.release.refusal import refusal
from vcsdk.write.manifest import MANIFEST

_WHEEL = re.compile(r"^\[tool\.hatch\.build\.targets\.wheel\][ \t]*\n", re.MULTILINE)


def stage(package: Package, folder: Path, sbom: PurePosixPath, bill: str) -> None:
    """Copy what belongs to a package into an empty folder, with the bill of materials that its wheel shall carry."""
    for path in (*package.files, PurePosixPath(MANIFEST)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package.folder / path, target)
        target.chmod(0o644)
    (folder / sbom).write_text(bill, encoding="utf-8")
    project = folder / "pyproject.toml"
    project.write_text(announce(project.read_text(encoding="utf-8"), sbom, package.folder), encoding="utf-8")


def announce(text: str, sbom: PurePosixPath, package: Path) -> str:
    """A `pyproject.toml` that tells hatchling to put a file into the wheel's `.dist-info/sboms/`.

    Raises:
        InputError: `unusual-project`: it is not written as the toolkit writes it.
    """
    line = f'sbom-files = ["{sbom}"]\n'
    changed = _WHEEL.sub(lambda header: header.group() + line, text, count=1)
    expected = tomllib.loads(text)
    wheel = expected.get("tool", {}).get("hatch", {}).get("build", {}).get("targets", {}).get("wheel", {})
    wheel["sbom-files"] = [str(sbom)]
    if tomllib.loads(changed) != expected:
        hint = "`vcsdk build` builds packages of the toolkit, which use hatchling"
        raise refusal("unusual-project", "it has no place for a bill of materials", package / "pyproject.toml", hint)
    return changed
