"""The command line as a whole: help, usage errors, colours, exit statuses, and no traceback."""

from __future__ import annotations

import gc
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk import __version__
from vcsdk.cli.command import Entry, Group
from vcsdk.cli.main import _COMMANDS, main

from docs.pages.command_line import application, each
from tests.unit.cli.conftest import DESCRIPTION, Run

VCSDK = [sys.executable, "-c", "import sys; from vcsdk.cli.main import main; sys.exit(main())"]
MODULES = {entry.target.partition(":")[0] for entry in _COMMANDS.values() if isinstance(entry, Entry)}
FOREIGN = {"pytest", "_pytest", "xdist", "schemathesis", "hypothesis", "starlette", "uvicorn", "build"}
COMMANDS = ("bundle", "check", "contract", "generate", "lint", "serve")


def spawn(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "COLUMNS": "120", **(environment or {})}
    return subprocess.run([*VCSDK, *arguments], capture_output=True, text=True, timeout=60, check=False, env=env)


def test_help_lists_every_command_and_imports_none() -> None:
    script = (
        "import sys; from vcsdk.cli.main import main; main(['--help'])\n"
        "print(sorted(m for m in sys.modules if m.startswith('vcsdk.')))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    for command in COMMANDS:
        assert re.search(rf"^  {command} +[A-Z]\w+ ", result.stdout, re.MULTILINE)
    imported = set(re.findall(r"[\w.]+", result.stdout.splitlines()[-1]))
    assert "vcsdk.cli.main" in imported
    assert not imported & MODULES


def test_generation_imports_nothing_of_what_tests_or_serves(tmp_path: Path) -> None:
    script = (
        f"import sys; from vcsdk.cli.main import main; from vcsdk import parallel; parallel.possible = lambda: False\n"
        f"status = main(['generate', 'spec/vcha.yaml', '-q', '-o', {str(tmp_path / 'out')!r}])\n"
        f"print(status, {FOREIGN!r}.intersection(name.partition('.')[0] for name in sys.modules))"
    )
    environment = {**os.environ, "VCSDK_CACHE_DIR": str(tmp_path / "cache")}
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True, env=environment
    )
    assert result.stdout.splitlines()[-1] == "0 set()"


@pytest.mark.parametrize("command", ["generate", "check", "lint"])
def test_help_of_a_command_teaches_with_an_example(run: Run, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    result = run(command, "--help")
    assert result.status == 0
    assert f"For example: vcsdk {command} spec/vcha.yaml" in result.out
    assert "Exits 0" in result.out


@pytest.mark.parametrize("command", [tuple(words.split()[1:]) for words, _ in each(application())], ids=" ".join)
def test_every_command_has_an_example_and_says_how_it_exits(
    run: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    result = run(*command, "--help")
    assert result.status == 0
    assert re.search(rf"\bvcsdk {' '.join(command)} \S", result.out.partition("Usage:")[2].partition("\n")[2])
    assert "Exits 0" in result.out


@pytest.mark.parametrize("arguments", [["--help"], ["contract"], ["contract", "--help"]], ids=" ".join)
def test_every_command_in_a_list_has_a_summary(run: Run, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    rows = re.findall(r"^  ([a-z]+) +(.*?)$", run(*arguments).out.partition("\nOptions:")[0], re.MULTILINE)
    group = application() if arguments[0] != "contract" else application().entries["contract"]
    assert isinstance(group, Group)
    listed = set(group.entries)
    assert {name for name, summary in rows if summary} == listed


def test_version(run: Run) -> None:
    assert run("--version").out.strip() == __version__


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["generate"], "DESCRIPTION"),
        (["generate", "pets.yaml"], "--output"),
        (["generate", "pets.yaml", "-o", "out", "--frob"], "--frob"),
        (["serve", "pets.yaml", "extra"], "extra"),
        (["generate", "pets.yaml", "-o", "out", "--no-quiet"], "--no-quiet"),
    ],
)
def test_a_wrong_command_line_exits_2(run: Run, folder: Path, arguments: list[str], words: str) -> None:
    result = run(*arguments)
    assert (result.status, result.out) == (2, "")
    assert words in result.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serve", "pets.yaml", "--port", "abc"], "--port: expected a whole number from 0 to 65535"),
        (["serve", "pets.yaml", "--port", "99999"], "--port: expected a whole number from 0 to 65535"),
        (["serve", "pets.yaml", "--port", "1.5"], "--port: expected a whole number from 0 to 65535"),
        (["serve", "pets.yaml", "--outage", "soon"], "--outage: expected a number"),
        (["init", "pets.yaml", "--output", "."], ".: error: this is a folder"),
        (["release"], "there is no description with a `.toml` file beside it"),
        (["contract", "compare", "no", "none"], "no: error: there is no such file [contract-results]"),
        (["contract", "history", "no"], "no: error: there is no such file [contract-results]"),
    ],
    ids=lambda each: each if isinstance(each, str) else " ".join(each),
)
def test_what_would_have_fitted_is_said(run: Run, folder: Path, arguments: list[str], said: str) -> None:
    Path("spec").mkdir()
    result = run(*arguments)
    assert (result.status, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["lintt"], "lint"),
        (["contract", "rum"], "run"),
        (["lint", "--palces", "x.yaml"], "--places"),
        (["zzz"], ""),
    ],
)
def test_a_word_that_is_nearly_one_is_named(run: Run, folder: Path, arguments: list[str], near: str) -> None:
    result = run(*arguments)
    assert result.status == 2
    assert result.err.splitlines()[1] == (
        f"  hint: did you mean `{near}`?" if near else "  hint: `vcsdk --help` shows what there is"
    )


