"""The examples for CI that run a suite in parts, as the processes that a CI would start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.contract.load import load
from vcsdk.simulator import Simulator

from .conftest import PASSWORD

ROOT = Path(__file__).parents[3]


def gitlab() -> Iterator[tuple[list[str], dict[str, str]]]:
    """What each job runs, with what GitLab sets for it."""
    jobs = yaml.safe_load((ROOT / "examples/ci/shards/gitlab-ci.yml").read_text(encoding="utf-8"))
    assert jobs["contract"]["allow_failure"] == {"exit_codes": 1}
    parts = jobs["contract"]["parallel"]
    for number in range(1, parts + 1):
        yield jobs["contract"]["script"], {"CI_NODE_INDEX": str(number), "CI_NODE_TOTAL": str(parts)}
    yield jobs["report"]["script"], {}


def github() -> Iterator[tuple[list[str], dict[str, str]]]:
    """What each job runs, with what the workflow says of its matrix."""
    jobs = yaml.safe_load((ROOT / "examples/ci/shards/github-actions.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs["contract"]["env"]["SHARD"] == "${{ matrix.shard }}"
    for shard in jobs["contract"]["strategy"]["matrix"]["shard"]:
        yield _runs(jobs["contract"]), {"SHARD": shard}
    yield _runs(jobs["report"]), {}


def _runs(job: dict[str, Any]) -> list[str]:
    # The toolkit is there already.
    return [step["run"] for step in job["steps"] if "pip install" not in step.get("run", "pip install")]


@pytest.mark.parametrize(("jobs", "fault"), [(gitlab, "error-without-messages"), (github, "")])
def test_the_jobs_make_one_report(
    jobs: Callable[[], Iterator[tuple[list[str], dict[str, str]]]],
    fault: str,
    package: Path,
    simulator: Callable[..., Simulator],
    tmp_path: Path,
) -> None:
    tools = tmp_path / ".venv/bin"
    tools.mkdir(parents=True)
    (tools / "vcsdk").write_text(f"#!/bin/sh\nexec '{sys.executable}' -m vcsdk \"$@\"\n", encoding="utf-8")
    (tools / "vcsdk").chmod(0o755)
    (tmp_path / "generated").mkdir()
    (tmp_path / "generated/vcenter-vcha-contract").symlink_to(package)
    environment = {
        **os.environ,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "VC_URL": simulator(*filter(None, [fault])).url,
        "VC_USERNAME": "administrator@vsphere.local",
        "VC_READER": "reader@vsphere.local",
        "VC_PASSWORD": PASSWORD,
        "VC_READER_PASSWORD": PASSWORD,
    }
    made = [*jobs()]
    # Two at a time, as two runners would; the report waits for all.
    for pair in (made[0:2], made[2:4], made[4:]):
        running = [
            subprocess.Popen(["bash", "-euc", "\n".join(script)], cwd=tmp_path, env={**environment, **own})
            for script, own in pair
        ]
        statuses = [process.wait(240) for process in running]
        # Findings are told by the report alone: a shard of them has the status 1, which both examples allow.
        assert set(statuses) <= {0, 1}
    assert statuses == [1 if fault else 0]

    results = load(tmp_path / "contract-report")
    assert results["verdict"] == ("broken" if fault else "holds")
    assert results["complete"]
    assert (tmp_path / "contract-report/junit.xml").is_file()
    assert not [path for path in tmp_path.iterdir() if path.name in (".hypothesis", ".pytest_cache")]
