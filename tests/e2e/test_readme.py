"""What the README shows is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from vcsdk.pipeline import Described
from vcsdk.simulator import Simulator, SimulatorOptions

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def shape(output: str) -> list[str]:
    """Lines without what differs from run to run: times, percentages, which node, how often a state was seen."""
    lines = [re.sub(r"\d+(\.\d+)?( %)?", "N", line).strip() for line in output.splitlines()]
    return list(dict.fromkeys(line for line in lines if "PENDING" not in line))


def test_the_call_site_prints_what_the_readme_shows(
    described: Described, sdk: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = [block for block in blocks("python") if "vcenter_vcha" in block]
    (shown,) = [block for block in blocks("text") if "NotAllowedInCurrentState" in block]
    options = SimulatorOptions(failover_seconds=2.5, outage=2, unavailable=2, task_seconds=0.2)
    with Simulator(described, options).running() as url:
        program = code.replace("vc.example.com", url)
        assert program != code
        names: dict[str, Any] = {"secret": options.password}
        exec(compile(program, "README.md", "exec"), names)
    assert shape(capsys.readouterr().out) == shape(shown)


def test_a_mistake_is_shown_as_the_readme_shows_it(tmp_path: Path) -> None:
    (shown,) = [block for block in blocks("text") if "dangling-ref" in block]
    text = (ROOT / "spec/vcha.yaml").read_text()
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec/vcha.yaml").write_text(text.replace('Std_Errors_Error"', 'Std_Error"', 1))
    command = [sys.executable, "-m", "vcsdk", "generate", "spec/vcha.yaml", "-o", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == shown
    assert not (tmp_path / "out").exists()
