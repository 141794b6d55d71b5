"""The exit statuses, as the docstrings of the commands state them."""

from __future__ import annotations

import re

from vcsdk.cli.main import main

from docs.pages.command_line import application, commands
from docs.pages.markdown import code, reason, table

_HEAD = """# Exit codes

"""


def page() -> str:
    """The page: what holds of every command, then what each says of itself."""
    general = reason(main).partition("\n\n")[2]
    rows = ((code(words), stated(reason(function)) or "0") for words, function in commands(application()))
    return f"{_HEAD}{general}\n\n{table(('command', 'its statuses'), rows)}"


def stated(text: str) -> str:
    """The paragraph of a docstring that states the statuses; empty if there is none."""
    found = re.search(r"^Exits .*?(?=\n\n|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    return found[0] if found else ""
