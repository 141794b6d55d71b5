from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from vcsdk import cache


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_kept_comes_back_and_is_the_user_s_alone(folder: Path) -> None:
    assert cache.read("a.texts") is None
    cache.write("a.texts", b"one")
    cache.write("a.texts", b"two")
    assert cache.read("a.texts") == b"two"
    assert [path.name for path in folder.iterdir()] == ["a.texts"]
    assert stat.S_IMODE((folder / "a.texts").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b[:-1] + b"X", lambda b: b"", lambda b: b"X" + b[1:]])
def test_what_was_damaged_is_not_taken(folder: Path, damage) -> None:
    cache.write("a.texts", b"content")
    place = folder / "a.texts"
    place.write_bytes(damage(place.read_bytes()))
    assert cache.read("a.texts") is None


def test_without_a_place_nothing_is_kept_and_nothing_fails(folder: Path) -> None:
    folder.write_text("a file")
    cache.write("a.texts", b"content")
    assert cache.read("a.texts") is None
    assert folder.read_text() == "a file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_is_read_only_is_read(folder: Path) -> None:
    cache.write("a.texts", b"content")
    folder.chmod(0o500)
    cache.write("a.texts", b"other")
    folder.chmod(0o700)
    assert cache.read("a.texts") == b"content"


def test_a_write_that_fails_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    cache.write("a.texts", b"content")
    monkeypatch.setattr(Path, "replace", full)
    cache.write("a.texts", b"other")
    assert [path.name for path in folder.iterdir()] == ["a.texts"]
    assert cache.read("a.texts") == b"content"


def test_the_oldest_of_its_kind_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST", 3)
    folder.mkdir()
    (folder / "other.run").write_bytes(b"")
    for number in range(5):
        cache.write(f"{number}.texts", b"content")
        os.utime(folder / f"{number}.texts", ns=(number, number))
    assert sorted(path.name for path in folder.iterdir()) == ["2.texts", "3.texts", "4.texts", "other.run"]


def test_too_much_goes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST_BYTES", 250)
    for number in range(4):
        cache.write(f"{number}.texts", b"0" * 80)
        os.utime(folder / f"{number}.texts", ns=(number, number))
    assert sorted(path.name for path in folder.iterdir()) == ["2.texts", "3.texts"]


@pytest.mark.parametrize("edited", ["vcsdk/cli/main.py", "templates/client/resource.py.jinja"])
def test_a_toolkit_that_was_edited_is_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edited: str) -> None:
    root = tmp_path / "root"
    for name in ("generator/vcsdk/cli/main.py", "templates/client/resource.py.jinja"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text("one")
    monkeypatch.setattr(cache, "_PACKAGE", root / "generator/vcsdk")
    cache.toolkit.cache_clear()
    before = cache.toolkit()
    cache.toolkit.cache_clear()
    assert cache.toolkit() == before
    path = root / edited if edited.startswith("templates") else root / "generator" / edited
    path.write_text("three")
    cache.toolkit.cache_clear()
    assert cache.toolkit() != before
    cache.toolkit.cache_clear()
