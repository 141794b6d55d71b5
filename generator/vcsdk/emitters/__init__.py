"""Emitters: pure functions from the API to files, each with its folder of templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from vcsdk import parallel
from vcsdk.emitters import reuse
from vcsdk.emitters.file import File
from vcsdk.emitters.reuse import FRESH, KnownTexts

if TYPE_CHECKING:
    from vcsdk.pipeline import Described

CLIENT = ("client.emit", "models.emit")
"""The modules of this package that emit the client's code."""

ABOUT = ("surface", "docs")
"""Those that emit what it offers, and its reference."""

BESIDE = ("packaging", "contract.emit")
"""Those that emit everything else; together they take as long as the others do, so they may run beside them."""


def emit_all(described: Described, client: Callable[[Sequence[File]], object] | None = None) -> list[File]:
    """Every file of every generated package, sorted by package and path.

    `client` is called with those of `CLIENT` once they are made.

    Raises:
        InputError: A template is broken; the finding names it and its line.
        ValueError: Two emitters made the same file, a mistake in the toolkit.
    """
    name, known = _known(described)
    # What is taken over is handed over slower than it is found.
    pays = parallel.worthwhile(len(described.api.operations)) and not (known is not None and known.likely)
    with parallel.beside(lambda: _emit(described, BESIDE, known), pays) as others:
        made, _ = _emit(described, CLIENT, known)
        if client is not None:
            client(made)
        about, used = _emit(described, ABOUT, known)
        more, more_used = others()
    if known is not None:
        reuse.remember(name, known.texts, {**used, **more_used})
    files: dict[tuple[str, str], File] = {}
    for file in (*made, *about, *more):
        key = (file.package, str(file.path))
        if key in files:
            raise ValueError(f"two emitters made {file.package}/{file.path}")
        files[key] = file
    return [files[key] for key in sorted(files)]


def _known(described: Described) -> tuple[str, KnownTexts | None]:
    """What an earlier run left, and the name it has."""
    api, config = described.api, described.config
    if not reuse.worthwhile(api):
        return "", None
    name = reuse.kept_under(described.document.sources, config)
    return name, KnownTexts.of(api, config, reuse.recall(name))


def _emit(
    described: Described, names: Sequence[str], known: KnownTexts | None
) -> tuple[list[File], Mapping[bytes, str]]:
    files: list[File] = []
    texts = known or FRESH
    for name in names:
        emitter = import_module(f"vcsdk.emitters.{name}")
        files += emitter.emit(described.api, described.config, described.document, texts)
    return files, known.used if known is not None else {}


__all__ = ["ABOUT", "BESIDE", "CLIENT", "File", "emit_all"]
