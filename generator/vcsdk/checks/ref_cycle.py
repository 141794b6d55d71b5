"""The check `ref-cycle`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check
from vcsdk.load.pointer import from_fragment


@check("ref-cycle")
def references_end(subject: Subject) -> Iterator[Finding]:
    """A chain of `$ref`s ends at something that is not a `$ref`."""
    following = {r.pointer: from_fragment(r.target[1:]) for r in subject.index.references if len(r.node) >= 1}
    followed: set[str] = set()
    for start in following:
        trail: dict[str, None] = {}
        here = start
        while here in following and here not in trail and here not in followed:
            trail[here] = None
            here = following[here]
        followed.update(trail)
        if here in trail:
            yield Finding("this `$ref` leads back to itself and never to a value", f"{here}/$ref")
