"""The reference pages, each written from the code it is about, so that it cannot go stale.

A page is a module here with `page() -> str`, which gives its text in Markdown.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docs.pages import (
    client_reference,
    commands,
    configuration_keys,
    contract_checks,
    diff_rules,
    exit_codes,
    faults,
    lint_rules,
    repairs,
    results,
)

PAGES: dict[str, Callable[[], str]] = {
    "commands": commands.page,
    "exit-codes": exit_codes.page,
    "configuration-keys": configuration_keys.page,
    "lint-rules": lint_rules.page,
    "repairs": repairs.page,
    "diff-rules": diff_rules.page,
    "contract-checks": contract_checks.page,
    "faults": faults.page,
    "results": results.page,
    "vcenter-vcha": client_reference.page,
}


def write(folder: Path) -> None:
    """Write every page as `<name>.md` into a folder, and delete what is no longer one of them.

    A page that is as it was is not touched, so that a build that looks at times does nothing for it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        file, text = folder / f"{name}.md", page()
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    for file in folder.glob("*.md"):
        if file.stem not in PAGES:
            file.unlink()
