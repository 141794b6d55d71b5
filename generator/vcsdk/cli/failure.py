"""How commands say that an input cannot be used."""

from __future__ import annotations

import os
import sys

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


def refuse(diagnostics: Diagnostics, ending: str = "") -> int:
    """Print findings and their count to stderr, `ending` behind it (", nothing written"); the exit status."""
    show(diagnostics)
    say(f"\n{verdict(diagnostics)}{ending}.\n", sys.stderr)
    if diagnostics.remedy is not None:
        say(f"  hint: {diagnostics.remedy}\n", sys.stderr)
    return USAGE
