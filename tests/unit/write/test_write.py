from __future__ import annotations

import json
from pathlib import PurePosixPath

import pytest
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.write import Facts, formatting, write
from vcsdk.write.plan import formatter_id

from .conftest import FACTS, file, snapshot

A = file("src/pkg/a.py", "x = {'b':1}")
B = file("src/pkg/build/b.py", "y=2\n")
README = file("README.md", "# pkg\n")


def test_python_is_formatted_text_is_not_and_a_manifest_is_kept(run, out):
    written, rules = run(A, B, README)
    assert (out / "pkg/src/pkg/a.py").read_text() == 'x = {"b": 1}\n'
    assert (out / "pkg/src/pkg/build/b.py").read_text() == "y = 2\n"
    assert (out / "pkg/README.md").read_text() == "# pkg\n"
    manifest = json.loads((out / "pkg/.vcsdk.json").read_text())
    assert list(manifest["files"]) == ["README.md", "src/pkg/a.py", "src/pkg/build/b.py"]
    assert manifest["description_sha256"] == "d" * 64
    assert written.packages == ("pkg",)
    assert len(written.written) == 4
    assert not rules
    assert [p.name for p in out.parent.iterdir()] == ["out"], "the workplace must be gone"


def test_the_formatter_ignores_what_the_user_configured(run, out):
    out.mkdir()
    (out / "ruff.toml").write_text("line-length = 20\n[format]\nquote-style = 'single'\n")
    (out.parent / "ruff.toml").write_text("line-length = 20\n")
    run(file("a.py", "x = ['aaaaaaaaaaaaa', 'bbbbbbbbbbbbbb']"))
    assert (out / "pkg/a.py").read_text() == 'x = ["aaaaaaaaaaaaa", "bbbbbbbbbbbbbb"]\n'


def test_a_second_run_touches_nothing_and_does_not_format(run, out, monkeypatch):
    run(A, B, README)
    before = snapshot(out.parent)
    monkeypatch.setattr(formatting.subprocess, "run", lambda *a, **k: pytest.fail("ruff was started"))
    written, _ = run(A, B, README)
    assert snapshot(out.parent) == before
    assert not written.written
    assert len(written.unchanged) == 4


def test_another_formatter_formats_again(run, out, monkeypatch):
    run(A)
    manifest = out / "pkg/.vcsdk.json"
    manifest.write_text(manifest.read_text().replace(formatter_id(), "ruff 0.0.1"))
    started = []
    real = formatting.subprocess.run
    monkeypatch.setattr(formatting.subprocess, "run", lambda *a, **k: started.append(a) or real(*a, **k))
    run(A)
    assert len(started) == 1


def test_only_what_changed_is_rewritten(run, out):
    run(A, B, README)
    before = snapshot(out)
    written, rules = run(file("src/pkg/a.py", "x = 2"), B, README)
    after = snapshot(out)
    assert {p for p in after if after[p][2] != before[p][2] or after[p][0] != before[p][0]} == {
        "pkg/src/pkg/a.py",
        "pkg/.vcsdk.json",
    }
    assert sorted(map(str, written.written)) == ["pkg/.vcsdk.json", "pkg/src/pkg/a.py"]
    assert not rules


def test_a_file_that_a_person_added_survives(run, out):
    run(A, B)
    (out / "pkg/src/pkg/build/mine.py").write_text("mine")
    written, rules = run(A)
    assert (out / "pkg/src/pkg/build/mine.py").read_text() == "mine"
    assert not (out / "pkg/src/pkg/build/b.py").exists()
    assert written.removed == (PurePosixPath("pkg/src/pkg/build/b.py"),)
    assert not rules


def test_stale_files_go_with_their_empty_folders(run, out):
    run(A, B)
    run(A)
    assert not (out / "pkg/src/pkg/build").exists()
    assert (out / "pkg/src/pkg/a.py").exists()


def test_an_edited_stale_file_is_kept_with_a_warning(run, out):
    run(A, B)
    (out / "pkg/src/pkg/build/b.py").write_text("edited")
    written, rules = run(A)
    assert (out / "pkg/src/pkg/build/b.py").read_text() == "edited"
    assert rules == ["kept-edited-file"]
    assert written.kept == (PurePosixPath("pkg/src/pkg/build/b.py"),)


def test_an_edited_generated_file_is_overwritten_with_a_warning(run, out):
    run(A, B)
    (out / "pkg/src/pkg/a.py").write_text("edited")
    _, rules = run(A, B)
    assert (out / "pkg/src/pkg/a.py").read_text() == 'x = {"b": 1}\n'
    assert rules == ["overwrote-edited-file"]


def test_a_deleted_generated_file_comes_back_silently(run, out):
    run(A, B)
    (out / "pkg/src/pkg/a.py").unlink()
    _, rules = run(A, B)
    assert (out / "pkg/src/pkg/a.py").exists()
    assert not rules


def test_a_package_of_another_description_is_left_alone(run, out):
    run(file("a.py", "x=1", package="other"))
    before = snapshot(out / "other")
    run(A)
    assert snapshot(out / "other") == before


