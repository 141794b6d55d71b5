from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import pytest
from vcsdk.ir import Api
from vcsdk.pipeline import Described, read_api

from tests.generated import imported, write_client


class Reads(Protocol):
    def __call__(self, **document: Any) -> Described: ...


class Generates(Protocol):
    def __call__(self, **document: Any) -> ModuleType: ...


@pytest.fixture
def read(tmp_path: Path) -> Reads:
    """Reads a description given as data, through a real file."""

    def make(**document: Any) -> Described:
        path = tmp_path / "thing.json"
        info = {"title": "Thing", "version": "1"}
        path.write_text(json.dumps({"openapi": "3.0.3", "info": info, "paths": {}, **document}))
        return read_api(path)

    return make


@pytest.fixture
def generate(read: Reads, tmp_path: Path) -> Iterator[Generates]:
    """Generates and imports the package of a description given as data."""
    with ExitStack() as stack:

        def make(**document: Any) -> ModuleType:
            described = read(**document)
            source = write_client(described.api, described.config, described.document, tmp_path / "out")
            return stack.enter_context(imported(source, described.config.package.module))

        yield make


def schemas(**named: Any) -> dict[str, Any]:
    return {"components": {"schemas": named}}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def operation_of(api: Api, path: str) -> Any:
    found = api.find(path)
    assert found is not None
    return found
