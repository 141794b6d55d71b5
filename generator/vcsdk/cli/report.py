"""The report of a generation for other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from vcsdk.diagnostics import Diagnostics
from vcsdk.emitters.completeness import Completeness, unchecked
from vcsdk.emitters.untyped import Untyped
from vcsdk.load.omission import Omission
from vcsdk.pipeline import Described


def generation(
    described: Described, completeness: Completeness, out: Path, diagnostics: Diagnostics, seconds: float
) -> dict[str, Any]:
    """What was generated, from what: packages, counts declared and emitted, what lacks, repairs, findings, seconds."""
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
        "left_out": [omission(described, left) for left in described.omissions],
        "untyped": [_untyped(described, place) for place in completeness.untyped],
        "unchecked": [found.as_dict() for found in unchecked(described)],
        "repairs": [{"rule": repair.rule, "count": repair.count} for repair in described.repairs],
        "diagnostics": [found.as_dict() for found in diagnostics],
        "seconds": round(seconds, 3),
    }


def refusal(diagnostics: Diagnostics, seconds: float) -> dict[str, Any]:
    """The report of a run that wrote nothing: no packages, no counts, the findings, what would help with them."""
    return {
        "packages": [],
        "operations": None,
        "responses": None,
        "schemas": None,
        "left_out": [],
        "untyped": [],
        "unchecked": [],
        "repairs": [],
        "diagnostics": [found.as_dict() for found in diagnostics],
        "remedy": diagnostics.remedy,
        "seconds": round(seconds, 3),
    }


def omission(described: Described, left: Omission) -> dict[str, Any]:
    """A part that was left out: what it is, where it stands, why, and whether the configuration says so."""
    place = described.document.locate(left.origin)
    return {
        "kind": left.kind,
        "name": left.name,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "rule": left.rule,
        "reason": left.reason,
        "skipped": left.decided,
    }


def _untyped(described: Described, place: Untyped) -> dict[str, Any]:
    location = described.document.locate(place.origin)
    where = {"file": location.file, "line": location.line, "column": location.column}
    return {"kind": place.kind, "name": place.name, **where}


def dump(report: dict[str, Any]) -> str:
    """A report as indented JSON, ending with a line end."""
    return json.dumps(report, indent=2) + "\n"


def _package(distribution: str, module: str, out: Path) -> dict[str, str]:
    return {"distribution": distribution, "module": module, "path": (out / distribution).as_posix()}
