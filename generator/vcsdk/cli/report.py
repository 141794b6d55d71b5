"""The report of a generation for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vcsdk.diagnostics import Diagnostics
from vcsdk.emitters.completeness import Completeness
from vcsdk.pipeline import Described


def generation(
    described: Described, completeness: Completeness, out: Path, diagnostics: Diagnostics, seconds: float
) -> dict[str, Any]:
    """What was generated, from what: packages, counts declared and emitted, repairs, findings, duration in seconds."""
    names = described.config.package
    return {
        "descriptions": list(described.document.descriptions or (described.document.file,)),
        "packages": [
            _package(names.distribution, names.module, out),
            _package(f"{names.distribution}-contract", f"{names.module}_contract", out),
        ],
        "operations": completeness.operations.as_dict(),
        "responses": completeness.responses.as_dict(),
        "schemas": completeness.schemas.as_dict(),
        "repairs": [{"rule": repair.rule, "count": repair.count} for repair in described.repairs],
        "diagnostics": [found.as_dict() for found in diagnostics],
        "seconds": round(seconds, 3),
    }


def refusal(diagnostics: Diagnostics, seconds: float) -> dict[str, Any]:
    """The report of a run that wrote nothing: no packages, no counts, the findings."""
    return {
        "packages": [],
        "operations": None,
        "responses": None,
        "schemas": None,
        "repairs": [],
        "diagnostics": [found.as_dict() for found in diagnostics],
        "seconds": round(seconds, 3),
    }


def dump(report: dict[str, Any]) -> str:
    """A report as indented JSON, ending with a line end."""
    return json.dumps(report, indent=2) + "\n"


def _package(distribution: str, module: str, out: Path) -> dict[str, str]:
    return {"distribution": distribution, "module": module, "path": (out / distribution).as_posix()}
