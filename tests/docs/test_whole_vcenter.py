"""The tutorial's section on VMware's own descriptions: its commands print what it shows; the README shows the same."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs import shell
from tests.docs.markdown import DOCS, ROOT, Block, section
from tests.specs.published import MISSING, SPECS

TUTORIAL = section(DOCS / "tutorial.md", "The whole vCenter")
README = section(ROOT / "README.md", "The whole vCenter")
PROGRAM = (ROOT / "examples/vcenter/ten_lines.py").read_text(encoding="utf-8")
_MARK = "# docs/tutorial.md:"


def shape(output: str) -> list[str]:
    """Lines without what differs from run to run: times, percentages, how often a state was seen."""
    text = re.sub(r"\d+\.\d s", "N s", output)
    text = re.sub(r"\d+ % \d+ of", "N % N of", text)
    lines = [re.sub(r" +", " ", line).strip() for line in text.splitlines() if "PENDING" not in line]
    return [line for at, line in enumerate(lines) if not at or line != lines[at - 1]]


def texts(found: list[Block]) -> list[str]:
    return [block.code for block in found if block.language == "text"]


def script() -> str:
    """The commands, each block behind its place; the program stands in the example that they copy."""
    return "\n".join(f"echo '{_MARK}{block.line}'\n{block.code}" for block in TUTORIAL if block.language == "sh")


def shown() -> list[tuple[Block, Block | None]]:
    """Each block of commands with the text below it that shows what they print; None where none does."""
    found: list[tuple[Block, Block | None]] = []
    for block in TUTORIAL:
        if block.language == "sh":
            found.append((block, None))
        elif block.language == "text":
            commands, below = found[-1]
            assert below is None, block.place
            found[-1] = commands, block
    return found


def rewrite(printed: dict[int, str]) -> None:
    """Show what was printed now in place of what the two pages show."""
    for commands, below in shown():
        for page in (DOCS / "tutorial.md", ROOT / "README.md") if below is not None else ():
            text = page.read_text(encoding="utf-8")
            page.write_text(text.replace(below.code, printed[commands.line]), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not SPECS.is_dir(), reason=MISSING)
def test_the_commands_print_what_the_tutorial_shows(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """`--update-golden` writes what they print now into both pages and passes."""
    folder = tmp_path / "empty"
    folder.mkdir()
    for path in (*(SPECS / "vcenter-7.0.3").glob("*.json"), SPECS / "vcenter-9.1.1/vcenter.yaml"):
        shutil.copy(path, folder)
    text = script()
    for port in ("8082", "8083"):
        assert port in text
        text = text.replace(port, str(shell.free_port()))
    status, said = shell.run(text, folder)
    assert status == 0, said
    printed = {int(part.partition("\n")[0]): part.partition("\n")[2] for part in said.split(_MARK)[1:]}
    if pytestconfig.getoption("--update-golden"):
        rewrite(printed)
        return
    for commands, below in shown():
        expected = below.code if below is not None else ""
        assert shape(printed[commands.line]) == shape(expected), f"{commands.place}:\n{printed[commands.line]}"


def test_the_program_has_ten_lines_and_is_the_one_of_the_example() -> None:
    assert len([line for line in PROGRAM.splitlines() if line]) == 10
    for found in (TUTORIAL, README):
        (program,) = [block.code for block in found if block.language == "python"]
        assert program.removeprefix("# ten_lines.py\n") == PROGRAM


def test_the_readme_shows_what_the_tutorial_shows() -> None:
    assert len(texts(README)) >= 2
    for text in texts(README):
        assert any(text in other for other in texts(TUTORIAL)), text
    commands = [line for block in TUTORIAL if block.language == "sh" for line in block.code.splitlines()]
    for block in README:
        for line in block.code.splitlines() if block.language == "sh" else ():
            assert any(other.startswith(line.partition(" #")[0].rstrip()) for other in commands), line


def test_a_wrong_line_is_seen() -> None:
    """Numbers that are facts count; times do not."""
    assert shape("in 8.4 s   all") == shape("in 17.5 s   all")
    assert shape("2,645 breaking") != shape("2,644 breaking")
