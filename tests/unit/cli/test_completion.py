"""Completion, as the shells do it themselves: bash always, zsh and fish where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk.cli.completion import SHELLS

from tests.unit.cli.conftest import Run

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one's own, whose folder has a blank and a quote in its name, with `vcsdk` in the path."""
    folder = tmp_path / "it's home"
    programs = tmp_path / "bin"
    folder.mkdir()
    programs.mkdir()
    (programs / "vcsdk").write_text(f"#!/bin/sh\nexec '{sys.executable}' -m vcsdk \"$@\"\n")
    (programs / "vcsdk").chmod(0o755)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(folder)
    return folder


def completed(*words: str) -> list[str]:
    """What an interactive bash offers for the last word, read from what it does itself."""
    line = " ".join(f"'{word}'" for word in words)
    # bash itself says which function completes the command; what it leaves in COMPREPLY is what a person is shown.
    script = f"""
        function=$(complete -p vcsdk | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; COMPREPLY=()
        compopt() {{ :; }}
        "$function" vcsdk "${{COMP_WORDS[$COMP_CWORD]}}"
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-i", "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split()


@needs_bash
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("vcsdk", "gen"), ["generate"]),
        (("vcsdk", "contract", "pl"), ["plan"]),
        (("vcsdk", "generate", "--over"), ["--overlay"]),
        (("vcsdk", "contract", "run", "--level", "d"), ["destructive"]),
        (("vcsdk", "diff", "--show", ""), ["breaking", "risky", "safe"]),
        (("vcsdk", "--inst"), ["--install-completion"]),
    ],
)
def test_bash_completes_after_installation(run: Run, home: Path, words: tuple[str, ...], offered: list[str]) -> None:
    (home / ".bashrc").write_text("export MINE=1")
    assert run("--install-completion", "bash").status == 0
    assert completed(*words) == offered
    assert (home / ".bashrc").read_text().startswith("export MINE=1\n")


def test_a_second_installation_adds_nothing(run: Run, home: Path) -> None:
    for _ in range(2):
        assert run("--install-completion", "bash").status == 0
    assert len((home / ".bashrc").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("shell", "files"),
    [
        ("bash", [".bashrc", ".local/share/vcsdk/completion.bash"]),
        ("zsh", [".local/share/vcsdk/completion.zsh", ".zshrc"]),
        ("fish", [".config/fish/completions/vcsdk.fish"]),
    ],
)
def test_each_shell_has_its_files(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, shell: str, files: list[str]
) -> None:
    monkeypatch.setenv("SHELL", f"/usr/bin/{shell}")
    result = run("--install-completion")
    assert result.status == 0
    assert sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()) == files
    assert all(str(home / file) in result.out for file in files)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_one_that_its_shell_can_read(run: Run, home: Path, shell: str) -> None:
    result = run("--print-completion", shell)
    assert (result.status, result.err) == (0, "")
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell}")
    command = [shell, "--no-execute"] if shell == "fish" else [shell, "-n"]
    subprocess.run(command, input=result.out, text=True, check=True, capture_output=True)


@pytest.mark.parametrize("words", [["--install-completion", "tcsh"], ["--print-completion"]])
def test_another_shell_is_refused(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    result = run(*words)
    assert (result.status, result.out) == (2, "")
    assert "bash, zsh, fish" in result.err
    assert not list(home.iterdir())
