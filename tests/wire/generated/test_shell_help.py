"""What the command of a package explains and completes, at every level."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from vcsdk.pipeline import read_api

from tests.generated import SPEC, imported, write_client
from tests.unit.emitters.conftest import Generates, ref
from tests.wire.generated.calling import operation
from tests.wire.generated.shell import Shell, shell

ROOT = Path(__file__).parents[3]
TREES = {
    "vcha": SPEC,
    "everything": ROOT / "tests/unit/emitters/everything/input.yaml",
    "awkward": ROOT / "tests/unit/emitters/awkward/input.json",
    "hostile": ROOT / "tests/golden/hostile/input.yaml",
    "task": ROOT / "tests/golden/vapi_task/input.yaml",
}
Capsys = pytest.CaptureFixture[str]


def lamps() -> dict[str, Any]:
    mode = {"type": "string", "enum": ["ON", "OFF"]}
    lamp = {"type": "object", "properties": {"mode": ref("Mode"), "inner": ref("Lamp"), "on": {"type": "boolean"}}}
    parameters = [
        {"name": "mode", "in": "query", "required": True, "schema": ref("Mode"), "description": "100 % of it."},
        {"name": "all_of", "in": "query", "schema": {"type": "boolean"}},
    ]
    body = {"content": {"application/json": {"schema": ref("Lamp")}}}
    whole = operation("/lamps/{lamp}", "delete", body=body, Mode=mode, Lamp=lamp)
    node = whole["paths"]["/lamps/{lamp}"]
    node["parameters"] = [{"name": "lamp", "in": "path", "required": True, "schema": {"type": "string"}}]
    node["delete"] |= {"summary": "Take a lamp away", "deprecated": True, "parameters": parameters}
    node["delete"]["description"] = "It is %(prog)s of %s."
    return whole


def test_each_level_explains_what_is_below(
    generate: Generates, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    package = generate(**lamps())
    with shell(package, capsys) as run:
        for words in (["--help"], ["-h"]):
            code, out, err = run(*words)
            assert (code, err) == (0, "")
            assert "lamps" in out
            assert "THING_TARGET" in out
            assert "3  the outcome is unknown" in out
        code, out, err = run("lamps", "--help")
        assert (code, err) == (0, "")
        assert "  call  Take a lamp away. Destructive. Deprecated.\n" in out
        code, out, err = run("lamps", "call", "--help")
        assert (code, err) == (0, "")
        for said in (
            "--lamp LAMP --mode {ON,OFF} [OPTIONS]",
            "It is % (prog)s of %s.",
            "DELETE /lamps/{lamp}",
            "100 % of it.",
            "--all-of, --no-all-of",
            "--inner.mode {ON,OFF}",
            "--on, --no-on",
            "--yes",
        ):
            assert said in out, said
        assert "--no-wait" not in out
        assert run("lamps", "call", "--nothing", "--help").out == out
        for words in ([], ["lamps"]):
            code, out, err = run(*words)
            assert (code, out) == (2, "")
            assert err == run(*words, "--help").out
        assert run.server.seen == []
        assert run("--version") == (0, f"thing {package.__version__}\n", "")


@pytest.mark.parametrize("name", TREES)
def test_every_command_of_a_package_is_explained(name: str, tmp_path: Path, capsys: Capsys) -> None:
    described = read_api(TREES[name])
    source = write_client(described.api, described.config, described.document, tmp_path)
    package = described.config.package
    with imported(source, package.module) as module:
        client = getattr(module, package.client)
        run = importlib.import_module(f"{package.module}._runtime.shell").run
        group = importlib.import_module(f"{package.module}._runtime.shell.tree").Group
        met, rest = set(), [group(client)]
        while rest:
            at = rest.pop()
            assert run(client, package.module, package.distribution, [*at.words, "--help"]) == 0
            rest += map(at.enter, at.groups)
            for command in at.commands.values():
                assert run(client, package.module, package.distribution, [*command.words, "--help"]) == 0
                assert command.operation.request_line in capsys.readouterr().out
                assert (
                    run(client, package.module, package.distribution, ["--complete", "--", *command.words, "--"]) == 0
                )
                met.add(command.operation.name)
        # What was released under another name is there under the new one alone.
        assert met == {operation.python_path for operation in described.api.operations}


def test_words_and_options_are_completed(generate: Generates, capsys: Capsys) -> None:
    with shell(generate(**lamps()), capsys) as run:

        def offered(*words: str) -> list[str]:
            code, out, err = run("--complete", "--", *words, target=False)
            assert (code, err) == (0, "")
            return out.split()

        assert offered("") == offered() == ["lamps"]
        assert offered("la") == ["lamps"]
        assert offered("x") == []
        assert offered("lamps", "") == ["call"]
        assert offered("--target", "host", "lamps", "") == ["call"]
        assert offered("--json", "lamps", "c") == ["call"]
        assert offered("lamps", "call", "--mode", "O") == ["OFF", "ON"]
        assert offered("lamps", "call", "--inner.mode", "ON") == ["ON"]
        assert offered("lamps", "call", "--inner.") == ["--inner.mode", "--inner.on"]
        assert "--no-all-of" in offered("lamps", "call", "--no-")
        assert {"--mode", "--lamp", "--yes", "--target"} <= set(offered("lamps", "call", "--"))
        assert offered("lamps", "call", "") == []
        assert offered("nothing", "") == []
        assert run.server.seen == []


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_scripts_are_in_the_language_of_their_shell(
    name: str, generate: Generates, capsys: Capsys, tmp_path: Path
) -> None:
    run = Shell(generate(**lamps()), None, capsys)  # type: ignore[arg-type]
    script = tmp_path / f"script.{name}"
    code, out, _ = run("--print-completion", name, target=False)
    assert code == 0
    script.write_text(out)
    if shutil.which(name) is None:
        pytest.skip(f"there is no {name} here")
    subprocess.run([name, "-n", script], check=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes(generate: Generates, tmp_path: Path) -> None:
    package = generate(**lamps())
    source = Path(package.__file__ or "").parents[1]
    command = tmp_path / "bin" / "thing"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m thing "$@"\n')
    command.chmod(0o755)
    asked = """
