"""Consoles that cannot show what a description says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "é 漢字 \ud800 \u2028 \u202e \x1b[31m 🎉"


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize("command", [("lint", "--places"), ("lint", "--json"), ("diff",), ("generate",)])
def test_a_console_gets_escapes(tmp_path: Path, encoding: str, command: tuple[str, ...]) -> None:
    item = {"get": {"operationId": TEXT, "summary": TEXT, "tags": [TEXT], "responses": {"200": {"description": TEXT}}}}
    data = {"openapi": "3.0.3", "info": {"title": TEXT, "version": TEXT}, "paths": {f"/{TEXT}": item}}
    file, older = tmp_path / "é.json", tmp_path / "old.json"
    file.write_text(json.dumps(data))
    older.write_text(json.dumps({**data, "paths": {}}))
    words = {"diff": [older, file], "generate": [file, "-o", tmp_path / "out"]}.get(command[0], [file])
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    line = [sys.executable, "-m", "vcsdk", *command, *map(str, words)]
    done = subprocess.run(line, capture_output=True, env=environment, check=False)
    assert done.returncode in (0, 1, 2), done.stderr
    printed = (done.stdout + done.stderr).decode(encoding)
    assert "internal error" not in printed
    assert not {"\x1b", "\u2028", "\u202e"} & set(printed)
