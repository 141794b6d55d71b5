"""The tutorial's commands run from start to end in an empty folder, with nothing but this machine for a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs import shell
from tests.docs.markdown import DOCS, blocks, section


def script() -> tuple[str, list[str]]:
    """The page as one bash script, and the blocks that are not in it.

    VMware's descriptions are not everywhere: what the page does with them has a test of its own.
    """
    parts, left_out = [], []
    apart = section(DOCS / "tutorial.md", "The whole vCenter")
    for block in blocks(DOCS / "tutorial.md"):
        if block in apart:
            continue
        if block.mark == "not run":
            left_out.append(block.code)
            continue
        assert block.mark == "", block.place
        if block.language == "python":
            name = re.match(r"# (\w+\.py)\n", block.code)
            assert name is not None, f"{block.place}: the first line does not name the file"
            parts.append(f"cat > {name[1]} <<'PYTHON'\n{block.code}PYTHON")
        else:
            assert block.language == "sh", block.place
            parts += [f"echo '# {block.place}'", block.code]
    return "\n".join(parts), left_out


@pytest.mark.slow
def test_the_tutorial_runs_from_start_to_end(tmp_path: Path) -> None:
    text, left_out = script()
    # All but the installation, which would need a network.
    assert [code.splitlines()[0] for code in left_out] == ["python3.11 -m venv .venv"]
    for port in ("8080", "8081"):
        assert port in text
        text = text.replace(port, str(shell.free_port()))
    folder = tmp_path / "empty"
    folder.mkdir()
    status, said = shell.run(text, folder)
    assert status == 0, said
    for expected in (
        "clean: generated is what spec/vcha.yaml gives",
        "Failover is not allowed while the cluster's mode is DISABLED.",
        "The contract holds",
        "nothing to send, 4 there before",
        "status 1",
        "## [0.2.0]",
    ):
        assert expected in said, f"{expected!r} is not in:\n{said}"
    assert said.count("SUCCEEDED") == 2, said
    assert (folder / "report/index.html").is_file()
    assert (folder / "installed/my_vcha/__init__.py").is_file()