source <(thing --print-completion bash)
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_thing
printf '%s\\n' "${COMPREPLY[@]}"
"""
    environment = {**os.environ, "PYTHONPATH": str(source), "PATH": f"{command.parent}:{os.environ['PATH']}"}

    def offered(*words: str) -> list[str]:
        line = ["bash", "-c", asked, "bash", "thing", *words]
        done = subprocess.run(line, env=environment, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        return done.stdout.split()

    assert offered("l") == ["lamps"]
    assert offered("lamps", "") == ["call"]
    assert offered("lamps", "call", "--mode", "") == ["OFF", "ON"]


@pytest.mark.slow
def test_help_of_a_large_package_is_there_at_once(tmp_path: Path) -> None:
    wide = {"openapi": "3.0.3", "info": {"title": "Wide", "version": "1"}, "paths": {}, "components": {"schemas": {}}}
    for group in range(40):
        for number in range(50):
            name = f"Thing{group}x{number}"
            part = operation(
                f"/g{group}/t{number}", "post", body={"content": {"application/json": {"schema": ref(name)}}}
            )
            ((path, node),) = part["paths"].items()
            node["post"]["operationId"] = f"make_{group}_{number}"
            wide["paths"][path] = node
            properties = {f"p{at}": {"type": "string"} for at in range(10)}
            wide["components"]["schemas"][name] = {"type": "object", "properties": properties}
    import json

    path = tmp_path / "wide.json"
    path.write_text(json.dumps(wide))
    described = read_api(path)
    source = write_client(described.api, described.config, described.document, tmp_path / "out")
    environment = {**os.environ, "PYTHONPATH": str(source)}
    for words in (["--help"], ["g7", "--help"], ["--complete", "--", ""]):
        line = [sys.executable, "-m", "wide", *words]
        subprocess.run(line, env=environment, capture_output=True, check=True)  # compiles
        took = []
        for _ in range(3):
            began = time.perf_counter()
            subprocess.run(line, env=environment, capture_output=True, check=True)
            took.append(time.perf_counter() - began)
        bare = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import httpx2, msgspec, argparse"], env=environment, check=True)
        bare = time.perf_counter() - bare
        assert min(took) < max(1.0, 5 * bare), words
