"""However the demo ends, its simulator ends with it, and nothing is left outside `.demo/`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_the_simulator(tmp_path, number):
    for name in ("spec", "generated"):
        (tmp_path / name).symlink_to(ROOT / name)
    # Whoever runs the tests in the background may ignore interrupts, and a child would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "demo"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    signal.signal(signal.SIGINT, before)
    try:
        simulator = wait_for_pid(tmp_path / ".demo/ready.json", process)
        process.send_signal(number)
        output, _ = process.communicate(timeout=180)
    finally:
        process.kill()
    assert process.returncode == 130, output
    assert "interrupted" in output
    assert not is_running(simulator)
    assert {path.name for path in tmp_path.iterdir()} == {"spec", "generated", ".demo"}


def wait_for_pid(ready: Path, process: subprocess.Popen[str]) -> int:
    for _ in range(9000):
        if ready.exists():
            return json.loads(ready.read_text())["pid"]
        assert process.poll() is None, process.stdout.read()
        time.sleep(0.02)
    pytest.fail("the simulator never became ready")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
