"""What remembers a release is there at every moment, whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from vcsdk.release import history
from vcsdk.write.exchange import exchange

LOOP = """
import sys
from pathlib import Path
from vcsdk.release.history import store
from vcsdk.release import history
if sys.argv[2] == "renames":
    history.exchange = lambda one, other: False
number = 0
print("up", flush=True)
while True:
    number += 1
    store(Path(sys.argv[1]), {f"{name}.txt": str(number) for name in "abcdefgh"})
"""


def state(package: Path) -> set[str]:
    folder = history._folder(package)
    return {file.read_text() for file in folder.iterdir()}


@pytest.mark.slow
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_a_kill_leaves_the_old_or_the_new(tmp_path: Path, way: str) -> None:
    history.store(tmp_path, {f"{name}.txt": "0" for name in "abcdefgh"})
    for attempt in range(8):
        with subprocess.Popen([sys.executable, "-c", LOOP, tmp_path, way], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.01 + 0.007 * attempt)
            os.kill(process.pid, signal.SIGKILL)
        assert len(state(tmp_path)) == 1
        history.store(tmp_path, {f"{name}.txt": "new" for name in "abcdefgh"})
        assert state(tmp_path) == {"new"}
        assert [path.name for path in tmp_path.iterdir()] == [".vcsdk"]


def test_folders_change_places_or_stay(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    (one / "file").touch()
    assert not exchange(one, other)
    other.mkdir()
    swapped = exchange(one, other)
    assert swapped == (other / "file").exists()
    assert swapped != (one / "file").exists()
    if sys.platform == "linux":
        assert swapped
