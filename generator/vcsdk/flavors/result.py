"""What a flavour made and what it dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vcsdk import __version__
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.emitters.completeness import Completeness, Tally, declared_operations
from vcsdk.emitters.file import File
from vcsdk.load.extensions import entries
from vcsdk.pipeline import Described
from vcsdk.write import Facts, Written, write


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something declared that a tool left out.

    `kind` is "operation", "parameter", "body", "answer" or "schema", `what` names it in words; `pointer` is where it
    is declared in the normalised document; `reason` is the tool's.
    """

    kind: str
    what: str
    pointer: str
    reason: str


@dataclass(frozen=True, slots=True)
class FlavorResult:
    """`packages` are distributions, each a folder of the output; `completeness` counts declared and emitted."""

    packages: tuple[str, ...]
    completeness: Completeness
    dropped: tuple[Dropped, ...]
    written: Written

    @property
    def complete(self) -> bool:
        """True if nothing was dropped."""
        return self.completeness.complete and not self.dropped


def deliver(
    described: Described,
    files: Sequence[File],
    dropped: Sequence[Dropped],
    out: Path,
    diagnostics: Diagnostics,
    *,
    operations: bool = True,
) -> FlavorResult:
    """Write the files of a flavour and report what it dropped, each as a warning `flavor-dropped`.

    `operations` is False for a flavour that makes models only: then operations and answers count as none.

    Raises:
        InputError: The output cannot be written; nothing was changed.
    """
    for loss in dropped:
        text = f"the {loss.kind} {loss.what} is dropped: {loss.reason}"
        diagnostics.add(described.document.diagnose(Level.WARNING, "flavor-dropped", text, loss.pointer))
    facts = Facts(described.document.sha256, described.configuration.sha256 or "", __version__)
    written = write(files, out, facts, diagnostics)
    return FlavorResult(written.packages, count(described, dropped, operations=operations), tuple(dropped), written)


def count(described: Described, dropped: Sequence[Dropped], *, operations: bool) -> Completeness:
    """What is declared, and what is left of it; the answers of a dropped operation are dropped with it."""
    declared = declared_operations(described.document) if operations else ()
    answers_of = {pointer: _answers(node) for *_, pointer, node in declared}
    schemas = len(described.document.data.get("components", {}).get("schemas", {}))
    lost = {kind: [loss.pointer for loss in dropped if loss.kind == kind] for kind in ("operation", "answer", "schema")}
    answers = sum(answers_of.values())
    lost_answers = len(lost["answer"]) + sum(answers_of[pointer] for pointer in lost["operation"])
    return Completeness(
        Tally(len(answers_of), len(answers_of) - len(lost["operation"])),
        Tally(answers, answers - lost_answers),
        Tally(schemas, schemas - len(lost["schema"])),
    )


def _answers(operation: dict[str, Any]) -> int:
    return len(entries(operation.get("responses")))
