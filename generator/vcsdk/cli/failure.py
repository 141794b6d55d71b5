"""How commands say that an input cannot be used."""

from __future__ import annotations

import os
import sys
from json import dumps
from typing import Any

from vcsdk.cli.folding import say
from vcsdk.diagnostics import Diagnostics
from vcsdk.quoting.terminal import escape as clean
from vcsdk.reporting import render_text, verdict, wants_colour

__all__ = ["USAGE", "clean", "refuse", "show"]

USAGE = 2
"""The exit status of a command whose input cannot be used, usage errors included."""


def show(diagnostics: Diagnostics) -> None:
    """Print findings to stderr."""
    say(render_text(diagnostics, colour=wants_colour(sys.stderr, os.environ)), sys.stderr)


def as_dict(diagnostics: Diagnostics) -> dict[str, Any]:
    """What `--json` prints of an input that cannot be used: the findings, and what would help with them, if known."""
    return {"diagnostics": [found.as_dict() for found in diagnostics], "remedy": diagnostics.remedy}


def refuse(diagnostics: Diagnostics, ending: str = "", *, json: bool = False) -> int:
    """Print findings and their count to stderr, `ending` behind it (", nothing written"); the exit status.

    With `json` they are printed for programs, too, to stdout.
    """
    if json:
        sys.stdout.write(dumps(as_dict(diagnostics), indent=2) + "\n")
    show(diagnostics)
    say(f"\n{verdict(diagnostics)}{ending}.\n", sys.stderr)
    if diagnostics.remedy is not None:
        say(f"  hint: {diagnostics.remedy}\n", sys.stderr)
    return USAGE
