"""The file that names findings a team has looked at, each with the reason why it may stand.

```toml
[fingerprints]
0a1b2c3d4e5f = "the new value is never sent to our accounts"

[rules."operation-removed"]
"GET /vcenter/old" = "nobody calls it, see the audit of 2026-03"
```
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vcsdk.config.table import Table, nearest
from vcsdk.config.toml import KeyPath, TomlSource, parse
from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, Level, Location
from vcsdk.diff.finding import Finding
from vcsdk.diff.report import Ignored
from vcsdk.diff.rules.table import RULES

_FINGERPRINT = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the file: a fingerprint, or a rule and what it is about (an operation, schema or symbol)."""

    reason: str
    path: KeyPath
    fingerprint: str = ""
    rule: str = ""
    subject: str = ""

    def names(self, finding: Finding) -> bool:
        """Whether this entry is about the finding."""
        if self.fingerprint:
            return self.fingerprint == finding.fingerprint
        return self.rule == finding.rule.id and self.subject == finding.site.subject


@dataclass(frozen=True, slots=True)
class IgnoreFile:
    """The entries of an ignore file."""

    source: TomlSource
    entries: tuple[Entry, ...]

    def apply(
        self, findings: Sequence[Finding], diagnostics: Diagnostics
    ) -> tuple[tuple[Finding, ...], tuple[Ignored, ...]]:
        """The findings that stand, and those that an entry names; a warning for each entry that names none."""
        standing, ignored, used = [], [], set()
        for finding in findings:
            entry = next((entry for entry in self.entries if entry.names(finding)), None)
            if entry is None:
                standing.append(finding)
            else:
                used.add(entry.path)
                ignored.append(Ignored(finding, entry.reason))
        for entry in self.entries:
            if entry.path not in used:
                diagnostics.add(self._unused(entry))
        return tuple(standing), tuple(ignored)

    def _unused(self, entry: Entry) -> Diagnostic:
        location = self.source.locate(entry.path)
        what = f"`{entry.fingerprint}`" if entry.fingerprint else f"`{entry.rule}` of `{entry.subject}`"
        message = f"there is no finding {what} to ignore"
        return Diagnostic(Level.WARNING, "unused-ignore", message, location, "delete it", self.source.excerpt(location))


def read_ignore_file(path: Path, diagnostics: Diagnostics) -> IgnoreFile | None:
    """Read an ignore file; None, with errors in `diagnostics`, where it cannot be used."""
    file = path.as_posix()
    try:
        content = path.read_bytes()
    except OSError as problem:
        message = f"cannot be read: {problem.strerror or problem}"
        diagnostics.add(Diagnostic(Level.ERROR, "unreadable-file", message, Location(file, WHOLE)))
        return None
    parsed = parse(file, content, diagnostics)
    if parsed is None:
        return None
    source, data = parsed
    root = Table(data, (), source, diagnostics)
    entries = (*_by_fingerprint(root), *_by_rule(root))
    root.close()
    return None if diagnostics.failed else IgnoreFile(source, entries)


def _by_fingerprint(root: Table) -> list[Entry]:
    table = root.table("fingerprints")
    if table is None:
        return []
    found = []
    for key in table.data:
        reason = table.text(key)
        if not _FINGERPRINT.fullmatch(key):
            table.report("config-key", f"`{key}` is no fingerprint", key, "a fingerprint has 12 hex digits")
        elif reason is not None:
            found.append(Entry(reason, (*table.path, key), fingerprint=key))
    return found


def _by_rule(root: Table) -> list[Entry]:
    rules = root.table("rules")
    if rules is None:
        return []
    known = [rule.id for rule in RULES]
    found = []
    for rule, table in rules.tables().items():
        if rule not in known:
            rules.report("config-key", f"there is no rule `{rule}`", rule, nearest(rule, known))
            continue
        for subject in table.data:
            reason = table.text(subject)
            if reason is not None:
                found.append(Entry(reason, (*table.path, subject), rule=rule, subject=subject))
    return found
