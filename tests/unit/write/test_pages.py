"""Blocks of Python in generated Markdown are laid out as ruff does; everything else in a page stays as it is."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from vcsdk.write.formatting import format_sources

PAGE = PurePosixPath("package/docs/reference.md")
LONG = "a-rather-long-text-that-fills-a-whole-line"


def formatted(text: str, folder: Path) -> str:
    staged, found = format_sources({PAGE: text, PurePosixPath("package/src/a.py"): "x = 'y'\n"}, folder)
    assert found == []
    assert staged[PurePosixPath("package/src/a.py")].read_text() == 'x = "y"\n'
    return staged[PAGE].read_text(encoding="utf-8")


def test_a_call_that_is_too_long_has_lines_of_its_own(tmp_path: Path) -> None:
    text = f"# Calls\n\n```python\nfrom a import B\nclient.call(name='{LONG}', other='{LONG}', third='ü')\n```\n"
    assert formatted(text, tmp_path) == (
        f'# Calls\n\n```python\nfrom a import B\n\nclient.call(\n    name="{LONG}", other="{LONG}", third="ü"\n)\n```\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "* a   list\n+ of   another kind\n\n| a | b |\n| - | - |\n| 'x' | `'y'` |\n",
        "```sh\npip install 'a'\n```\n",
        "```toml\na = 'x'\n```\n",
        "A line with `f('x')`, and one with ``` in it.\n",
        "Line\u2028separator, trailing blanks  \nand none\n",
    ],
)
def test_what_is_no_python_stays_as_it_is(text: str, tmp_path: Path) -> None:
    assert formatted(text, tmp_path) == text


def test_a_block_that_is_no_python_stays_as_it_is(tmp_path: Path) -> None:
    text = "```python\nclient.call(…, 'x'\n```\n"
    assert formatted(text, tmp_path) == text
