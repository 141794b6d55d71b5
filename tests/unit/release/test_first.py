"""What a first configuration leaves out of the call tree: words that all operations share, and no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.pipeline import read_api
from vcsdk.release.first import strip_for

ROOT = Path(__file__).parents[3]


def document(*paths: str) -> dict[str, Any]:
    answer = {"responses": {"204": {"description": "None."}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Pets", "version": "1"},
        "paths": {path: {"get": {**answer, "operationId": f"op{number}"}} for number, path in enumerate(paths)},
    }


@pytest.mark.parametrize(
    ("paths", "strip"),
    [
        (["/shop/pets", "/shop/owners"], ("shop",)),
        (["/shop/live/pets", "/shop/live/owners"], ("shop",)),
        (["/shop/pets", "/shop/owners", "/about/us"], ()),
        (["/shop/pets", "/shop/owners", "/shop/toys", "/status"], ()),
        (["/shop", "/shop/owners"], ()),
        (["/pets"], ()),
        (["/shop/pets/food", "/shop/pets/toys"], ("shop",)),
        (["/cis/tasks", "/shop/pets"], ()),
    ],
)
def test_only_what_all_share_is_stripped(tmp_path: Path, paths: list[str], strip: tuple[str, ...]) -> None:
    (tmp_path / "api.json").write_text(json.dumps(document(*paths)))
    assert strip_for(read_api(tmp_path / "api.json", use_config=False).api) == strip


@pytest.mark.parametrize(("left", "strip"), [((), ()), (("/session", "/appliance/"), ("vcenter", "cis"))])
def test_what_every_api_of_vmware_has_goes_with_what_all_others_share(
    tmp_path: Path, left: tuple[str, ...], strip: tuple[str, ...]
) -> None:
    data = yaml.safe_load((ROOT / "spec/vcha.yaml").read_text(encoding="utf-8"))
    data["paths"] = {path: item for path, item in data["paths"].items() if not left or not path.startswith(left)}
    (tmp_path / "api.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    assert strip_for(read_api(tmp_path / "api.yaml", use_config=False).api) == strip