def test_an_unreadable_manifest_removes_nothing(run, out):
    run(A, B)
    (out / "pkg/.vcsdk.json").write_text("<<<<<<< ours\n{}")
    _, rules = run(file("src/pkg/a.py", "x = 3"))
    assert (out / "pkg/src/pkg/build/b.py").exists()
    assert (out / "pkg/src/pkg/a.py").read_text() == "x = 3\n"
    assert rules == ["unreadable-manifest", "overwrote-edited-file"]


def refuse(run, out, *files) -> list[str]:
    """The rules of the errors; whatever they are, nothing may have been touched."""
    out.mkdir(exist_ok=True)
    before = snapshot(out.parent)
    diagnostics = Diagnostics()
    with pytest.raises(InputError) as caught:
        write(list(files), out, FACTS, diagnostics)
    assert snapshot(out.parent) == before
    return [f"{d.rule} {d.location.file.removeprefix(str(out))}" for d in caught.value.diagnostics]


def test_a_file_that_is_not_ours_is_not_overwritten(run, out):
    (out / "pkg").mkdir(parents=True)
    (out / "pkg/README.md").write_text("my notes")
    assert refuse(run, out, A, README) == ["file-in-the-way /pkg/README.md"]


def test_a_foreign_file_with_the_same_bytes_is_adopted(run, out):
    (out / "pkg").mkdir(parents=True)
    (out / "pkg/README.md").write_text("# pkg\n")
    _, rules = run(A, README)
    assert not rules


def test_source_that_is_not_python_names_the_file_and_line(run, out):
    run(A, B)
    diagnostics = Diagnostics()
    before = snapshot(out.parent)
    with pytest.raises(InputError):
        write([A, file("src/pkg/build/b.py", "y = 1\nz = = 2\n")], out, FACTS, diagnostics)
    (found,) = diagnostics
    assert found.rule == "unformattable-file"
    assert (found.location.file, found.location.line) == ("pkg/src/pkg/build/b.py", 2)
    assert snapshot(out.parent) == before


@pytest.mark.parametrize(
    ("package", "path"), [("..", "a"), ("pkg", "../a"), ("pkg", "/etc/a"), ("p/q", "a"), ("", "a"), ("pkg", "b\\c")]
)
def test_paths_that_escape_are_refused(run, out, package, path):
    (row,) = refuse(run, out, file(path, "text", package=package))
    assert row.startswith("unsafe-path")


@pytest.mark.parametrize("link", ["pkg", "pkg/src", "pkg/README.md", "pkg/.vcsdk.json"])
def test_symbolic_links_are_not_written_through(run, out, tmp_path, link):
    run(A, README)
    elsewhere = tmp_path / "elsewhere"
    (out / link).rename(elsewhere)
    (out / link).symlink_to(elsewhere)
    rows = refuse(run, out, file("src/pkg/a.py", "x = 9"), file("README.md", "new"))
    assert rows
    assert all(row.startswith("unsafe-path") for row in rows)


def test_a_folder_in_the_way_is_refused(run, out):
    (out / "pkg/README.md").mkdir(parents=True)
    assert refuse(run, out, README) == ["unsafe-path /pkg/README.md"]


def test_two_files_of_one_path_and_a_forged_manifest_are_refused(run, out):
    rows = refuse(run, out, A, A, file(".vcsdk.json", "{}"))
    assert sorted(rows) == ["duplicate-file /pkg/.vcsdk.json", "duplicate-file /pkg/src/pkg/a.py"]


def test_a_manifest_cannot_make_us_delete_outside(run, out, tmp_path):
    run(A, B)
    (tmp_path / "victim").write_bytes(b"y = 2\n")
    manifest = out / "pkg/.vcsdk.json"
    manifest.write_text(manifest.read_text().replace("src/pkg/build/b.py", "../../victim"))
    written, _ = run(A)
    assert (tmp_path / "victim").exists()
    assert not written.removed


def test_text_that_is_not_unicode_is_refused(run, out):
    assert refuse(run, out, file("README.md", "\ud800")) == ["not-unicode /pkg/README.md"]


def test_an_output_that_is_a_file_is_refused(run, out):
    out.write_text("a file")
    with pytest.raises(InputError):
        run(A)
    assert out.read_text() == "a file"


def test_new_parents_of_a_failed_run_are_removed(tmp_path):
    with pytest.raises(InputError):
        write([file("a.py", "= 1")], tmp_path / "p/q/out", FACTS, Diagnostics())
    assert not (tmp_path / "p").exists()


def test_the_manifest_says_nothing_of_time_or_place(run, out, tmp_path):
    run(A)
    first = (out / "pkg/.vcsdk.json").read_bytes()
    write([A], tmp_path / "elsewhere", FACTS, Diagnostics())
    assert (tmp_path / "elsewhere/pkg/.vcsdk.json").read_bytes() == first
    assert str(tmp_path).encode() not in first


def test_facts_alone_change_the_manifest_alone(run):
    run(A)
    written, _ = run(A, facts=Facts("e" * 64, "", "1.2.3"))
    assert written.written == (PurePosixPath("pkg/.vcsdk.json"),)
