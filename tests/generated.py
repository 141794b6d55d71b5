"""Generates a client package into a folder and imports it, for tests that run what the emitters make."""

from __future__ import annotations

import compileall
import functools
import importlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from types import ModuleType

from vcsdk.config.model import Config
from vcsdk.emitters import docs, packaging
from vcsdk.emitters.client import emit as client
from vcsdk.emitters.models import emit as models
from vcsdk.ir import Api
from vcsdk.load import Document
from vcsdk.pipeline import Described, read_api

EMITTERS = (models, client, packaging, docs)
SPEC = Path(__file__).parents[1] / "spec" / "vcha.yaml"


def read_spec() -> Described:
    """The curated fragment, read."""
    return read_api(SPEC)


def write_client(api: Api, config: Config, document: Document, folder: Path) -> Path:
    """Write the client distribution as the emitters give it, unformatted; returns the folder to import from.

    Its `_runtime`, the same in all, is written once and linked to: most of what a test would write and compile is that.
    """
    source = folder / config.package.distribution / "src"
    # A file as long as the one before it, written within the same second, would be taken for it by its bytecode.
    for stale in (folder for folder in source.rglob("__pycache__") if "_runtime" not in folder.parts):
        shutil.rmtree(stale)
    runtime = PurePosixPath("src", config.package.module, "_runtime")
    copied = []
    for emitter in EMITTERS:
        for file in emitter.emit(api, config, document):
            if file.path.is_relative_to(runtime):
                copied.append((file.path.relative_to(runtime), file.content))
                continue
            path = folder / file.package / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.content, encoding="utf-8")
    link = source / config.package.module / "_runtime"
    link.unlink(missing_ok=True)
    link.symlink_to(_written(tuple(copied)), target_is_directory=True)
    return source


@functools.cache
def _shared() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="vcsdk-runtime-")


@functools.cache
def _written(files: tuple[tuple[PurePosixPath, str], ...]) -> Path:
    """The folder with just these files, compiled."""
    folder = Path(tempfile.mkdtemp(dir=_shared().name))
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    compileall.compile_dir(folder, quiet=1)
    return folder


@contextmanager
def imported(source: Path, module: str) -> Iterator[ModuleType]:
    """The package, imported from this folder whatever else is called the same; forgotten afterwards."""
    before = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == module}
    sys.path.insert(0, str(source))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module(module)
    finally:
        sys.path.remove(str(source))
        for name in [name for name in sys.modules if name.split(".")[0] == module]:
            del sys.modules[name]
        sys.modules.update(before)
