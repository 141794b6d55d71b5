"""The rule `nothing-given`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.load.pointer import find, parent, split
from vcsdk.normalize.registry import Context, Repair, rule

_ANYTHING = frozenset(
    ("schema", "path_item", "operation", "media", "response", "header", "example", "link", "callback", "encoding")
)
"""Kinds of which an empty object is one."""


@rule("nothing-given", level="note", reshapes=True)
def leave_out_what_has_no_value(context: Context) -> Iterator[Repair]:
    """A field is announced and nothing follows (`description:` alone, which is null in YAML): it says nothing.

    What is called by a name or a status stays, and says nothing of itself: a schema of anything, an operation that is
    only there.
    """
    for problem in reversed(context.index.malformed):
        if problem.found is not None:
            continue
        try:
            holder = find(context.document.data, parent(problem.pointer))
            value = find(context.document.data, problem.pointer)
        except KeyError:
            continue
        if value is not None or not problem.pointer:
            continue
        name, origin = split(problem.pointer)[-1], context.document.origin(problem.pointer)
        if problem.kind in _ANYTHING:
            holder[int(name) if isinstance(holder, list) else name] = {}
            yield Repair(origin, f"`{name}` has no value; took it to say nothing")
        else:
            context.document.take_out(problem.pointer)
            yield Repair(origin, f"`{name}` has no value; left it out")
