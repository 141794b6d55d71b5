"""Files are put into their places all or none, and nothing is left of a try that failed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from vcsdk.placing import place


def everything(folder: Path) -> dict[str, bytes | None]:
    return {str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None for p in sorted(folder.rglob("*"))}


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A disk on which nothing larger than 100 bytes has room: what has is written in part."""
    write = Path.write_bytes

    def short(path: Path, content: bytes) -> int:
        write(path, content[:100])
        if len(content) > 100:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return len(content)

    monkeypatch.setattr(Path, "write_bytes", short)
    return Path()


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_all_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/a").write_text("before")
    before = everything(tmp_path)
    with pytest.raises(OSError, match="No space"):
        place([(tmp_path / "old/a", b"after"), (tmp_path / "new/deep/b", b""), (tmp_path / "new/c", b"x" * 101)])
    assert everything(tmp_path) == before


def test_a_place_that_is_a_folder_leaves_all_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError):
        place([(tmp_path / "a", b"after"), (tmp_path / "b", b"after")])
    assert everything(tmp_path) == {"b": None}


def test_a_file_above_leaves_all_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("before")
    with pytest.raises(OSError, match=r"."):
        place([(tmp_path / "a/a", b"after"), (tmp_path / "b/c", b"after")])
    assert everything(tmp_path) == {"b": b"before"}


def test_what_is_to_be_new_replaces_nothing_and_is_whole(tmp_path: Path) -> None:
    place([(tmp_path / "x/a", b"first")], new=True)
    with pytest.raises(FileExistsError):
        place([(tmp_path / "x/b", b"second"), (tmp_path / "x/a", b"second")], new=True)
    assert everything(tmp_path) == {"x": None, "x/a": b"first"}


def test_a_link_stays_and_rights_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before")
    (tmp_path / "a").chmod(0o640)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert place([(tmp_path / "link", b"after")]) == [tmp_path / "link"]
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"after"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_what_is_no_file_is_written_to(tmp_path: Path) -> None:
    read, write = os.pipe()
    place([(Path(f"/dev/fd/{write}"), b"after")])
    os.close(write)
    assert os.read(read, 9) == b"after"
    os.close(read)
