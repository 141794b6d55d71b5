"""The examples for CI parse, and every command and option in them and in the documents exists."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from vcsdk.cli.contract_options import RunOptions

from docs.pages.command_line import parse

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples" / "ci").glob("*.yml"))
DOCUMENT = ROOT / "docs" / "contract-run.md"


def scripts(node: Any) -> Iterator[str]:
    """Every shell line of a workflow or pipeline."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "run" and isinstance(value, str):
                yield value
            elif key in ("script", "before_script"):
                yield from value
            else:
                yield from scripts(value)
    elif isinstance(node, list):
        for item in node:
            yield from scripts(item)


def commands(path: Path) -> list[list[str]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        # A line that ends in a backslash goes on in the next one.
        lines = re.findall(r"^\$ (vcsdk .+)$", text.replace("\\\n", " "), re.MULTILINE)
    else:
        lines = list(scripts(yaml.safe_load(text)))
    # What stands behind a bar is no command of ours.
    return [shlex.split(line.partition(" | ")[0].removesuffix("&")) for line in lines]


@pytest.mark.parametrize("path", [*EXAMPLES, DOCUMENT], ids=lambda path: path.name)
def test_every_option_exists(path: Path) -> None:
    found = [words for words in commands(path) if words[0].rpartition("/")[2] == "vcsdk"]

    assert found
    for words in found:
        # Parsing binds every option to a parameter of the command, or fails.
        command, bound = parse(words[1:])
        if RunOptions in command.signature.groups.values():
            assert bound.params["url"]


def test_no_password_stands_in_an_example() -> None:
    for path in EXAMPLES:
        for words in commands(path):
            assert not any(re.match(r"--(powerless-)?password(=|$)", word) for word in words)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "needs URL="),
        (("URL=https://h", "REPORT=out", "ARGS=--seed 7"), "run --url 'https://h' --username"),
        (("URL=https://h", "POWERLESS=reader"), "--powerless-username 'reader' --powerless-password-env 'VC_READER"),
    ],
)
def test_make_contract_calls_the_command(arguments: tuple[str, ...], told: str) -> None:
    dry = ["--dry-run"] if arguments else []
    command = ["make", "--no-print-directory", *dry, "--assume-old=.venv/.installed", "contract", *arguments]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert told in made.stdout
    assert bool(made.returncode) == (not arguments)


def test_actions_are_pinned_by_commit() -> None:
    text = (ROOT / "examples" / "ci" / "github-actions.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in used)


def test_images_are_named_by_digest() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in EXAMPLES)
    used = re.findall(r"(?:image: |container: |docker://|FROM )(\S+)", text)
    assert used
    assert all(re.fullmatch(r"[a-z./]+:[\w.-]+@sha256:[0-9a-f]{64}", image) for image in used), used
