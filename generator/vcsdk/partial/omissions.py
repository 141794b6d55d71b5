"""Takes a cut out of a document and says of each part what it was and why it went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.load.document import Document
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.omission import Omission
from vcsdk.load.pointer import find, join, parent
from vcsdk.load.walk import Index
from vcsdk.partial.closure import NEEDS, Cut, Fault, outermost
from vcsdk.partial.removal import remove
from vcsdk.partial.units import Unit
from vcsdk.partial.words import full_name, words


def leave_out(document: Document, index: Index, cut: Cut, diagnostics: Diagnostics, *, decided: bool = False) -> None:
    """Remove the parts, and add them to `document.omissions`.

    What goes only because it needs another part, or because somebody decided so, is told here: each with a warning, or
    with a note.
    """
    units = outermost(cut.units)
    told = [unit for unit in units if not _follows(unit, cut)]
    for unit in told:
        fault = cut.units[unit][0]
        if fault.rule == NEEDS:
            level = Level.NOTE if decided else Level.WARNING
            message = f"{words(document, unit)} is left out: {fault.reason}"
            diagnostics.add(document.diagnose(level, NEEDS, message, fault.place))
        document.omissions += tuple(_omissions(document, unit, fault, decided))
    remove(document, index, units)


def _omissions(document: Document, unit: Unit, fault: Fault, decided: bool) -> Iterator[Omission]:
    """One for a part; for a path one for each of its operations."""
    parts = [unit]
    if unit.kind == "path":
        item = find(document.data, unit.pointer)
        inside = [Unit("operation", join(unit.pointer, *tokens)) for tokens, _ in operations_in(item)]
        parts = inside or parts
    for part in parts:
        node = find(document.data, part.pointer) if part.kind == "operation" else None
        yield Omission(
            part.kind,
            full_name(document, part),
            document.origin(part.pointer),
            fault.rule,
            fault.reason,
            document.origin(fault.place),
            decided,
            _answers(part, node),
            str(node.get("operationId", "")) if isinstance(node, dict) else "",
        )


def _answers(unit: Unit, operation: Any) -> int:
    if unit.kind == "answer":
        return 1
    responses = operation.get("responses") if isinstance(operation, dict) else None
    return len(entries(responses))


def _follows(unit: Unit, cut: Cut) -> bool:
    """True for what a discriminator maps to an entry of its union that goes: the entry has been told."""
    if unit.kind != "mapping" or cut.units[unit][0].rule != NEEDS:
        return False
    schema = parent(parent(parent(unit.pointer)))
    return any(other.kind == "entry" and parent(parent(other.pointer)) == schema for other in cut.units)
