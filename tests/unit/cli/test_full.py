"""Whose fault it is that nothing more can be written: a file's, one of two files', or what is printed."""

from __future__ import annotations

import errno
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from vcsdk.cli import streams


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may be larger than 1,000 bytes: the system's own error, for every user."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, ignored)


def test_a_file_that_takes_no_more_is_no_stream(tmp_path: Path, small_files: None) -> None:
    with pytest.raises(OSError) as refused:
        (tmp_path / "a").write_bytes(b"x" * 5000)
    assert (streams.place(refused.value), streams.is_full(refused.value)) == (None, True)
    assert not streams.cannot_take(refused.value)


@pytest.mark.parametrize("size", [1, 5_000, 100_000])
def test_a_stream_that_takes_no_more_says_so_however_much_it_was_given(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A buffer that overflows keeps nothing that would fail again."""
    full = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - closing it would fail, too
    monkeypatch.setattr("sys.stdout", full)
    streams.prepare()
    with pytest.raises(OSError) as refused:
        print("x" * size, flush=True)
    assert streams.cannot_take(refused.value)
    monkeypatch.undo()
    with suppress(OSError):
        full.close()


def test_a_stream_that_takes_no_more_fails_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115 - closing it would fail, too
    full.write("x")
    monkeypatch.setattr("sys.stdout", full)
    with pytest.raises(OSError) as refused:
        full.flush()
    assert (streams.place(refused.value), streams.is_full(refused.value)) == (None, True)
    assert streams.cannot_take(refused.value)
    monkeypatch.undo()
    with suppress(OSError):
        full.close()


@pytest.mark.parametrize(
    ("error", "place"),
    [
        (OSError(errno.ENOSPC, "full", "read", None, "written"), "written"),
        (OSError(errno.EFBIG, "full", "read", None, "written"), "written"),
        (OSError(errno.EACCES, "refused", "from", None, "to"), "from"),
        (OSError(errno.ENOSPC, "full", "alone"), "alone"),
        (OSError(errno.ENOSPC, "full"), None),
    ],
)
def test_of_two_files_the_one_that_is_written_is_named(error: OSError, place: str | None) -> None:
    assert streams.place(error) == place


def test_a_copy_names_its_target(tmp_path: Path) -> None:
    import shutil

    source = tmp_path / "source"
    source.write_bytes(b"x" * 5000)
    with pytest.raises(OSError) as refused:
        shutil.copyfile(source, "/dev/full")
    assert streams.place(refused.value) in ("/dev/full", None)
    assert os.fspath(source) != streams.place(refused.value)
