"""Each case is a folder: `input.yaml`, perhaps `config.toml`, `expected/` files, perhaps `stderr.txt`."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path, PurePosixPath

import pytest

from tests.unit.emitters.test_carried import OF_TASKS

from .command import ROOT, VERBATIM, generate, own, tree, vcsdk, verbatim

GOLDEN = Path(__file__).parent
CASES = sorted(path.parent for path in GOLDEN.glob("*/input.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gives_what_is_expected(case, tmp_path, request):
    result = generate(case, tmp_path)
    files = tree(tmp_path)
    assert result.returncode == 0, result.stderr
    if request.config.getoption("--update-golden"):
        update(case, own(files), result.stderr)
    stderr = case / "stderr.txt"
    assert result.stderr == (stderr.read_text() if stderr.exists() else "")
    expected = tree(case / "expected")
    assert own(files).keys() == expected.keys()
    for name, content in own(files).items():
        assert content.decode() == expected[name].decode(), name
    copies = verbatim(files)
    assert {name.split("/")[1] for name in copies} == set(VERBATIM)
    for folder, source in VERBATIM.items():
        packages = {name.split("/")[0] for name in copies if name.split("/")[1] == folder}
        originals = {f"{package}/{folder}/{n}": c for package in packages for n, c in tree(source).items()}
        found = {n: c for n, c in copies.items() if n.split("/")[1] == folder}
        if folder == "_runtime" and case.name != "vapi_task":
            originals = without_tasks(originals, found)
        assert found == originals


def without_tasks(originals: dict[str, bytes], found: dict[str, bytes]) -> dict[str, bytes]:
    """What a package of another API than vCenter's has of them: nothing of tasks, and less in `__init__.py`."""
    kept = {n: c for n, c in originals.items() if PurePosixPath(n).parts[2].removesuffix(".py") not in OF_TASKS}
    for name in kept:
        if name.endswith("/_runtime/__init__.py"):
            lines = originals[name].splitlines()
            assert {*found[name].splitlines()} < {*lines}
            kept[name] = found[name]
    return kept


def update(case: Path, files: dict[str, bytes], stderr: str) -> None:
    shutil.rmtree(case / "expected", ignore_errors=True)
    for name, content in files.items():
        target = case / "expected" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (case / "stderr.txt").unlink(missing_ok=True)
    if stderr:
        (case / "stderr.txt").write_text(stderr)


@pytest.mark.slow
@pytest.mark.parametrize("case", [GOLDEN / "vapi_task", GOLDEN / "constraints"], ids=lambda case: case.name)
def test_the_hash_seed_changes_no_byte(case, tmp_path):
    for seed in ("1", "4242"):
        result = generate(case, tmp_path / seed, seed=seed)
        assert result.returncode == 0, result.stderr
    assert tree(tmp_path / "1") == tree(tmp_path / "4242")


def test_a_schema_that_goes_takes_its_files_along(tmp_path):
    """Stale output would be imported for years."""
    case = tmp_path / "case"
    case.mkdir()
    text = (GOLDEN / "minimal/input.yaml").read_text()
    (case / "input.yaml").write_text(text)
    generate(case, tmp_path / "out")
    (tmp_path / "out/lamp/src/lamp/mine.py").write_text("# mine\n")
    (case / "input.yaml").write_text(text.replace("tags: [lamp]", "tags: [torch]").replace("/lamp:", "/torch:"))
    assert generate(case, tmp_path / "out").returncode == 0
    assert generate(case, tmp_path / "fresh").returncode == 0
    after, fresh = tree(tmp_path / "out"), tree(tmp_path / "fresh")
    assert after.pop("lamp/src/lamp/mine.py") == b"# mine\n"
    assert after == fresh
    assert not (tmp_path / "out/lamp/src/lamp/resources/lamp.py").exists()


def test_editing_one_schema_changes_only_the_files_it_concerns(tmp_path):
    case = GOLDEN / "inheritance"
    edited = tmp_path / "case"
    edited.mkdir()
    text = (case / "input.yaml").read_text()
    (edited / "input.yaml").write_text(text.replace("description: Hair.", "description: A lot of hair."))
    generate(case, tmp_path / "before")
    generate(edited, tmp_path / "after")
    before, after = tree(tmp_path / "before"), tree(tmp_path / "after")
    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    manifests = {name for name in changed if name.endswith(".vcsdk.json")}
    assert len(manifests) == 2
    code = {name for name in changed - manifests if name.endswith(".py")}
    assert code == {"zoo/src/zoo/models/mane.py"}


def test_a_second_run_writes_nothing(tmp_path):
    case = GOLDEN / "minimal"
    generate(case, tmp_path / "out")
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert generate(case, tmp_path / "out").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == times


def test_a_broken_input_leaves_the_output_alone(tmp_path):
    generate(GOLDEN / "minimal", tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    case = tmp_path / "case"
    case.mkdir()
    text = (GOLDEN / "minimal/input.yaml").read_text()
    (case / "input.yaml").write_text(text.replace("schemas/Lamp", "schemas/Lmap"))
    result = generate(case, tmp_path / "out")
    assert result.returncode == 2
    assert "[dangling-ref]" in result.stderr
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before


def test_generated_is_what_the_description_gives(tmp_path):
    """`generated/` is committed; it must be what `spec/` gives, also for a reader without the toolkit."""
    result = vcsdk("generate", "spec/vcha.yaml", "-c", "spec/vcha.toml", "-o", str(tmp_path), folder=ROOT)
    assert result.returncode == 0, result.stderr
    fresh, committed = tree(tmp_path), tree(ROOT / "generated")
    assert set(fresh) <= set(committed)
    for name, content in fresh.items():
        if name.endswith(".vcsdk.json"):
            content, committed[name] = map(_essence, (content, committed[name]))  # noqa: PLW2901
        assert content == committed[name], name


def _essence(manifest: bytes) -> bytes:
    """The manifest without what only tells the next run what it may skip."""
    rows = json.loads(manifest)
    del rows["formatter"]
    rows["files"] = {path: entry["sha256"] for path, entry in rows["files"].items()}
    return json.dumps(rows).encode()


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX paths")
def test_nothing_generated_names_the_machine(tmp_path):
    generate(GOLDEN / "minimal", tmp_path / "out")
    for name, content in tree(tmp_path / "out").items():
        assert str(tmp_path).encode() not in content, name
        assert str(ROOT).encode() not in content, name
