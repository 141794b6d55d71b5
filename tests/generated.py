"""Generates a client package into a folder and imports it, for tests that run what the emitters make."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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
    """Write the client distribution as the emitters give it, unformatted; returns the folder to import from."""
    for emitter in EMITTERS:
        for file in emitter.emit(api, config, document):
            path = folder / file.package / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.content, encoding="utf-8")
    return folder / config.package.distribution / "src"


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
