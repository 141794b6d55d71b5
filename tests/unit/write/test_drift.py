from __future__ import annotations

from pathlib import PurePosixPath

from vcsdk.write import Facts
from vcsdk.write.drift import Change, compare
from vcsdk.write.plan import formatter_id

from .conftest import FACTS, file, snapshot

FILES = [file("a.py", "a=1\nb=2\n"), file("README.md", "one\ntwo\n")]


def test_nothing_differs_after_writing(run, out):
    run(*FILES)
    assert not compare(FILES, out, FACTS)


def test_each_kind_of_drift_is_named_with_its_lines_and_nothing_is_touched(run, out):
    run(*FILES, file("stale.md", "x\ny\nz\n"))
    (out / "pkg/a.py").write_text("a = 1\nb = 3\nc = 4\n")
    (out / "pkg/README.md").unlink()
    (out / "pkg/mine.md").write_text("mine")
    before = snapshot(out.parent)
    drift = compare(FILES, out, FACTS)
    path = lambda name: PurePosixPath("pkg", name)  # noqa: E731
    assert [c.path.name for c in drift.changed] == [".vcsdk.json", "a.py"]
    assert drift.changed[1] == Change(path("a.py"), added=1, removed=2)
    assert drift.missing == (Change(path("README.md"), added=2, removed=0),)
    assert drift.unexpected == (Change(path("stale.md"), added=0, removed=3),)
    assert snapshot(out.parent) == before


def test_lines_that_look_like_a_diff_header_count(run, out):
    run(file("a.md", "-- a\n++ b\n"))
    drift = compare([file("a.md", "++ b\n")], out, FACTS)
    assert next(c for c in drift.changed if c.path.name == "a.md") == Change(PurePosixPath("pkg/a.md"), 0, 1)


def test_another_description_is_drift_of_the_manifest(run, out):
    run(*FILES)
    drift = compare(FILES, out, Facts("e" * 64, "", "1.2.3"))
    assert [str(c.path) for c in drift.changed] == ["pkg/.vcsdk.json"]


def test_another_formatter_with_the_same_result_is_no_drift(run, out):
    run(*FILES)
    manifest = out / "pkg/.vcsdk.json"
    manifest.write_text(manifest.read_text().replace(formatter_id(), "ruff 0.0.1"))
    assert not compare(FILES, out, FACTS)


def test_a_missing_output_is_all_missing(out):
    drift = compare(FILES, out, FACTS)
    assert [c.path.name for c in drift.missing] == [".vcsdk.json", "README.md", "a.py"]
    assert not out.exists()
