"""Contract suites made of any description and run in this process, and servers to hold to them."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from vcsdk.emitters.contract.emit import emit
from vcsdk.pipeline import Described, read_api

from tests.generated import imported


@dataclass(frozen=True)
class Ran:
    """What came of a run: `results.json`, and all that was printed and written."""

    results: dict[str, Any]
    printed: str

    @property
    def findings(self) -> list[str]:
        return [f"{found['check']}: {found['message']}" for found in self.results.get("findings", [])]

    @property
    def checks(self) -> set[str]:
        return {found["check"] for found in self.results.get("findings", [])}

    @property
    def reasons(self) -> set[str]:
        return {row["reason"] for row in self.results.get("skipped", [])}


@dataclass(frozen=True)
class Suite:
    """A contract package that can be imported as `module`."""

    described: Described
    module: str
    folder: Path

    def run(self, url: str, *options: str, scratch: Path) -> Ran:
        """Hold a target to it."""
        results, configuration = scratch / "results.json", scratch / "pytest.ini"
        results.unlink(missing_ok=True)
        configuration.write_text("[pytest]\n", encoding="utf-8")
        arguments = ["-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", f"{self.module}.plugin"]
        arguments += ["-c", str(configuration), "--rootdir", str(scratch), "--pyargs", self.module, "--url", url]
        arguments += [
            "--recovery",
            "20",
            "--timeout",
            "10",
            "--fuzz-examples",
            "3",
            "--results",
            str(results),
            *options,
        ]
        printed = io.StringIO()
        gc.freeze()
        try:
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                pytest.main(arguments)
        finally:
            gc.unfreeze()
        found = json.loads(results.read_text(encoding="utf-8")) if results.is_file() else {}
        return Ran(found, printed.getvalue())


@contextlib.contextmanager
def suite_of(description: Path, folder: Path) -> Iterator[Suite]:
    """The suite of a description, importable."""
    described = read_api(description)
    for file in emit(described.api, described.config, described.document):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content, encoding="utf-8")
    module = next(path.name for path in (folder / "src").iterdir() if re.fullmatch(r"\w+_contract", path.name))
    with imported(folder / "src", module):
        yield Suite(described, module, folder)


@contextlib.contextmanager
def served(app: Any) -> Iterator[str]:
    """The origin of an ASGI application on a free port."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
