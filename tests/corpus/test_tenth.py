"""A tenth of the published descriptions, and what the whole of `make corpus` relies on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus.alone import WANTED, alone
from tests.corpus.examining import ROOT, Examined
from tests.corpus.expected import Expected, expectations, surprises
from tests.corpus.files import CORPUS, MISSING, names, tenth
from tests.oracle.alike import differences, same

WHOLE = {"openapi": "3.0.3", "info": {"title": "W", "version": "1"}, "paths": {"/a": {"get": {"responses": {}}}}}


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
def test_a_tenth_of_the_published_descriptions_is_as_expected() -> None:
    command = [sys.executable, "-m", "tests.corpus", "--tenth"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(tenth(names()))} descriptions in " in done.stdout


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
def test_every_expectation_is_of_a_description_and_has_a_reason() -> None:
    known = expectations()
    assert known.keys() <= set(names())
    assert [name for name, each in known.items() if len(each.reason) < 20] == []
    assert {each.outcome for each in known.values()} <= {"whole", "partial", "refused"}
    assert sum(each.outcome == "refused" for each in known.values()) <= 20


@pytest.mark.parametrize(
    ("found", "expected", "surprising"),
    [
        (Examined("a", "whole"), Expected("a", "whole", ""), False),
        (Examined("a", "refused", refused=("x",)), Expected("a", "refused", "", rules=("x",)), False),
        (Examined("a", "refused", refused=("y",)), Expected("a", "refused", "", rules=("x",)), True),
        (Examined("a", "refused", refused=("x",)), Expected("a", "whole", ""), True),
        (Examined("a", "whole"), Expected("a", "refused", "", rules=("x",)), True),
        (Examined("a", "partial", left_out=2), Expected("a", "partial", "", left_out=2), False),
        (Examined("a", "partial", left_out=1), Expected("a", "partial", "", left_out=2), True),
        (Examined("a", "whole", faults=[("value", "S", "")]), Expected("a", "whole", ""), True),
        (Examined("a", "whole", faults=[("value", "S", "")] * 2), Expected("a", "whole", "", excused=("S",)), False),
        (Examined("a", "whole"), Expected("a", "whole", "", excused=("S",)), True),
        (Examined("a", "crashed"), Expected("a", "whole", ""), True),
    ],
)
def test_what_is_better_or_worse_is_told(found: Examined, expected: Expected, surprising: bool) -> None:
    assert bool(list(surprises([found], {"a": expected}))) is surprising


def fresh(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run it in a process of its own: the memory of this one, grown in other tests, would count for its children."""
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_who_takes_too_much_is_stopped(tmp_path: Path) -> None:
    code = """if True:
        import sys, time
        from pathlib import Path
        from tests.corpus import limited
        folder = Path(sys.argv[1])
        limited.SECONDS = 1
        slow = limited.limited(lambda: time.sleep(30) or 0, folder)
        assert (slow.status, slow.excess) == (-14, "more than 1 s"), slow
        limited.SECONDS = 60
        large = limited.limited(lambda: len(bytes(2**30)), folder)
        assert large.status == 70, large
        assert "MemoryError" in large.said, large
        assert limited.limited(lambda: 0, folder).excess == ""
    """
    done = fresh(code, str(tmp_path))
    assert done.returncode == 0, done.stderr


def test_a_package_is_used_without_the_toolkit(tmp_path: Path) -> None:
    place = alone(tmp_path / "alone")
    code = "import httpx2, msgspec, importlib.util as u; print(u.find_spec('vcsdk'), u.find_spec('pydantic'))"
    code = f"import sys; sys.path.insert(0, {str(place)!r}); {code}"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "None None\n"
    assert {path.name.partition(".")[0].partition("-")[0] for path in place.iterdir()} >= set(WANTED)


def test_a_description_with_a_fault_in_its_package_is_told(tmp_path: Path) -> None:
    """Seen with a description of which the toolkit knows another number of operations than there are."""
    description = tmp_path / "whole.json"
    description.write_text(str(WHOLE).replace("'", '"'))
    code = """if True:
        import sys
        from pathlib import Path
        from tests.corpus import examining
        from tests.corpus.alone import alone
        folder = Path(sys.argv[1])
        place = alone(folder / "alone")
        print(examining.examine("whole", folder / "whole.json", folder / "work", place).faults)
        examining.METHODS = {"put"}
        print(examining.examine("whole", folder / "whole.json", folder / "work", place).faults)
    """
    done = fresh(code, str(tmp_path))
    assert done.stdout.splitlines() == [
        "[]",
        "[('untrue', 'summary', '0 operations are declared, 1 are counted')]",
    ], done.stderr


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("PT1H", "PT3600S", True),
        ("PT1H", "PT60S", False),
        ("2026-01-15T12:00:00Z", "2026-01-15T13:00:00+01:00", True),
        (1, 1.0, True),
        (1, True, False),
        ([1], [1, 2], False),
    ],
)
def test_values_are_compared_by_what_they_mean(one: object, other: object, alike: bool) -> None:
    assert same(one, other) is alike


def test_what_a_model_loses_is_told_unless_nobody_knows_it() -> None:
    given = {"a": 1, "nobody": 2, "key1": 3, "b": [{"a": None}]}
    mine = {"b": [{"a": 5}], "kind": "x", "more": 1}
    assert sorted(differences(mine, given, frozenset(("a", "b")), frozenset(("kind",)))) == [
        "adds `more`",
        "changes null into 5",
        "leaves out `a`",
        "leaves out `key1`",
    ]
