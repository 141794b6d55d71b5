"""The last things a generation says, whether it ran or had nothing to do."""

from __future__ import annotations

import sys
from pathlib import Path

from vcsdk.cli.style import Style


def closing(seconds: float, description: str, *, complete: bool, style: Style) -> str:
    """The last line of the screen: how long it took, and whether everything declared was emitted."""
    if complete:
        verdict = style("everything declared was emitted", "green")
    else:
        verdict = style("not everything declared was emitted", "red", "bold")
    details = style(f"(details: --report, `vcsdk lint {description}`)", "dim")
    return f"  in {seconds:.1f} s   {verdict}   {details}\n"


def hand_over(text: str, file: Path | None, *, printed: bool) -> None:
    """Print a report, write it to a file (its folder is made), both or neither."""
    if printed:
        sys.stdout.write(text)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
