from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Literal

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.emitters.file import File
from vcsdk.write import Facts, Written, write

FACTS = Facts(description_sha256="d" * 64, config_sha256="", toolkit_version="1.2.3")


def file(path: str, content: str, package: str = "pkg") -> File:
    kind: Literal["python", "text"] = "python" if path.endswith(".py") else "text"
    return File(PurePosixPath(path), content, kind, package)


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Everything below a folder: inode, time of change and bytes, so that a rewrite with equal bytes shows too."""
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_ino,
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def run(out: Path) -> Callable[..., tuple[Written, list[str]]]:
    """Write files; gives the result and the rules of the findings."""

    def run(*files: File, facts: Facts = FACTS) -> tuple[Written, list[str]]:
        diagnostics = Diagnostics()
        written = write(list(files), out, facts, diagnostics)
        return written, [d.rule for d in diagnostics]

    return run
