"""A tenth of the published descriptions: each simulator agrees with the suite of the same description."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk.simulator.faults import known_faults

from tests.corpus.contract import summary
from tests.corpus.examining import ROOT
from tests.corpus.files import CORPUS, MISSING, names, tenth
from tests.corpus.holding import Held, hold

PLAIN = {
    "openapi": "3.0.3",
    "info": {"title": "Plain", "version": "1"},
    "paths": {
        "/things": {
            "post": {
                "operationId": "make",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
                        }
                    },
                },
                "responses": {"201": {"description": "It."}, "400": {"description": "No."}},
            }
        }
    },
}


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
def test_the_simulators_of_a_tenth_agree_with_their_suites() -> None:
    command = [sys.executable, "-m", "tests.corpus.contract", "--tenth", "--level", "destructive"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(tenth(names()))} descriptions in " in done.stdout


@pytest.mark.slow
def test_a_disagreement_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen with a simulator that takes every body."""
    assert "accepts-invalid-body" in {info.id for info in known_faults()}
    description = tmp_path / "plain.json"
    description.write_text(json.dumps(PLAIN))
    right = hold("plain", description, tmp_path / "work", ("write",))
    assert (right.rows, right.trouble, right.untried) == ([], "", "")
    assert right.tests > 10
    monkeypatch.setattr("tests.corpus.holding.FAULTS", ("accepts-invalid-body",))
    wrong = hold("plain", description, tmp_path / "work", ("write",))
    assert {(check, operation) for check, operation, _, _ in wrong.rows} >= {("expected-status", "things.make")}
    assert "findings in 1 descriptions" in summary([right, wrong], 1.0)


@pytest.mark.parametrize(
    ("content", "untried"),
    [("not: [", "refused"), (json.dumps({**PLAIN, "paths": {}}), "without operations")],
)
def test_what_has_no_suite_is_not_held(content: str, untried: str, tmp_path: Path) -> None:
    description = tmp_path / "t.yaml"
    description.write_text(content)
    assert hold("t", description, tmp_path / "work", ("read",)) == Held("t", untried=untried)
