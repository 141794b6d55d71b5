"""Holds a normalised document to the specification, so that the builder may trust its structure."""

from __future__ import annotations

from collections.abc import Sequence

from vcsdk.checks.registry import Check, Subject
from vcsdk.checks.rules import ALONE, CHECKS
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.load.document import Document
from vcsdk.load.walk import walk

__all__ = ["ALONE", "CHECKS", "check"]


def check(document: Document, diagnostics: Diagnostics, rules: Sequence[Check] = CHECKS) -> None:
    """Add every problem of the document to `diagnostics`, all rules in one run.

    Raises:
        InputError: An error is among the findings.
    """
    subject = Subject(document, walk(document.data, is_31=document.is_31))
    known = {found.location for found in diagnostics if found.level is Level.ERROR}
    for rule in rules:
        for finding in rule.find(subject):
            found = document.diagnose(
                finding.level, rule.id, finding.message, finding.pointer, finding.hint, key=finding.key
            )
            # A reference that loading could not follow is still there; what is wrong with it has been said.
            if not rule.repeats_load or found.location not in known:
                diagnostics.add(found)
    diagnostics.stop_if_failed()
