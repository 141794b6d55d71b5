"""What a generation did, in one screen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from vcsdk.cli.failure import clean
from vcsdk.cli.style import Style, plural
from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.emitters.completeness import Completeness
from vcsdk.partial import cost
from vcsdk.pipeline import Described
from vcsdk.write import Written


def generation(described: Described, completeness: Completeness, out: Path, written: Written, style: Style) -> str:
    """The screen without its last line, which `output.closing` makes."""
    rows = [_Row("read", clean(described.source), _contents(described, completeness))]
    if described.repairs:
        rows.append(_Row("repaired", " · ".join(f"{r.count:,} {r.rule}" for r in described.repairs)))
    rows += _packages(described, out, written)
    touched = [f"{len(written.written):,} written", f"{len(written.unchanged):,} as before"]
    if written.removed:
        touched.append(f"{len(written.removed):,} removed")
    if written.kept:
        touched.append(f"{len(written.kept):,} kept because edited")
    rows.append(_Row("", "", " · ".join(touched)))
    skipped = [omission for omission in described.omissions if omission.decided]
    operations = described.declared_operations
    rows += [
        _Row(label, cost(omissions, operations))
        for label, omissions in (("left out", completeness.left_out), ("skipped", skipped))
        if omissions
    ]
    found = _found(described.diagnostics)
    if found:
        rows.append(_Row("found", found))
    width = max(len(row.subject) for row in rows if row.text)
    lines = [f"  {style(f'{row.label:<9}', 'cyan')}  {row.subject:<{width}}  {row.text}".rstrip() for row in rows]
    return "\n".join([*lines, ""])


class _Row:
    def __init__(self, label: str, subject: str, text: str = "") -> None:
        self.label, self.subject, self.text = label, subject, text


def _contents(described: Described, completeness: Completeness) -> str:
    version, files = described.document.version, len(described.document.descriptions)
    kind = "Swagger" if version.startswith("2") else "OpenAPI"
    operations = plural(completeness.operations.declared, "operation")
    several = f"{plural(files, 'description')}, " if files else ""
    return f"{kind} {clean(version)}, {several}{operations}, {plural(completeness.schemas.declared, 'schema')}"


def _packages(described: Described, out: Path, written: Written) -> list[_Row]:
    files = Counter(path.parts[0] for path in (*written.written, *written.unchanged))
    rows: list[_Row] = []
    for package in written.packages:
        text = plural(files[package], "file")
        if package == described.config.package.distribution:
            resources = sum(1 for path in described.api.resources if path)
            text += f", {plural(resources, 'resource')}, {plural(len(described.api.schemas), 'model')}"
        rows.append(_Row("" if rows else "generated", clean((out / package).as_posix()), text))
    return rows


def _found(diagnostics: Diagnostics) -> str:
    """The counts of findings that did not stop the run."""
    counts = ((diagnostics.count(level), level.value) for level in Level)
    return " · ".join(plural(count, level) for count, level in counts if count)
