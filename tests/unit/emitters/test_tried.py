"""What an earlier run tried of a package is not tried again, and whatever could make it unusable is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from vcsdk import cache
from vcsdk.diagnostics import Diagnostics
from vcsdk.emitters import emit_all, reuse, usable
from vcsdk.emitters.completeness import account
from vcsdk.emitters.tried import Tried
from vcsdk.pipeline import read_api

ROOT = Path(__file__).parents[3]
TEXTS = {
    "": "def __getattr__(name): ...\n",
    "models.__init__": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .pet import Pet\n",
    "models.tag": "class Tag: ...\n",
    "models.pet": "from .._runtime import Model\nfrom .tag import Tag\nfrom .owner import Owner\nclass Pet: ...\n",
    "models.owner": "from .pet import Pet\nclass Owner: ...\n",
    "resources.pets": "from ..models.pet import (\n    Pet,\n)\nclass Pets: ...\n",
    "resources.tags": "from ..models.tag import Tag\nclass Tags: ...\n",
    "resources.alone": "class Alone: ...\n",
}


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def after(change: dict[str, str]) -> Tried:
    """What is to be tried of the package with a change, once the package was tried without."""
    Tried("pets", TEXTS).remember()
    return Tried("pets", {**TEXTS, **change})


def test_a_first_run_tries_everything_and_a_second_nothing() -> None:
    assert Tried("pets", TEXTS).anew == [*TEXTS]
    assert after({}).anew == []
    assert Tried("others", TEXTS).anew == [*TEXTS]


@pytest.mark.parametrize(
    ("changed", "anew"),
    [
        (
            "models.tag",
            {"models.__init__", "models.tag", "models.pet", "models.owner", "resources.pets", "resources.tags"},
        ),
        ("models.owner", {"models.__init__", "models.pet", "models.owner", "resources.pets"}),
        ("resources.pets", {"resources.pets"}),
        ("resources.alone", {"resources.alone"}),
        ("models.__init__", {"models.__init__"}),
    ],
)
def test_what_changed_and_what_imports_it_is_tried(changed: str, anew: set[str]) -> None:
    assert {*after({changed: TEXTS[changed] + "odd = 1\n"}).anew} == anew


def test_a_module_that_goes_or_comes_is_met_by_those_that_name_it() -> None:
    Tried("pets", TEXTS).remember()
    without = {name: text for name, text in TEXTS.items() if name != "models.tag"}
    assert {"models.pet", "resources.tags"} <= {*Tried("pets", without).anew}
    Tried("pets", without).remember()
    assert {"models.tag", "models.pet", "resources.tags"} <= {*Tried("pets", TEXTS).anew}


def test_a_package_that_names_its_modules_depends_on_each() -> None:
    changed = {**TEXTS, "": "from . import models\n"}
    Tried("pets", changed).remember()
    assert "" in Tried("pets", {**changed, "resources.alone": "class Other: ...\n"}).anew


def test_what_is_needed_has_the_packages_around_it_and_all_that_it_imports() -> None:
    needed = after({"resources.pets": "from ..models.pet import Pet\n"}).needed
    assert {*needed} == {"", "models.__init__", "models.pet", "models.tag", "models.owner", "resources.pets"}


def test_another_toolkit_tries_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    Tried("pets", TEXTS).remember()
    monkeypatch.setattr(cache, "toolkit", lambda: "another")
    assert Tried("pets", TEXTS).anew == [*TEXTS]


def damaged(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-3])


def foreign(place: Path) -> None:
    place.unlink()
    cache.write(place.name, b"\x81\x01\x02")


@pytest.mark.parametrize("harm", [damaged, foreign, Path.unlink])
def test_what_cannot_be_read_was_never_tried(kept: Path, harm: Callable[[Path], None]) -> None:
    Tried("pets", TEXTS).remember()
    (place,) = kept.glob("*.tried")
    harm(place)
    assert Tried("pets", TEXTS).anew == [*TEXTS]


@pytest.mark.parametrize("where", ["models", "resources"])
def test_a_fault_is_found_in_a_later_run_too(where: str, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reuse, "_FEW", 0)
    described = read_api(ROOT / "spec/vcha.yaml")
    files = emit_all(described)
    assert account(described, files, Diagnostics()).complete
    assert [*kept.glob("*.tried")]
    broken = [
        replace(file, content=f"{file.content}\nodd = absent\n")
        if file.kind == "python" and f"src/vcenter_vcha/{where}/" in str(file.path)
        else file
        for file in files
    ]
    for _ in range(2):
        found = Diagnostics()
        assert account(described, broken, found).unusable
        assert "not-usable" in {each.rule for each in found}
    assert account(described, files, Diagnostics()).complete


def test_only_what_is_asked_for_is_tried(kept: Path) -> None:
    texts = {"": "", "models.__init__": "", "models.odd": "absent\n", "models.even": "from .odd import Odd\n"}
    assert [found[0] for found in usable.of_texts(texts)] == ["models.odd"]
    assert usable.of_texts(texts, ["models.__init__"]) == []
    assert [found[0] for found in usable.of_texts(texts, ["models.even"])] == ["models.even"]
    shutil.rmtree(kept, ignore_errors=True)
