from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol

import pytest
from vcsdk.build import build
from vcsdk.config.model import Config, PackageNames
from vcsdk.diagnostics import Diagnostics
from vcsdk.ir import Api
from vcsdk.load import load
from vcsdk.naming import name
from vcsdk.normalize import normalize


class Names(Protocol):
    def __call__(self, document: dict[str, Any], **config: Any) -> Api: ...


@pytest.fixture
def diagnostics() -> Diagnostics:
    return Diagnostics()


@pytest.fixture
def named(tmp_path: Path, diagnostics: Diagnostics) -> Names:
    """The named IR of a description given as data."""

    def make(document: dict[str, Any], **config: Any) -> Api:
        path = tmp_path / "input.json"
        path.write_text(
            json.dumps({"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}, **document})
        )
        settings = Config(PackageNames("t", "t", "T"), **config)
        loaded = load(path, diagnostics)
        normalize(loaded, settings, diagnostics)
        return name(build(loaded, settings, diagnostics), settings, diagnostics, loaded)

    return make
