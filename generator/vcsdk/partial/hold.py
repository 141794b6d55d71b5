"""Holds a document to the checks, and leaves out what they refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from vcsdk import checks
from vcsdk.diagnostics import Diagnostic, Diagnostics, Level, Location
from vcsdk.load.document import Document
from vcsdk.load.walk import walk
from vcsdk.partial.closure import Cut, Fault, cut
from vcsdk.partial.omissions import leave_out
from vcsdk.partial.words import words


def hold(
    document: Document,
    diagnostics: Diagnostics,
    rules: Sequence[checks.Check] = checks.CHECKS,
    held: Sequence[Diagnostic] = (),
) -> None:
    """Hold a document to the checks, and leave out the parts that they refuse, each with a warning.

    `document.omissions` has what was left out.  `held` are errors of loading about references that it left as they are:
    what has one is left out with that as the reason.

    Raises:
        InputError: What is wrong breaks the document as a whole; `diagnostics` has every error.
    """
    known = {found.location: found for found in held}
    told: set[Location] = set()
    while True:
        index = walk(document.data, is_31=document.is_31)
        problems = checks.problems(document, index, rules)
        errors = [problem for problem in problems if problem.finding.level is Level.ERROR]
        if not errors:
            break
        located = [_located(document, problem, known) for problem in errors]
        faults = [Fault(p.finding.pointer, d.rule, d.message) for p, d in zip(errors, located, strict=True)]
        found = cut(document, index, faults)
        if found.whole:
            for diagnostic in (*held, *located):
                diagnostics.add(diagnostic)
            diagnostics.stop_if_failed()
        for fault, diagnostic in zip(faults, located, strict=True):
            told.add(diagnostic.location)
            diagnostics.add(_warning(document, fault, diagnostic, found))
        leave_out(document, index, found, diagnostics)
    for problem in problems:
        diagnostics.add(problem.diagnose(document))
    for diagnostic in held:
        # A file that nobody could read: who refers to it is told, and why it could not be read is, too.
        if diagnostic.location not in told:
            diagnostics.add(replace(diagnostic, level=Level.WARNING))


def _located(document: Document, problem: checks.Problem, known: Mapping[Location, Diagnostic]) -> Diagnostic:
    """The finding with its place; what loading knows better is said in its words."""
    found = problem.diagnose(document)
    return known.get(found.location, found) if problem.check.repeats_load else found


def _warning(document: Document, fault: Fault, found: Diagnostic, parts: Cut) -> Diagnostic:
    unit = next((unit for unit, faults in parts.units.items() if fault in faults), None)
    # Without a part of its own it stands where OpenAPI knows nothing; those who refer to it are told.
    message = found.message if unit is None else f"{found.message}; {words(document, unit)} is left out"
    return replace(found, level=Level.WARNING, message=message)
