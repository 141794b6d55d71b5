from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.load import Document, load

HEAD = 'openapi: 3.0.3\ninfo: {title: Lamps, version: "1"}\n'


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str | bytes], Path]:
    """Write a file into the working folder of the test; its path is relative."""
    monkeypatch.chdir(tmp_path)

    def write_file(name: str, content: str | bytes) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


def read(path: Path, *, allow_outside: Sequence[Path] = ()) -> Document:
    """Load a description that has nothing wrong with it."""
    diagnostics = Diagnostics()
    document = load(path, diagnostics, allow_outside=allow_outside)
    assert list(diagnostics) == []
    return document


def problems(path: Path) -> list[tuple[str, int, int, str]]:
    """Rule, line, column and message of what loading finds wrong."""
    diagnostics = Diagnostics()
    with contextlib.suppress(InputError):
        load(path, diagnostics)
    assert diagnostics.failed
    return [(d.rule, d.location.line, d.location.column, d.message) for d in diagnostics]