def test_no_command_shows_the_help(run: Run) -> None:
    assert "Usage: vcsdk COMMAND" in run().out


def on_terminal(environment: dict[str, str], *arguments: str) -> str:
    """What a command prints where stdout and stderr are a terminal."""
    primary, secondary = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "120", **environment}
    process = subprocess.Popen([*VCSDK, *arguments], stdout=secondary, stderr=secondary, env=env)
    os.close(secondary)
    printed = b""
    while True:
        try:
            chunk = os.read(primary, 4096)
        except OSError:
            break
        if not chunk:
            break
        printed += chunk
    os.close(primary)
    process.wait(timeout=60)
    return printed.decode()


@pytest.mark.slow
def test_colour_on_a_terminal_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for arguments in (["lint", "broken.yaml"], ["lint", "pets.yaml"], ["generate", "pets.yaml", "-o", "out"]):
        assert "\x1b[" in on_terminal({}, *arguments)
        assert "\x1b[" not in on_terminal({"NO_COLOR": "1"}, *arguments)
        piped = spawn(*arguments)
        assert "\x1b[" not in piped.stdout + piped.stderr


def test_an_unexpected_exception_is_one_line(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def explode(*_: object, **__: object) -> None:
        raise RuntimeError("two\nlines and \x1b[31mred")

    monkeypatch.setattr("vcsdk.cli.lint.read_api", explode)
    monkeypatch.delenv("VCSDK_TRACEBACK", raising=False)
    result = run("lint", "pets.yaml")
    assert (result.status, result.out) == (70, "")
    assert result.err == (
        "internal error: RuntimeError: two lines and \\x1b[31mred\n"
        "Set VCSDK_TRACEBACK=1 to see where, and please report it.\n"
    )
    monkeypatch.setenv("VCSDK_TRACEBACK", "1")
    result = run("lint", "pets.yaml")
    assert result.status == 70
    assert result.err.startswith("Traceback")


def test_an_interrupt_exits_130(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("vcsdk.cli.lint.read_api", interrupt)
    result = run("lint", "pets.yaml")
    assert (result.status, result.err) == (130, "")


def test_a_reader_that_leaves_is_no_error_of_ours(folder: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    env = {**os.environ, "PYTHONUNBUFFERED": ""}
    process = subprocess.Popen([*VCSDK, "lint", "pets.yaml"], stdout=write, stderr=subprocess.PIPE, text=True, env=env)
    os.close(write)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, "")


def test_a_name_with_control_characters_does_not_reach_the_terminal(run: Run, folder: Path) -> None:
    result = run("lint", "\x1b[31mno.yaml")
    assert result.status == 2
    assert "\x1b" not in result.err


def test_text_of_a_description_does_not_reach_the_terminal_as_it_is(run: Run, folder: Path) -> None:
    hostile = DESCRIPTION.replace("openapi: 3.0.3", 'openapi: "3.0.3-\\e[31m"').replace(
        "/pets?action=clear", '"/pets?action=\\e[31mcle\\u202ear"'
    )
    hostile = hostile.replace('"/pets?action=\\e[31mcle\\u202ear":', '? "/pets?action=\\e[31mcle\\u202ear"\n  :')
    Path("hostile.yaml").write_text(hostile)
    for arguments in (["lint", "hostile.yaml", "--places"], ["generate", "hostile.yaml", "-o", "out"]):
        result = run(*arguments)
        assert not set("\x1b\u202e") & set(result.out + result.err)


@pytest.mark.parametrize("collecting", [True, False])
@pytest.mark.parametrize(
    "words",
    [["generate", "{description}", "-o", "{out}", "-q"], ["generate", "no-such-file.yaml"], ["no-such-command"]],
)
def test_who_calls_it_collects_garbage_as_before(words: list[str], collecting: bool, tmp_path: Path) -> None:
    (tmp_path / "pets.yaml").write_text(DESCRIPTION, encoding="utf-8")
    places = {"description": str(tmp_path / "pets.yaml"), "out": str(tmp_path / "out")}
    was_enabled = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        main([word.format(**places) for word in words])
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if was_enabled else gc.disable)()
