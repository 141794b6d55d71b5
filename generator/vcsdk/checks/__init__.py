"""Holds a normalised document to the specification, so that the builder may trust its structure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from vcsdk.checks.registry import Check, Finding, Subject
from vcsdk.checks.rules import ALONE, CHECKS
from vcsdk.diagnostics import Diagnostic, Diagnostics, Level
from vcsdk.load.document import Document
from vcsdk.load.walk import Index, walk

__all__ = ["ALONE", "CHECKS", "Check", "Problem", "check", "problems"]


class Problem(msgspec.Struct, frozen=True):
    """Something that a check found."""

    check: Check
    finding: Finding

    def diagnose(self, document: Document) -> Diagnostic:
        """The finding with its place in the source."""
        found = self.finding
        return document.diagnose(found.level, self.check.id, found.message, found.pointer, found.hint, key=found.key)


def problems(document: Document, index: Index, rules: Sequence[Check] = CHECKS) -> list[Problem]:
    """Every problem of the document, by rule; `index` is a walk over it."""
    subject = Subject(document, index)
    return [Problem(rule, finding) for rule in rules for finding in rule.find(subject)]


def check(document: Document, diagnostics: Diagnostics, rules: Sequence[Check] = CHECKS) -> None:
    """Add every problem of the document to `diagnostics`, all rules in one run.

    Raises:
        InputError: An error is among the findings.
    """
    known = {found.location for found in diagnostics if found.level is Level.ERROR}
    for problem in problems(document, walk(document.data, is_31=document.is_31), rules):
        found = problem.diagnose(document)
        # A reference that loading could not follow is still there; what is wrong with it has been said.
        if not problem.check.repeats_load or found.location not in known:
            diagnostics.add(found)
    diagnostics.stop_if_failed()
