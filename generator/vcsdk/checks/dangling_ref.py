"""The check `dangling-ref`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.checks.registry import Finding, Subject, check, nearest
from vcsdk.load.pointer import escape, find, from_fragment, split

_MOST_HINTS = 50


@check("dangling-ref", repeats_load=True)
def references_resolve(subject: Subject) -> Iterator[Finding]:
    """Every `$ref` names a node that exists."""
    hints = 0
    for reference in subject.index.references:
        target = reference.target
        if not target.startswith("#"):
            yield Finding(f"`{target}` is outside the description", f"{reference.pointer}/$ref")
            continue
        try:
            subject.document.resolve(target)
        except KeyError:
            # Comparing names takes time for each pair of them, and nobody reads the hundredth suggestion.
            hints += 1
            hint = _hint(subject.document.data, from_fragment(target[1:])) if hints <= _MOST_HINTS else None
            yield Finding(f"`{subject.document.as_written(target)}` does not exist", f"{reference.pointer}/$ref", hint)


def _hint(data: dict[str, Any], pointer: str) -> str | None:
    """The nearest name where the last part is wrong; else the same name in another section of `components`."""
    tokens = split(pointer)
    if not tokens:
        return None
    try:
        holder = find(data, "".join("/" + escape(token) for token in tokens[:-1]))
    except KeyError:
        holder = None
    components = data.get("components")
    if isinstance(components, dict):
        for section, nodes in components.items():
            if isinstance(nodes, dict) and tokens[-1] in nodes:
                return f"did you mean `#/components/{section}/{escape(tokens[-1])}`?"
    return nearest(tokens[-1], holder) if isinstance(holder, dict) else None
