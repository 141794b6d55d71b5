"""Emitters: pure functions from the API to files, each with its folder of templates."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from generator.emitters.file import File

if TYPE_CHECKING:
    from generator.pipeline import Described

EMITTERS = ("client", "models", "packaging", "docs", "contract")
"""The modules of this package that emit, in the order in which their files are made."""


def emit_all(described: Described) -> list[File]:
    """Every file of every generated package, sorted by package and path.

    Raises:
        InputError: A template is broken; the finding names it and its line.
        ValueError: Two emitters made the same file, a mistake in the toolkit.
    """
    files: dict[tuple[str, str], File] = {}
    for name in EMITTERS:
        emitter = import_module(f"generator.emitters.{name}")
        for file in emitter.emit(described.api, described.config, described.document):
            key = (file.package, str(file.path))
            if key in files:
                raise ValueError(f"two emitters made {file.package}/{file.path}")
            files[key] = file
    return [files[key] for key in sorted(files)]


__all__ = ["EMITTERS", "File", "emit_all"]
