"""Which contract package a run takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from vcsdk.contract.package import PackageError, find


def make(folder: Path, name: str) -> Path:
    module = folder / name / "src" / name.replace("-", "_")
    module.mkdir(parents=True)
    for file in ("plugin.py", "openapi.json"):
        (module / file).touch()
    return folder / name


def test_the_only_one_that_is_generated(tmp_path: Path) -> None:
    made = make(tmp_path, "a-contract")
    (tmp_path / "a" / "src" / "a").mkdir(parents=True)

    found = find(None, tmp_path)

    assert (found.module, found.source) == ("a_contract", made / "src")


def test_several_are_named(tmp_path: Path) -> None:
    make(tmp_path, "a-contract")
    make(tmp_path, "b-contract")

    with pytest.raises(PackageError, match=r"a-contract.*b-contract.*--package"):
        find(None, tmp_path)


@pytest.mark.parametrize("content", ["src/thing/plugin.py", "src/thing/openapi.json"])
def test_a_folder_that_is_none(content: str, tmp_path: Path) -> None:
    (tmp_path / content).parent.mkdir(parents=True)
    (tmp_path / content).touch()

    with pytest.raises(PackageError, match="no contract package"):
        find(tmp_path)
