"""Many tests over two processes: each runs once, and what has ended is not kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk.copied.suite.scheduling import Collection

pytestmark = pytest.mark.slow

TESTS = """
import pytest

@pytest.mark.parametrize("number", range(50))
def test_alone(number, record):
    record(f"alone {number}")
"""
CONFTEST = """
import json
import pytest
from vcsdk.copied.suite.scheduling import Scheduling

KEPT = []

@pytest.fixture
def record():
    def told(text):
        with open("ran.txt", "a") as stream:
            stream.write(f"{text}\\n")
    return told

class Watched(Scheduling):
    def mark_test_complete(self, node, item_index, duration=0):
        super().mark_test_complete(node, item_index, duration)
        KEPT.append(max(map(len, self.assigned_work.values())))

@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_make_scheduler():
    return Watched((yield))

def pytest_sessionfinish(session):
    if KEPT:
        with open("kept.json", "w") as stream:
            json.dump(KEPT, stream)
"""


def test_each_test_runs_once_and_what_has_ended_is_forgotten(tmp_path: Path) -> None:
    (tmp_path / "test_many.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadgroup"]
    ran = subprocess.run([*words, "--rootdir", "."], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout
    rows = (tmp_path / "ran.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(rows) == sorted(f"alone {number}" for number in range(50))
    kept = json.loads((tmp_path / "kept.json").read_text(encoding="utf-8"))
    assert max(kept) <= 3


def test_a_collection_finds_the_first_of_equals_and_says_what_it_lacks() -> None:
    ids = Collection(["a", "b", "a"])

    assert [ids.index(each) for each in ("a", "b")] == [0, 1]
    assert ids.index("a", 1) == 2
    with pytest.raises(ValueError, match="c"):
        ids.index("c")
