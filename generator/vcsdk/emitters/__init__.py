"""Emitters: pure functions from the API to files, each with its folder of templates."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from vcsdk import parallel
from vcsdk.emitters.file import File

if TYPE_CHECKING:
    from vcsdk.pipeline import Described

CLIENT = ("client.emit", "models.emit", "surface")
"""The modules of this package that emit the client's code, and what it offers."""

BESIDE = ("packaging", "docs", "contract.emit")
"""Those that emit everything else; together they take as long as `CLIENT` does, so they may run beside it."""


def emit_all(described: Described) -> list[File]:
    """Every file of every generated package, sorted by package and path.

    Raises:
        InputError: A template is broken; the finding names it and its line.
        ValueError: Two emitters made the same file, a mistake in the toolkit.
    """
    pays = parallel.worthwhile(len(described.api.operations))
    with parallel.beside(lambda: _emit(described, BESIDE), pays) as others:
        made = [*_emit(described, CLIENT), *others()]
    files: dict[tuple[str, str], File] = {}
    for file in made:
        key = (file.package, str(file.path))
        if key in files:
            raise ValueError(f"two emitters made {file.package}/{file.path}")
        files[key] = file
    return [files[key] for key in sorted(files)]


def _emit(described: Described, names: Sequence[str]) -> list[File]:
    files: list[File] = []
    for name in names:
        emitter = import_module(f"vcsdk.emitters.{name}")
        files += emitter.emit(described.api, described.config, described.document)
    return files


__all__ = ["BESIDE", "CLIENT", "File", "emit_all"]
