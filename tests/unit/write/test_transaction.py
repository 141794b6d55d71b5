"""Whatever interrupts a run, the output is as before or complete."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.write import write
from vcsdk.write.drift import compare
from vcsdk.write.workplace import workplaces

from .conftest import FACTS, file, snapshot

OLD = [file("a.py", "a = 1"), file("b.md", "old"), file("gone.md", "gone")]
NEW = [file("a.py", "a = 2"), file("b.md", "new"), file("fresh/c.md", "fresh")]


def contents(folder: Path) -> dict[str, bytes]:
    return {name: entry[2] for name, entry in snapshot(folder).items()}


@pytest.fixture
def before(run, out) -> dict[str, tuple[int, int, bytes]]:
    run(*OLD)
    return {name: entry for name, entry in snapshot(out).items() if (out / name).is_file()}


def fail_at(monkeypatch, name: str, number: int, error: BaseException) -> None:
    """Let the nth call of a method of Path raise, as a full disk or Ctrl-C would."""
    real = getattr(Path, name)
    calls = iter(range(10_000))

    def fake(self, *args, **kwargs):
        if {"out", ".out.vcsdk"} & {*self.parts} and next(calls) == number:
            raise error
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, name, fake)


FAILURES = [("replace", n) for n in range(5)] + [("unlink", 0), ("mkdir", 4), ("mkdir", 5), ("write_bytes", 0)]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number"), FAILURES)
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()], ids=repr)
def test_an_error_restores_the_old_state_with_its_times(out, before, monkeypatch, name, number, error):
    with monkeypatch.context() as patch:
        fail_at(patch, name, number, error)
        with pytest.raises(InputError if isinstance(error, OSError) else KeyboardInterrupt) as caught:
            write(NEW, out, FACTS, Diagnostics())
    assert {n: e for n, e in snapshot(out).items() if (out / n).is_file()} == before
    assert not (out / "pkg/fresh").exists()
    assert not any(place.exists() for place in workplaces(out))
    if isinstance(error, OSError):
        (found,) = caught.value.diagnostics
        assert found.rule == "cannot-write"
        assert "No space left on device; the output is as it was" in found.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_a_finding(out, before):
    (out / "pkg").chmod(0o500)
    try:
        with pytest.raises(InputError) as caught:
            write(NEW, out, FACTS, Diagnostics())
    finally:
        (out / "pkg").chmod(0o700)
    assert [d.rule for d in caught.value.diagnostics] == ["cannot-write"]
    assert {n: e for n, e in snapshot(out).items() if (out / n).is_file()} == before


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from vcsdk.diagnostics import Diagnostics
    from vcsdk.write import write
    sys.path.insert(0, {tests!r})
    from tests.unit.write.conftest import FACTS
    from tests.unit.write.test_transaction import NEW
    left, real = {number}, Path.replace
    def replace(self, target):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return real(self, target)
    Path.replace = replace
    write(NEW, Path({out!r}), FACTS, Diagnostics())
"""
ROOT = Path(__file__).parents[3]


@pytest.mark.slow
@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("successor", ["write", "compare"])
def test_a_killed_writer_is_undone_by_the_next_run(out, before, number, successor):
    code = textwrap.dedent(KILLED.format(tests=str(ROOT), out=str(out), number=number))
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    if successor == "compare":
        assert not compare(OLD, out, FACTS)
        assert {n: e for n, e in snapshot(out).items() if (out / n).is_file()} == before
    else:
        diagnostics = Diagnostics()
        write(NEW, out, FACTS, diagnostics)
        assert not len(diagnostics)
        assert not compare(NEW, out, FACTS)
        assert not (out / "pkg/gone.md").exists()
    assert not any(place.exists() for place in workplaces(out))


def _write_many(out: Path, name: str) -> None:
    for number in range(8):
        write([file(f"m{i}.py", f"{name} = {number}") for i in range(5)], out, FACTS, Diagnostics())


@pytest.mark.slow
def test_two_writers_at_once_leave_the_output_of_one(out):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(out, name)) for name in ("left", "right")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    written = {(out / f"pkg/m{i}.py").read_text() for i in range(5)}
    assert written in ({"left = 7\n"}, {"right = 7\n"})
    assert not compare([file(f"m{i}.py", written.copy().pop()) for i in range(5)], out, FACTS)
    assert not any(place.exists() for place in workplaces(out))


def test_hard_links_are_not_needed(run, out, before, monkeypatch):
    monkeypatch.setattr(os, "link", lambda *a: (_ for _ in ()).throw(OSError(errno.EPERM, "no links")))
    run(*NEW)
    assert contents(out)["pkg/b.md"] == b"new"


def test_the_mode_of_a_file_stays(run, out, before):
    (out / "pkg/b.md").chmod(0o640)
    run(*NEW)
    assert (out / "pkg/b.md").stat().st_mode & 0o777 == 0o640
