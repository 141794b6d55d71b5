"""Code in the documentation is true: commands parse, Python runs or says why not, configurations are read."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from click import BadParameter, MissingParameter
from click.exceptions import Exit, NoSuchCommand
from vcsdk.config import read as configuration
from vcsdk.copied.suite import known, production
from vcsdk.diagnostics import Diagnostics
from vcsdk.diff.ignore import read_ignore_file
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from docs.pages.command_line import parse
from tests.docs.markdown import PAGES, ROOT, Block, blocks
from tests.e2e.conftest import described, sdk

__all__ = ["described", "sdk"]

BLOCKS = [block for page in [*PAGES, ROOT / "README.md"] for block in blocks(page)]
# The tutorial is a program of its own; what the README shows has its test in tests/e2e/test_readme.py.
OTHERS = {"docs/tutorial.md", "README.md"}
_LITERAL = re.compile(r"`(vcsdk [a-z][^`]*)`")


QUICK = SimulatorOptions(failover_seconds=0.2, outage=0.2, unavailable=0.1, task_seconds=0.05)


def test_every_mark_is_known_and_has_a_reason() -> None:
    for block in BLOCKS:
        assert block.mark in ("", "not run", "fragment"), block.place
        assert not block.mark or len(block.reason) > 10, block.place


def command_lines() -> list[tuple[str, str]]:
    """Every command line of `vcsdk` in a block or between backticks, with its place."""
    found = []
    for block in BLOCKS:
        if block.language in ("sh", "console"):
            text = block.code.replace("\\\n", " ")
            for line in re.findall(r"^\s*(?:\$ )?(vcsdk .*)$", text, re.MULTILINE):
                found.append((block.place, line))
    for page in [*PAGES, ROOT / "README.md"]:
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        found += [(page.relative_to(ROOT).as_posix(), line) for line in _LITERAL.findall(text)]
    return found


def unknown_words(line: str) -> list[str]:
    """The words of a command line that its command does not know; what it lacks, a text may leave out.

    Raises:
        click.UsageError: There is no such command, or a value is none of the choices.
    """
    text = re.split(r" (?:\|\||>|2>|&)(?: |$)", line)[0]
    words = shlex.split(text, comments=True)[1:]
    # An ellipsis behind an option stands for its value, elsewhere for options.
    words = [word for at, word in enumerate(words) if word != "…" or words[at - 1].startswith("--")]
    try:
        command, bound = parse(words, unknown=True)
    except (MissingParameter, Exit):
        return []
    # An option that it does not know, a command takes for a description.
    given = [bound.params[slot.name] or () for slot in command.signature.slots if slot.positional]
    taken = [str(word) for each in given for word in (each if isinstance(each, tuple) else (each,))]
    return [*bound.args, *(word for word in taken if word.startswith("-"))]


@pytest.mark.parametrize(("place", "line"), command_lines())
def test_a_command_line_can_be_parsed(place: str, line: str) -> None:
    assert unknown_words(line) == [], f"{place}: {line}"


def test_a_command_line_that_is_wrong_is_found() -> None:
    assert unknown_words("vcsdk generate a.yaml -o out --colour > log") == ["--colour"]
    with pytest.raises(NoSuchCommand):
        unknown_words("vcsdk generat a.yaml")
    with pytest.raises(BadParameter):
        unknown_words("vcsdk diff a.yaml b.yaml --show ugly")


def python_blocks() -> list[Block]:
    return [block for block in BLOCKS if block.language == "python" and block.page not in OTHERS]


@pytest.mark.slow
@pytest.mark.parametrize("block", [b for b in python_blocks() if b.mark == ""], ids=lambda block: block.place)
def test_python_runs(block: Block, described: Described, sdk: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the root of the repository, beside a simulated vCenter; `client` and `url` are there for the block to use."""
    if "com.vmware" in block.code:
        pytest.importorskip("com.vmware", reason="VMware's SDK is not installed; `make outside` installs it")
    monkeypatch.chdir(ROOT)
    # `testing` of the client finds the description there.
    monkeypatch.syspath_prepend(ROOT / "generated/vcenter-vcha-contract/src")
    with Simulator(described, QUICK).running() as url:
        with sdk.VCenter(url, username=QUICK.username, password=QUICK.password) as client:
            exec(compile("\n" * block.line + block.code, block.page, "exec"), {"client": client, "url": url})


def lines_of_a_package() -> list[Block]:
    """The blocks with commands of the generated client."""
    return [b for b in BLOCKS if b.language == "sh" and "python -m vcenter_vcha" in b.code and b.mark == ""]


@pytest.mark.slow
@pytest.mark.parametrize("block", lines_of_a_package(), ids=lambda block: block.place)
def test_commands_of_a_package_run(block: Block, described: Described, sdk: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "word").write_text(QUICK.password)
    source = str(Path(sdk.__file__ or "").parents[1])
    with Simulator(described, QUICK).running() as url:
        environment = {**os.environ, "PYTHONPATH": source, "VCENTER_TARGET": url, "VCENTER_USERNAME": QUICK.username}
        environment["VCENTER_PASSWORD_FILE"] = str(tmp_path / "word")
        lines = re.findall(r"^python (-m vcenter_vcha .*)$", block.code, re.MULTILINE)
        assert lines
        for line in lines:
            command = [sys.executable, *shlex.split(line)]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{line}: {done.stderr}"


@pytest.mark.slow
def test_an_example_of_a_test_passes(sdk: ModuleType, tmp_path: Path) -> None:
    (block,) = [b for b in python_blocks() if b.page == "docs/testing-your-program.md" and "def test_" in b.code]
    (tmp_path / "test_program.py").write_text(block.code)
    sources = [str(Path(sdk.__file__ or "").parents[1]), str(ROOT / "generated/vcenter-vcha-contract/src")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sources)}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", "."]
    command += ["--basetemp", str(tmp_path / "base"), "test_program.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.parametrize("block", [b for b in python_blocks() if b.mark != ""], ids=lambda block: block.place)
def test_a_fragment_of_python_is_python(block: Block) -> None:
    compile(block.code, block.page, "exec")


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.language == "toml"], ids=lambda block: block.place)
def test_a_file_is_accepted_by_what_reads_it(block: Block, tmp_path: Path) -> None:
    file = tmp_path / "file.toml"
    file.write_text(block.code, encoding="utf-8")
    sections = set(tomllib.loads(block.code))
    diagnostics = Diagnostics()
    if sections == {"known"}:
        assert known.read(file)
    elif sections == {"hosts"}:
        assert production.patterns(file)
    elif sections <= {"fingerprints", "rules"}:
        assert read_ignore_file(file, diagnostics)
    elif block.mark == "fragment":
        configuration.read(file, {}, diagnostics)
    else:
        shutil.copy(ROOT / "spec/vcha.yaml", tmp_path)
        text = block.code if "strip" in block.code else f'{block.code}\n[api]\nstrip = ["vcenter", "cis"]\n'
        file.write_text(text, encoding="utf-8")
        read_api(tmp_path / "vcha.yaml", file)
    assert list(diagnostics) == []
