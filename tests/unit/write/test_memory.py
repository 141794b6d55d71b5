from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk import cache
from vcsdk.write import memory
from vcsdk.write.memory import recall, remember

from .conftest import file

ROOT = Path(__file__).parents[3]
REQUEST = ["generate", "api.yaml"]


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A finished run over `api.yaml`, remembered."""
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "api.yaml"
    path.write_text("openapi: 3.0.3")
    return path


@pytest.fixture
def remembered(run, out, source):
    run(file("a.py", "a = 1"), file("b.md", "b"))
    absent = source.with_name("api.toml")
    remember(out, REQUEST, {source: memory.sha256(source.read_bytes()), absent: None}, ["pkg"], b"answer")
    assert recall(out, REQUEST) == b"answer"
    return source


def test_another_request_is_not_answered(remembered, out):
    assert recall(out, [*REQUEST, "--no-config"]) is None
    assert recall(out.with_name("elsewhere"), REQUEST) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda source, out: source.write_text("openapi: 3.0.4"),
        lambda source, out: source.unlink(),
        lambda source, out: source.with_name("api.toml").write_text(""),
        lambda source, out: (out / "pkg/a.py").write_text("a = 2\n"),
        lambda source, out: (out / "pkg/b.md").unlink(),
        lambda source, out: (out / "pkg/.vcsdk.json").write_text("{}"),
        lambda source, out: shutil.rmtree(out),
    ],
    ids=["source edited", "source gone", "new source", "output edited", "output gone", "manifest edited", "all gone"],
)
def test_what_changed_is_done_again(remembered, out, change):
    change(remembered, out)
    assert recall(out, REQUEST) is None


def test_a_link_in_the_output_is_done_again(remembered, out, tmp_path):
    (out / "pkg/b.md").rename(tmp_path / "b.md")
    (out / "pkg/b.md").symlink_to(tmp_path / "b.md")
    assert recall(out, REQUEST) is None


def test_a_file_that_a_person_added_does_not_matter(remembered, out):
    (out / "pkg/mine.py").write_text("")
    assert recall(out, REQUEST) == b"answer"


@pytest.mark.parametrize("name", ["generator/vcsdk/diagnostics.py", "templates/client/client.py.jinja"])
def test_another_toolkit_is_another_run(remembered, out, tmp_path, monkeypatch, name):
    for folder in ("generator", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path / "generator/vcsdk")
    monkeypatch.setattr(cache, "toolkit", cache.toolkit.__wrapped__)
    remember(out, REQUEST, {}, ["pkg"], b"other")
    assert recall(out, REQUEST) == b"other"
    with (tmp_path / name).open("a") as stream:
        stream.write("\n")
    assert recall(out, REQUEST) is None


def test_a_broken_or_unwritable_memory_is_none(remembered, out, tmp_path, monkeypatch):
    (record,) = (tmp_path / "cache").glob("*.run")
    record.write_bytes(b"\x93")
    assert recall(out, REQUEST) is None
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("VCSDK_CACHE_DIR", str(tmp_path / "a file"))
    remember(out, REQUEST, {}, ["pkg"], b"answer")
    assert recall(out, REQUEST) is None


def test_the_memory_does_not_grow_without_end(remembered, out, tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "_MOST", 3)
    for number in range(5):
        remember(out, [str(number)], {}, ["pkg"], b"answer")
    assert len(list((tmp_path / "cache").iterdir())) == 3
    assert recall(out, ["4"]) == b"answer"


def test_asking_imports_neither_the_pipeline_nor_the_emitters():
    """The point is to be fast: what reads and renders takes longer to import than to be told."""
    code = "import vcsdk.write.memory, sys; print(*(m for m in sys.modules if m.startswith('vcsdk.')))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert not {"vcsdk.pipeline", "vcsdk.build", "jinja2"} & {*loaded.split()}
