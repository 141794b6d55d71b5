"""The rule `undeclared-schema`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any

from vcsdk.load.pointer import from_fragment
from vcsdk.normalize.registry import Context, Repair, folded, rule

_PREFIX = "/components/schemas/"
_SIMILAR = 0.75
_NAME = re.compile(r"[A-Za-z0-9._-]{4,}")
"""What can be a name ("Components Object") and is long enough to tell another name from a misspelling."""

_MOST_NAMES = 50
"""As many names as a file can have lost; one that misses more is broken, and comparing names takes time for each."""


@rule("undeclared-schema", level="warning")
def accept_any_json(context: Context) -> Iterator[Repair]:
    """A schema refers to one that is not declared, and no declared name is like it: any JSON is accepted there.

    VMware's 7.0.2 file refers to two.  Where a name is like it, in whatever section, it is taken for a misspelling,
    which only a person can mend: it stays, and the check `dangling-ref` names it.
    """
    components = context.document.data.get("components")
    sections = components.values() if isinstance(components, dict) else ()
    declared = {folded(str(name)) for section in sections if isinstance(section, dict) for name in section}
    schemas = components.get("schemas") if isinstance(components, dict) else None
    known: set[Any] = set(schemas) if isinstance(schemas, dict) else set()
    lost: dict[str, bool] = {}
    for reference in context.index.references:
        pointer = from_fragment(reference.target[1:]) if reference.target.startswith("#") else ""
        if reference.kind != "schema" or not pointer.startswith(_PREFIX):
            continue
        name = pointer[len(_PREFIX) :]
        if name in known or not _NAME.fullmatch(name):
            continue
        if name not in lost:
            lost[name] = len(lost) < _MOST_NAMES and not _is_like_one(folded(name), declared)
        if lost[name]:
            written = context.document.as_written(reference.target)
            if context.document.is_31:
                del reference.node["$ref"]
            else:
                # In 3.0 what stands beside a `$ref` is ignored ("Reference Object").
                reference.node.clear()
            yield Repair(context.document.origin(reference.pointer), f"`{written}` is not declared; accepted any JSON")


def _is_like_one(name: str, declared: set[str]) -> bool:
    return bool(difflib.get_close_matches(name, declared, n=1, cutoff=_SIMILAR))
