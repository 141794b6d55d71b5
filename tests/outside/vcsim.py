"""VMware's vcsim: built once in a run from Debian's packages, and started in a folder of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

SOURCE = Path("/usr/share/gocode")
PACKAGE = "github.com/vmware/govmomi/vapi/simulator"
MAIN = Path(__file__).with_name("vcsim.go")
DATASTORE = "datastore-53"
"""Where libraries may lie: vcsim takes a datastore's identifier for the path of a folder."""
USER, PASSWORD = "administrator@vsphere.local", "pass-word-of-vcsim"


def missing() -> str:
    """What stands against building it, "" for nothing."""
    if shutil.which("go") is None:
        return "go is not installed (Debian: golang-go); it builds VMware's vcsim"
    if not (SOURCE / "src" / PACKAGE).is_dir():
        return "VMware's vcsim is not here (Debian: golang-github-vmware-govmomi-dev)"
    return ""


def build(folder: Path) -> None:
    """Build it into the folder, without the network; Go keeps what it compiled in its own cache.

    Raises:
        AssertionError: It cannot be built; the text is the compiler's.
    """
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(SOURCE),
        "GOPROXY": "off",
        "GOFLAGS": "",
        # Needs no C compiler.
        "CGO_ENABLED": "0",
    }
    if not {"HOME", "XDG_CACHE_HOME", "GOCACHE"} & environment.keys():
        environment["GOCACHE"] = str(folder / "cache")
    command = ["go", "build", "-o", str(folder / "vcsim"), str(MAIN)]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr


@dataclass(frozen=True)
class Running:
    """A vcsim that runs: where it is, and what it has, seen without a client of ours."""

    url: str

    def listed(self, path: str) -> list[str]:
        """What a list below `/rest/com/vmware` has, where it is `null` for nothing."""
        with httpx2.Client(base_url=f"{self.url}/rest/com/vmware", verify=False) as http:
            token: str = http.post("/cis/session", auth=(USER, PASSWORD)).json()["value"]
            found: Any = http.get(path, headers={"vmware-api-session-id": token}).json()["value"]
            return sorted(found or ())


@contextlib.contextmanager
def running(program: Path, folder: Path, *arguments: str) -> Iterator[Running]:
    """It, with nothing in it, for the length of a `with`."""
    (folder / DATASTORE).mkdir()
    # The datastores that it makes for itself are there.
    environment = {**os.environ, "TMPDIR": str(folder)}
    with (folder / "vcsim.log").open("wb") as log:
        process = subprocess.Popen(
            [str(program), *arguments], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url, (folder / "vcsim.log").read_text()
        yield Running(url)
    finally:
        process.terminate()
        process.communicate(timeout=10)
