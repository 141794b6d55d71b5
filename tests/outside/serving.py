"""`vcsdk serve` in a process of its own: VMware's client signs out whenever it is collected, in whatever thread."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2


@dataclass(frozen=True)
class Serving:
    """A simulator: where it is, and who may use it."""

    url: str
    password: str = field(repr=False)
    username: str = "administrator@vsphere.local"
    reader: str = "reader@vsphere.local"

    def reset(self) -> None:
        """Everything back to the beginning."""
        httpx2.post(
            f"{self.url}/_simulator/reset", headers={"Sec-Simulator-Control": "1"}, timeout=10
        ).raise_for_status()


@contextlib.contextmanager
def serving(description: Path, folder: Path, *arguments: str) -> Iterator[Serving]:
    """The simulator of a description, for the length of a `with`."""
    ready, password = folder / "ready.json", secrets.token_hex(8)
    words = [
        "serve",
        str(description),
        "--port",
        "0",
        "--ready-file",
        str(ready),
        "--password-env",
        "PASSWORD",
        *arguments,
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "vcsdk", *words],
        cwd=folder,
        env={**os.environ, "PASSWORD": password},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        while not ready.exists():
            assert process.poll() is None, process.communicate()
            time.sleep(0.02)
        yield Serving(json.loads(ready.read_text())["url"], password)
    finally:
        process.terminate()
        process.communicate(timeout=10)
