"""Reads a description: YAML or JSON, OpenAPI 3.x or Swagger 2.0, one file or several, with or without overlays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.load.document import Document
from vcsdk.load.dynamic import resolve_dynamic
from vcsdk.load.externals import bundle, may_refer_outside, refers_outside
from vcsdk.load.foundations import information
from vcsdk.load.identified import may_identify, resolve_identified
from vcsdk.load.labels import labels
from vcsdk.load.merge import merge
from vcsdk.load.overlay import apply_overlay
from vcsdk.load.read import read
from vcsdk.load.servers import resolve_servers
from vcsdk.load.swagger2 import convert
from vcsdk.load.version import detect

__all__ = ["Document", "apply_overlay", "information", "labels", "load", "merge", "resolve_servers"]


def load(
    path: Path, diagnostics: Diagnostics, *, allow_outside: Sequence[Path] = (), name: str | None = None
) -> Document:
    """Read a description into one self-contained document.

    References reach files in the description's folder and in those that `allow_outside` names; what they name on the
    network is never read.  `name` is what the description is called where its path says nothing to people.

    Raises:
        InputError: The file cannot be used; `diagnostics` says why.  Errors that leave a document to look at, as
            references that are refused, are added to `diagnostics` alone; `checks.check` stops on them.
    """
    name = name or path.as_posix()
    found = read(path, name, diagnostics)
    if found is None:
        raise InputError(diagnostics)
    source, data = found
    version = detect(source, data, diagnostics)
    if version is None:
        raise InputError(diagnostics)
    document = Document(data, name, version, {name: source})
    if version == "2.0":
        convert(document, diagnostics)
    elif document.is_31 and may_identify(source.text):
        resolve_dynamic(document, resolve_identified(document.data))
    if may_refer_outside(source.text) and refers_outside(data):
        bundle(document, path, diagnostics, allow_outside=allow_outside)
    return document
