"""Holds a normalised document to the specification, so that the builder may trust its structure."""

from __future__ import annotations

from generator.diagnostics import Diagnostics, Level
from generator.load.document import Document
from generator.load.walk import walk


def check(document: Document, diagnostics: Diagnostics) -> None:
    """Add every problem of the document to `diagnostics`.

    Raises:
        InputError: An error is among the findings.
    """
    index = walk(document.data, is_31=document.is_31)
    for problem in index.malformed:
        diagnostics.add(
            document.diagnose(Level.ERROR, "structure", f"{problem.expected} must stand here", problem.pointer)
        )
    diagnostics.stop_if_failed()
