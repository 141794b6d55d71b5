"""Descriptions as files, and the views of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vcsdk.bundle import View, views
from vcsdk.pipeline import read_api

ROOT = Path(__file__).parents[3]

Describe = Callable[..., Path]


def answer(operation: str, **more: Any) -> dict[str, Any]:
    return {"operationId": operation, "responses": {"200": {"description": "Done."}}, **more}


@pytest.fixture
def describe(tmp_path: Path) -> Describe:
    """Writes a description with these paths; the result is its file."""

    def write(paths: dict[str, Any], **more: Any) -> Path:
        path = tmp_path / "api.json"
        info = {"title": "Ships", "version": "1"}
        path.write_text(json.dumps({"openapi": "3.0.3", "info": info, "paths": paths, **more}))
        return path

    return write


def documents(path: Path, view: View) -> list[dict[str, Any]]:
    """What a reader of the files gets: the views after a trip through JSON."""
    return json.loads(json.dumps(views(read_api(path).document, view)))


def operations(document: dict[str, Any]) -> dict[str, set[str]]:
    return {key: {method for method in item if method != "parameters"} for key, item in document["paths"].items()}
