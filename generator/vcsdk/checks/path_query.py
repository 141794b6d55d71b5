"""The check `path-query`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check
from vcsdk.load.extensions import entries
from vcsdk.load.pointer import join
from vcsdk.normalize.query_key import problem, split_key


@check("path-query")
def paths_have_no_query(subject: Subject) -> Iterator[Finding]:
    """No path key carries a query: one is left where it has no form as parameters, or where the repair is off."""
    paths = subject.document.data.get("paths")
    for key, _ in entries(paths):
        if "?" in key.partition("#")[0]:
            reason = problem(split_key(key)[2])
            hint = "let the repair `query-in-path` move it to parameters" if reason is None else None
            yield Finding(reason or "a path key cannot carry a query", join("/paths", key), hint)
