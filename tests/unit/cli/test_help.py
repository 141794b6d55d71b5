"""What `--help` says of every command: set for any width, with an example, and the same of the same options."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from vcsdk.cli import page
from vcsdk.cli.signature import Slot

from docs.pages.command_line import application, each
from tests.unit.cli.conftest import Run

COMMANDS = [tuple(words.split()[1:]) for words, _ in each(application())]
SCREENS = [(), ("contract",), *COMMANDS]

MEANING = {
    "--allow": "^A destructive operation that may be called",
    "--allow-all": "^Allow every operation",
    "--allow-outside": "^A folder that references may lead into",
    "--budget": "^Seconds an operation may take to answer",
    "--ca-bundle": r"^Certificates \(PEM\) to trust",
    "--client-id": "^Program that is given tokens",
    "--client-secret-env": "^Environment variable that holds",
    "--client-secret-fd": "^File descriptor to read",
    "--config": "[Cc]onfiguration.*Default: the `.toml` file of the same name",
    "--despite-preflight": "^Run although",
    "--fail-on": "^Exit 1 ",
    "--fault": "^Plant (a|this) fault",
    "--format": "^Form of what is (written|printed). Default: text",
    "--fuzz-examples": "^Random requests",
    "--insecure": "^Do not verify",
    "--json": "as JSON|--format json",
    "--known": "^Known findings",
    "--level": "^The most a request may do",
    "--max-accepted": "^How often the target may accept",
    "--max-seconds": "^Seconds the whole run may take",
    "--mode": "^Mode that the .*cluster is",
    "--no-config": "^Ignore (that file|such files)",
    "--old-config": "^Configuration of the old one",
    "--operation-seconds": "^Seconds that all tests of one operation may take",
    "--output": "^(File to write|Folder (for|that holds))",
    "--overlay": "^An OpenAPI Overlay to apply",
    "--package": "^The contract package's folder",
    "--partial": "^Leave out (of .* )?what cannot be emitted",
    "--password-env": "^Environment variable that holds",
    "--password-fd": "^File descriptor to read",
    "--powerless-password-env": "^Environment variable that holds",
    "--powerless-password-fd": "^File descriptor to read",
    "--powerless-username": "^Account ",
    "--proxy": "^Proxy to reach",
    "--quiet": "^Print findings only",
    "--recovery": "^Seconds to wait for the target to come back",
    "--report": "^(File|Folder) for (a|the) report",
    "--seed": "^Seed ",
    "--shard": "^The part of the suite to run",
    "--show": "^Leave out what is less than this",
    "--since": "^A version such as 8.0.2",
    "--strict": "^Fail if an operation",
    "--task-timeout": "^Seconds a task may take",
    "--timeout": "^Seconds to wait for an answer",
    "--token-env": "^Environment variable with the key",
    "--token-fd": "^File descriptor to read",
    "--token-url": "^Where tokens are given",
    "--undocumented-fields": "^What a field means",
    "--url": "^The target's origin",
    "--username": "^Account ",
    "--workers": "^Processes that share",
    "-k": "^Only tests that match",
}
"""What each option means that several commands have."""


def screen(run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], columns: int) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    result = run(*command, "--help")
    assert (result.status, result.err) == (0, "")
    return result.out


@pytest.mark.parametrize("columns", [40, 60, 120])
@pytest.mark.parametrize("command", SCREENS, ids=lambda command: " ".join(command) or "vcsdk")
def test_no_word_is_broken_and_no_line_too_long(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], columns: int
) -> None:
    shown = screen(run, monkeypatch, command, columns)
    assert shown.split() == screen(run, monkeypatch, command, 100).split()
    # A name is never parted from its value; another line is as long as one word at most.
    longer = [line for line in shown.splitlines() if len(line) > columns and not line.startswith("  -")]
    assert [line for line in longer if len(line.split()) > 1] == []


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_has_a_summary_an_example_and_a_text_for_each_parameter(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    shown = screen(run, monkeypatch, command, 100)
    summary = shown.split("\n\n")[1]
    assert re.match(r"[A-Z].*\.$", summary, re.DOTALL), summary
    assert re.search(rf"For example: vcsdk {' '.join(command)}\b", " ".join(shown.split()))
    signature = dict(each(application()))[" ".join(("vcsdk", *command))].signature
    assert [slot.name for slot in signature.slots if not slot.text] == []


def shared() -> dict[str, list[tuple[str, Slot]]]:
    """The options that several commands have, each with the commands and their parameters."""
    found: dict[str, list[tuple[str, Slot]]] = defaultdict(list)
    for words, command in each(application()):
        for slot in command.signature.slots:
            if not slot.positional:
                found[slot.flags[0]].append((words, slot))
    return {name: slots for name, slots in found.items() if len(slots) > 1}


def test_the_same_option_is_the_same_everywhere() -> None:
    options = shared()
    assert options.keys() == MEANING.keys()
    for name, slots in options.items():
        assert len({(page.spelled(slot), slot.many) for _, slot in slots}) == 1, name
        assert [(words, slot.text) for words, slot in slots if not re.search(MEANING[name], slot.text)] == []


def test_a_short_option_stands_for_one_thing() -> None:
    names = defaultdict(set)
    for _, command in each(application()):
        for slot in command.signature.slots:
            for short in slot.flags[1:]:
                names[short].add(slot.flags[0])
    assert {short: long for short, long in names.items() if len(long) > 1} == {}
