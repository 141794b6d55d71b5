"""Programs are written in many ways: each breaks at the lines that are marked, and nothing in it is given up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from vcsdk.cli.main import main

from tests.unit.affected.test_lines import HEALTH, MEMBER, PLANNED, REASON, SPEC

CHANGES = {
    "an argument that must be given": REASON,
    "another argument": PLANNED,
    "another value": MEMBER,
    "another property": HEALTH,
}
IDIOMS = yaml.load((Path(__file__).parent / "idioms.yaml").read_text(), Loader=yaml.CSafeLoader)


@pytest.mark.slow
@pytest.mark.parametrize("change", IDIOMS)
def test_the_lines_are_found_however_a_program_is_written(change, tmp_path, capsys):
    for side in ("old", "new"):
        shutil.copytree(SPEC, tmp_path / side)
    new = tmp_path / "new/vcha.yaml"
    new.write_text(new.read_text().replace(*CHANGES[change]))
    programs = {name.replace(" ", "_"): text for name, text in IDIOMS[change].items()}
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, text in programs.items():
        (folder / f"{name}.py").write_text(text)
    main(["affected", str(new), str(folder), "--old", str(tmp_path / "old/vcha.yaml"), "--json"])
    told = json.loads(capsys.readouterr().out)
    found: dict[str, list[int]] = {name: [] for name in programs}
    for place in told["places"]:
        found[Path(place["file"]).stem].append(place["line"])
    marked = {
        name: [number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# !")]
        for name, text in programs.items()
    }
    assert found == marked
    assert told["not_followed"] == []
