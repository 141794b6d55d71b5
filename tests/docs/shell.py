"""Runs the commands of a page as its reader would."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.docs.markdown import ROOT

LIMIT = 300
"""Seconds for the commands of a page."""


def run(commands: str, folder: Path, **variables: str) -> tuple[int, str]:
    """The status of the commands, which stop at the first that fails, and what they printed.

    `vcsdk` is the one that runs the tests; home is the folder above, and nothing of the user's settings is seen.
    """
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(folder.parent),
        "LANG": "C.UTF-8",
        "VCSDK": str(ROOT),
        "PIP_CONFIG_FILE": os.devnull,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "A Reader"),
        **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "reader@example.com"),
        **variables,
    }
    with (folder.parent / "output").open("w+", encoding="utf-8") as output:
        shell = subprocess.Popen(
            ["bash", "-c", f"set -euo pipefail\n{commands}"],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            status = shell.wait(LIMIT)
        finally:
            # The servers that a broken run leaves behind are of the shell's own group.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(shell.pid, signal.SIGKILL)
        output.seek(0)
        return status, output.read()


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
