"""A generated package as it lies on the disk."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from packaging.utils import canonicalize_name

from vcsdk.access import real
from vcsdk.release.refusal import refusal
from vcsdk.write.manifest import MANIFEST, Manifest, parse, sha256
from vcsdk.write.transaction import recover

PRIVATE = (".vcsdk",)
"""Folders of a package that are about it and no part of it: what was released last."""

_LEFT_BEHIND = {"__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", "dist", "build"}


@dataclass(frozen=True, slots=True)
class Package:
    """A folder with a `pyproject.toml` and a manifest.

    `project` is the table `[project]`; `own` are the files that a person put beside the generated ones, by their path
    below `folder`, with their SHA-256 (hex).
    """

    folder: Path
    project: Mapping[str, Any]
    manifest: Manifest
    own: Mapping[str, str]

    @property
    def name(self) -> str:
        """The distribution: "vcenter-vcha"."""
        return str(self.project["name"])

    @property
    def version(self) -> str:
        """As `pyproject.toml` states it."""
        return str(self.project["version"])

    @property
    def stem(self) -> str:
        """What names of built files start with (PEP 427): "vcenter_vcha-0.1.0"."""
        return f"{canonicalize_name(self.name).replace('-', '_')}-{self.version}"

    @property
    def files(self) -> list[PurePosixPath]:
        """Everything that belongs into the source distribution, sorted."""
        return sorted(PurePosixPath(path) for path in (*self.manifest.files, *self.own))


def find(folder: Path) -> list[Package]:
    """The package in a folder, or each that lies in a folder below it, by name; other folders are left out.

    Raises:
        InputError: `no-package`: there is none; `unreadable-manifest`, `edited-file`: one cannot be built.
    """
    if (folder / MANIFEST).is_file():
        mend(folder.parent)
        return [read(folder)]
    mend(folder)
    found = sorted(path.parent for path in folder.glob(f"*/{MANIFEST}")) if folder.is_dir() else []
    if not found:
        text = "there is no generated package here" if folder.is_dir() else "there is no such folder"
        raise refusal("no-package", text, folder, "name a folder that `vcsdk generate` wrote")
    return [read(path) for path in found]


def mend(out: Path) -> None:
    """Undo what a run that was killed while it generated left half done."""
    if out.is_dir():
        recover(real(out))


def read(folder: Path) -> Package:
    """The package in a folder; its generated files are what the manifest says.

    Raises:
        InputError: `unreadable-manifest`, `unreadable-file`, `edited-file` (a generated file is not as it was written).
    """
    try:
        manifest = parse((folder / MANIFEST).read_bytes())
    except ValueError as error:
        raise refusal("unreadable-manifest", str(error), folder / MANIFEST, "generate the package again") from None
    present = {str(path): sha256((folder / path).read_bytes()) for path in _files(folder)}
    for path, entry in manifest.files.items():
        if present.get(path) != entry.sha256:
            text = "this generated file is missing" if path not in present else "this generated file had been edited"
            hint = "generate the package again; files of your own belong into `extensions/`"
            raise refusal("edited-file", text, folder / path, hint)
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        str(project["name"]), str(project["version"])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise refusal("unreadable-file", f"this is no project: {error}", folder / "pyproject.toml") from None
    own = {path: digest for path, digest in present.items() if path not in manifest.files}
    return Package(folder, project, manifest, own)


def _files(folder: Path) -> list[PurePosixPath]:
    found = []
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        hidden = any(part in _LEFT_BEHIND or part.startswith(".") for part in below.parts)
        if hidden or path.suffix == ".pyc":
            continue
        if path.is_symlink():
            raise refusal(
                "symbolic-link", "this is a symbolic link, and cannot be packaged", path, "put the file itself here"
            )
        if path.is_file():
            found.append(PurePosixPath(below))
    return found
