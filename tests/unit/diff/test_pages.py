"""Pages that come take nothing from callers; pages that go do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff import compare
from vcsdk.diff.read import read

from tests.unit.diff.documents import json_file
from tests.wire.generated.listed import INTEGER, asked, listing

PLAIN = [asked("page", "integer"), asked("size", "integer")]
PAGED = [asked("page", "integer", default=1), asked("size", "integer")]


def told(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str]]:
    sides = []
    for name, document in (("old", old), ("new", new)):
        (folder / name).mkdir()
        whole = {"openapi": "3.0.3", "info": {"title": "Thing", "version": "1"}, "servers": [{"url": "/"}], **document}
        path = json_file(folder / name / "thing.json", whole)
        sides.append(read(path, None, use_config=True, overlays=(), diagnostics=Diagnostics()))
    found = compare(*sides)
    return [(each.rule.id, str(each.level)) for each in found if each.rule.area == "surface"]


@pytest.mark.parametrize("properties", [None, {}, {"pages": INTEGER}])
def test_pages_that_come_and_go(properties: dict[str, Any] | None, tmp_path: Path) -> None:
    plain, paged = listing(PLAIN, properties), listing(PAGED, properties)
    (tmp_path / "come").mkdir()
    (tmp_path / "go").mkdir()
    assert told(tmp_path / "come", plain, paged) == [("surface-return-type-narrowed", "safe")]
    assert told(tmp_path / "go", paged, plain) == [("surface-return-type-widened", "breaking")]
