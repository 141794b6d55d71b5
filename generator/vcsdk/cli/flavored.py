"""What the generation of a flavour did, on a screen and for other programs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from vcsdk.cli.failure import clean
from vcsdk.cli.style import Style, plural
from vcsdk.diagnostics import Diagnostics
from vcsdk.flavors import FlavorResult
from vcsdk.pipeline import Described


def screen(described: Described, flavor: str, result: FlavorResult, out: Path, seconds: float, style: Style) -> str:
    """The screen, ending with a line end.  `seconds` is what the run took."""
    lines = [f"  {style('read', 'cyan')}       {clean(described.source)}"]
    for package in result.packages:
        lines.append(f"  {style('generated', 'cyan')}  {(out / package).as_posix()} ({flavor})")
    counts = result.completeness
    for name, tally in (("operations", counts.operations), ("answers", counts.responses), ("schemas", counts.schemas)):
        if tally.declared:
            lines.append(f"             {tally.emitted:,} of {tally.declared:,} {name}")
    lines.append(f"             {len(result.written.written):,} written · {len(result.written.unchanged):,} as before")
    if result.complete:
        verdict = style("everything declared was emitted", "green")
    else:
        kinds = Counter(loss.kind for loss in result.dropped)
        losses = ", ".join(plural(count, kind, "bodies" if kind == "body" else None) for kind, count in kinds.items())
        verdict = style(f"the tool dropped {losses}; each is listed above", "red", "bold")
    return "\n".join([*lines, f"  in {seconds:.1f} s   {verdict}", ""])


def report(
    described: Described, flavor: str, result: FlavorResult, out: Path, diagnostics: Diagnostics, seconds: float
) -> dict[str, Any]:
    """The report of a generation, as without a flavour, and `dropped`: kind, what, pointer, reason."""
    counts = result.completeness
    return {
        "flavor": flavor,
        "packages": [{"distribution": name, "path": (out / name).as_posix()} for name in result.packages],
        "operations": counts.operations.as_dict(),
        "responses": counts.responses.as_dict(),
        "schemas": counts.schemas.as_dict(),
        "dropped": [
            {"kind": loss.kind, "what": loss.what, "pointer": loss.pointer, "reason": loss.reason}
            for loss in result.dropped
        ],
        "repairs": [{"rule": repair.rule, "count": repair.count} for repair in described.repairs],
        "diagnostics": [found.as_dict() for found in diagnostics],
        "seconds": round(seconds, 3),
    }
