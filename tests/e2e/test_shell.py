"""The same call by a program and from the shell: a failover, waited for, against the simulator."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import read_spec, write_client

OPTIONS = SimulatorOptions(failover_seconds=0.2, outage=0.3, unavailable=0.1, task_seconds=30)


def test_a_failover_from_the_shell(tmp_path: Path) -> None:
    described = read_spec()
    source = write_client(described.api, described.config, described.document, tmp_path)
    word = tmp_path / "word"
    word.write_text(OPTIONS.password + "\n")
    environment = {
        **os.environ,
        "PYTHONPATH": str(source),
        "VCENTER_USERNAME": OPTIONS.username,
        "VCENTER_PASSWORD_FILE": str(word),
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "vcenter_vcha", "--target", url, *words]
        done = subprocess.run(
            line, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        assert OPTIONS.password not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done

    def active() -> str:
        done = run("vcha", "cluster", "get", "--json")
        assert done.returncode == 0, done.stderr
        cluster = json.loads(done.stdout)
        (found,) = (name for name in ("node1", "node2") if cluster[name]["runtime"]["role"] == "ACTIVE")
        return found

    with Simulator(described, OPTIONS).running() as url:
        assert active() == "node1"
        refused = run("vcha", "cluster", "failover", "--planned")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert active() == "node1"
        done = run("vcha", "cluster", "failover", "--planned", "--yes")
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr.startswith("task: ")
        assert "SUCCEEDED" in done.stderr
        assert active() == "node2"

        started = run("vcha", "cluster", "mode", "set", "--mode", "DISABLED", "--yes", "--no-wait", "--json")
        assert started.returncode == 0, started.stderr
        task = json.loads(started.stdout)["task"]
        assert json.loads(run("tasks", "get", "--task", task, "--json").stdout)["status"] in ("PENDING", "RUNNING")
        # One runs already: the server refuses.
        second = run("vcha", "cluster", "failover", "--planned", "--yes")
        assert (second.returncode, second.stdout, second.stderr.count("\n")) == (1, "", 1)
        assert "NotAllowedInCurrentState" in second.stderr
        assert run("tasks", "cancel", "--task", task, "--yes").returncode == 0
        again = run("vcha", "cluster", "mode", "set", "--mode", "DISABLED", "--yes", "--wait", "0.2")
        assert again.returncode == 3, "the task still runs"
        assert "TaskTimeout" in again.stderr
