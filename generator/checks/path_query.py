"""The check `path-query`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.registry import Finding, Subject, check
from generator.load.pointer import join


@check("path-query")
def paths_have_no_query(subject: Subject) -> Iterator[Finding]:
    """No path key carries a query; only where the repair `query-in-path` is off can one be left."""
    paths = subject.document.data.get("paths")
    for key in paths if isinstance(paths, dict) else ():
        if "?" in key.partition("#")[0]:
            hint = "let the repair `query-in-path` move it to parameters"
            yield Finding("a path key cannot carry a query", join("/paths", key), hint)
