"""Runs `vcsdk` in processes forked from one that has imported it: each is one of its own, and starts at once."""

from __future__ import annotations

import atexit
import functools
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

_SECONDS = 60
"""Until a command is killed."""


def vcsdk(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a folder, with this environment beside the test's own, and hash seed 0.

    What an interpreter takes from the environment as it starts (`PYTHON…`) needs one that starts.
    """
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.TemporaryDirectory() as kept:
        files = [f"{kept}/stdout", f"{kept}/stderr"]
        server.stdin.write(json.dumps([arguments, str(folder), {**os.environ, **environment}, files]) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        return subprocess.CompletedProcess(arguments, status, *(Path(file).read_bytes() for file in files))


@functools.cache
def _server() -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONIOENCODING": "utf-8"}
    pipe = subprocess.PIPE
    server = subprocess.Popen([sys.executable, __file__], stdin=pipe, stdout=pipe, text=True, env=environment)
    atexit.register(server.communicate)
    return server


def _serve() -> None:
    import vcsdk.__main__
    import vcsdk.cli.generate
    import vcsdk.cli.generation

    for line in sys.stdin:
        arguments, folder, environment, files = json.loads(line)
        child = os.fork()
        if child == 0:
            try:
                signal.alarm(_SECONDS)
                for number, file in enumerate(files, 1):
                    os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
                os.environ.clear()
                os.environ.update(environment)
                os.chdir(folder)
                # As `python -m vcsdk` has them.
                sys.path[0] = folder
                sys.argv[:] = [vcsdk.__main__.__file__, *arguments]
                vcsdk.__main__.command()
            finally:
                os._exit(70)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    _serve()
