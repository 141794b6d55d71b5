"""The last things a generation says, whether it ran or had nothing to do."""

from __future__ import annotations

import sys
from pathlib import Path

from vcsdk.cli.failure import clean
from vcsdk.cli.style import Style


def closing(seconds: float, description: str | None, *, complete: bool, style: Style) -> str:
    """The last line of the screen: how long it took, and whether everything declared was emitted.

    `description` is what `vcsdk lint` takes, None where there is no one name for it.
    """
    if complete:
        verdict = style("everything declared was emitted", "green")
    else:
        verdict = style("not everything declared was emitted", "red", "bold")
    lint = f", `vcsdk lint {clean(description)}`" if description is not None else ""
    details = style(f"(details: --report{lint})", "dim")
    return f"  in {seconds:.1f} s   {verdict}   {details}\n"


def hand_over(text: str, file: Path | None, *, printed: bool) -> None:
    """Print a report, write it to a file (its folder is made), both or neither."""
    if printed:
        sys.stdout.write(text)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
