"""The rule `boolean-as-text`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.load.pointer import find, parent, split
from vcsdk.normalize.registry import Context, Repair, rule

_VALUES = {"true": True, "false": False}


@rule("boolean-as-text", level="warning")
def read_the_boolean(context: Context) -> Iterator[Repair]:
    """A field that is true or false holds the text `"true"` (VMware's 7.0.2 file): the boolean is meant."""
    for problem in context.index.malformed:
        if problem.expected == "true or false" and problem.found in ("true", "false"):
            holder, name = find(context.document.data, parent(problem.pointer)), split(problem.pointer)[-1]
            if isinstance(holder, dict) and holder.get(name) == problem.found:
                holder[name] = _VALUES[problem.found]
                message = f'`{name}` is the text "{problem.found}"; took the boolean'
                yield Repair(context.document.origin(problem.pointer), message)
