"""The reference pages say what the code has, and the pages written by hand name all of it where they claim to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from vcsdk.checks.rules import CHECKS as LINT_CHECKS
from vcsdk.cli.main import main
from vcsdk.copied.suite.catalogue import CHECKS
from vcsdk.copied.suite.results import Results
from vcsdk.diff import RULES as DIFF_RULES
from vcsdk.normalize.rules import RULES as REPAIRS
from vcsdk.simulator.faults import known_faults

from docs.pages import PAGES, write
from docs.pages.command_line import application, commands
from docs.pages.configuration_keys import keys
from docs.pages.exit_codes import stated
from docs.pages.markdown import reason
from tests.docs.markdown import DOCS
from tests.unit.test_layers import COPIED, LAYERS

COMMANDS = dict(commands(application()))


@pytest.mark.parametrize(
    ("page", "ids"),
    [
        ("lint-rules", [rule.id for rule in LINT_CHECKS]),
        ("repairs", [rule.id for rule in REPAIRS]),
        ("diff-rules", [rule.id for rule in DIFF_RULES]),
        ("contract-checks", list(CHECKS)),
        ("faults", [fault.id for fault in known_faults()]),
        ("exit-codes", list(COMMANDS)),
    ],
)
def test_a_page_has_a_row_with_a_text_for_each_entry(page: str, ids: list[str]) -> None:
    assert ids
    rows = re.findall(r"^\| `(.+?)` \|(.*)\|$", PAGES[page](), re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(ids)
    for name, rest in rows:
        assert any(len(cell.strip()) > 0 for cell in rest.split("|")), name


def test_the_commands_have_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    page = PAGES["commands"]()
    assert {"vcsdk generate", "vcsdk contract run"} <= set(COMMANDS)
    for words in COMMANDS:
        section = re.search(rf"^##+ {words}$(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
        assert section is not None, words
        # A docstring's section that nobody knows (`Example:`) would swallow what stands behind it.
        assert stated(reason(COMMANDS[words])).split(",")[0] in section[1], words
    assert main(["publish", "--help"]) == 0
    options = set(re.findall(r"--[\w-]+", capsys.readouterr().out.partition("Options:")[2]))
    assert "--ca-bundle" in options
    section = page.partition("## vcsdk publish\n")[2].partition("\n## ")[0]
    assert options - {"--help"} <= set(re.findall(r"--[\w-]+", section))
    assert "counts as done" in section


def test_every_command_states_its_statuses() -> None:
    silent = {words for words, function in COMMANDS.items() if not stated(reason(function))}
    assert silent <= {"vcsdk contract checks"}


def test_every_key_of_a_configuration_is_explained() -> None:
    guide = (DOCS / "configuration.md").read_text(encoding="utf-8")
    names = [key for key, _, _ in keys()]
    assert len(names) == len(set(names)) > 12
    explained = re.findall(r"^\| `([^`]+)`", guide, re.MULTILINE)
    example = set(re.findall(r"^(\w+) = ", guide, re.MULTILINE))
    for name in names:
        below = name.removeprefix('operations."NAME".')
        known = (
            name in explained
            or name.replace('"NAME"', '"LABEL"') in explained
            or below in explained
            or below.removeprefix("outcome.").removeprefix("pages.") in example
        )
        assert known, f"docs/configuration.md does not explain {name}"


def test_the_architecture_names_every_layer() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    for layer in [name for row in LAYERS for name in row] + list(COPIED):
        assert f"`{layer}`" in page, f"docs/architecture.md does not name the layer {layer}"


def test_the_members_of_the_results_are_those_that_a_run_writes() -> None:
    results = Results(target={"url": "http://localhost"})
    results.left = ["DELETE /things/1"]
    results.notes = ["GET /things answered 404 with the error type GONE, which the description does not list"]
    written = results.as_dict()
    rows = re.findall(r"^\| \*?`([\w*]+)`\*? \|", PAGES["results"](), re.MULTILINE)
    assert rows == list(written)


def test_pages_are_renewed_and_those_that_are_none_any_more_deleted(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("# Gone\n")
    (tmp_path / "repairs.md").write_text("# Old\n")
    write(tmp_path)
    assert sorted(file.stem for file in tmp_path.iterdir()) == sorted(PAGES)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert (tmp_path / "repairs.md").read_text() == PAGES["repairs"]()
    write(tmp_path)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == before
