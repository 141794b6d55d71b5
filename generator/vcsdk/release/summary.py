"""The Markdown that a reviewer reads in a merge request after a regeneration."""

from __future__ import annotations

from collections.abc import Sequence

from vcsdk.diagnostics import Diagnostic
from vcsdk.emitters.filters import code_span, markdown
from vcsdk.release.regenerate import Row

_FEW = 30
"""As many files as are worth listing; the merge request itself shows the rest."""


def render(rows: Sequence[Row]) -> str:
    """A table of all packages, then each that changed: problems, the changelog's draft, the files."""
    lines = ["## Generated packages", "", "| package | from | files | since the last release | next version |"]
    lines.append("| --- | --- | --- | --- | --- |")
    lines += [_line(row) for row in rows]
    lines.append("")
    for row in rows:
        lines += _details(row)
    return "\n".join(lines)


def _line(row: Row) -> str:
    if row.failed:
        cells = ("—", code_span(row.description), "**not generated**", f"{len(row.problems)} errors", "—")
    else:
        cells = (
            code_span(row.distribution),
            code_span(row.description),
            _files(row),
            _changes(row),
            row.version if row.version != row.last else f"{row.version}, released",
        )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _files(row: Row) -> str:
    counts = ((len(row.written), "written"), (len(row.removed), "removed"), (row.as_before, "as before"))
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def _changes(row: Row) -> str:
    if row.last is None:
        return "never released"
    counts = ", ".join(f"{count} {level}" for level, count in row.changes.items() if count)
    return f"{row.last}: {counts or ('generated code only' if row.entry else 'nothing changed')}"


def _details(row: Row) -> list[str]:
    if not (row.entry or row.problems or row.written or row.removed):
        return []
    lines = [f"### {markdown(row.distribution or row.description)}", ""]
    if row.problems:
        lines += [_problem(found) for found in row.problems]
        lines.append("")
    if row.entry:
        # One level below the heading that it stands under here.
        lines += [f"##{line}" if line.startswith("##") else line for line in row.entry.rstrip().splitlines()]
        lines.append("")
    touched = [*row.written, *row.removed]
    if touched:
        shown = touched[:_FEW]
        rest = [f"- … and {len(touched) - _FEW} more"] if len(touched) > _FEW else []
        lines += ["<details><summary>Files</summary>", "", *(f"- {code_span(path)}" for path in shown), *rest]
        lines += ["", "</details>", ""]
    return lines


def _problem(found: Diagnostic) -> str:
    place, rule = code_span(str(found.location)), code_span(found.rule)
    return f"- {found.level.value}: {place} {markdown(found.message)} ({rule})"
