"""What regenerating changes: nothing without need."""

from __future__ import annotations

import difflib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.specs.published import ROOT, SPECS, VCENTER, Generated, vcsdk

EVERYWHERE = {
    "vcenter/.vcsdk.json",
    "vcenter/docs/reference.md",
    "vcenter-contract/.vcsdk.json",
    "vcenter-contract/src/vcenter_contract/openapi.json",
    "vcenter/surface.txt",
}
"""Files that describe the whole: manifests with its checksum, reference, public surface, the description itself."""


def contents(out: Path) -> dict[str, bytes]:
    paths = (path for path in out.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in paths}


def regenerate(folder: Path, edit: Callable[[dict[str, Any]], None]) -> dict[str, bytes]:
    """The files that an edited copy of vCenter's description gives."""
    data = json.loads((SPECS / VCENTER).read_text(encoding="utf-8"))
    edit(data)
    copy = folder / "vcenter.json"
    copy.write_text(json.dumps(data), encoding="utf-8")
    done = vcsdk("generate", copy, "--no-config", "-q", "-o", folder / "out")
    assert done.returncode == 0, done.stderr[-2000:]
    return contents(folder / "out")


def lines_changed(before: dict[str, bytes], after: dict[str, bytes], package: str) -> int:
    """How many lines of a package came or went."""
    count = 0
    for name in differing(before, after):
        if name.startswith(f"{package}/"):
            old, new = (contents.get(name, b"").decode().splitlines() for contents in (before, after))
            changes = [*difflib.unified_diff(old, new, n=0, lineterm="")][2:]
            count += sum(line.startswith(("+", "-")) for line in changes)
    return count


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.fixture(scope="module")
def before(vcenter: Generated, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an unedited copy gives; its checksum differs from the file's own."""
    return regenerate(tmp_path_factory.mktemp("before"), lambda data: None)


def test_editing_one_schema_changes_the_files_it_concerns(before: dict[str, bytes], tmp_path: Path) -> None:
    def edit(data: dict[str, Any]) -> None:
        data["components"]["schemas"]["vcenter.host.summary"]["properties"]["rack"] = {"type": "string"}

    changed = differing(before, regenerate(tmp_path, edit))
    assert "vcenter/src/vcenter/models/vcenter_host.py" in changed
    assert changed - EVERYWHERE == {"vcenter/src/vcenter/models/vcenter_host.py"}


def test_an_unrelated_schema_renames_nothing(before: dict[str, bytes], tmp_path: Path) -> None:
    def edit(data: dict[str, Any]) -> None:
        schemas = data["components"]["schemas"]
        data["components"]["schemas"] = {
            "aaa.unrelated": {"type": "object", "properties": {"data": {"type": "object", "properties": {"a": {}}}}},
            **schemas,
        }

    after = regenerate(tmp_path, edit)
    assert before.keys() <= after.keys()
    changed = {name for name in differing(before, after) if name in before} - EVERYWHERE
    assert changed == {"vcenter/src/vcenter/models/__init__.py"}


def test_a_renamed_property_is_reviewed_on_a_page(before: dict[str, bytes], tmp_path: Path) -> None:
    old, new = "master_storage_policy", "control_plane_storage_policy"

    def edit(data: dict[str, Any]) -> None:
        schema = data["components"]["schemas"]["VcenterNamespaceManagementClustersEnableSpec"]
        schema["properties"] = {new if key == old else key: value for key, value in schema["properties"].items()}
        schema["required"] = [new if key == old else key for key in schema["required"]]

    after = regenerate(tmp_path, edit)
    module = "vcenter-contract/src/vcenter_contract/test_vcenter_namespace_management_clusters.py"
    assert module in differing(before, after)
    assert f'"{new}": [MISSING, '.encode() in after[module]
    assert 0 < lines_changed(before, after, "vcenter-contract") <= 60


@pytest.mark.parametrize("name", [VCENTER, "vcf/vcf-operations-openapi.json"])
def test_the_order_of_hashing_changes_no_byte(name: str, published: Callable[[str], Generated], tmp_path: Path) -> None:
    made = published(name)
    done = subprocess.run(
        [sys.executable, "-m", "vcsdk", "generate", SPECS / name, "--no-config", "-q", "-o", tmp_path],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert differing(contents(made.out), contents(tmp_path)) == set()
