"""The contract suite of a description against a server that nobody here wrote, over real HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx2
from vcsdk.cli.main import main
from vcsdk.pipeline import read_api

from tests.served import serving

SECRETS = {"TRIED_PASSWORD": "p4ssw0rd-of-the-books", "TRIED_TOKEN": "t0ken-of-the-store"}


def held(
    app: Any,
    description: dict[str, Any] | None,
    folder: Path,
    *options: str,
    examples: int = 3,
    serve: Callable[[Any], AbstractContextManager[str]] = serving,
) -> Any:
    """The results of a run of everything that the level among the options allows; `exit` is its status.

    Without a description the server's own `/openapi.json` is taken.
    """
    with serve(app) as url:
        text = json.dumps(description) if description is not None else httpx2.get(f"{url}/openapi.json").text
        (folder / "api.json").write_text(text, encoding="utf-8")
        assert main(["generate", str(folder / "api.json"), "-o", str(folder / "out"), "--quiet"]) == 0
        (package,) = (folder / "out").glob("*-contract")
        operations = read_api(folder / "api.json").api.operations
        allowed = [f"--allow={o.python_path}" for o in operations if o.safety.value != "read"]
        words = ["contract", "run", "--url", url, "--package", str(package), "--report", str(folder / "report")]
        done = subprocess.run(
            [sys.executable, "-m", "vcsdk", *words, "--fuzz-examples", str(examples), *allowed, *options],
            env={**os.environ, **SECRETS, "XDG_CONFIG_HOME": str(folder)},
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
    path = folder / "report" / "results.json"
    assert path.is_file(), done.stdout + done.stderr
    return {**json.loads(path.read_text(encoding="utf-8")), "exit": done.returncode}


def told(results: Any) -> list[str]:
    """What was found, a line each."""
    return [f"{f['check']} {f['operation']} {f['path']} {f['observed']}: {f['message']}" for f in results["findings"]]
