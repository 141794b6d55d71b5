"""The check `ref-kind`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check
from vcsdk.load.pointer import from_fragment


@check("ref-kind")
def references_fit(subject: Subject) -> Iterator[Finding]:
    """A `$ref` names a node of the kind that is needed where it stands."""
    for reference in subject.index.references:
        kind = subject.index.kinds.get(from_fragment(reference.target[1:])) if reference.target[:1] == "#" else None
        if kind is not None and kind != reference.kind:
            target = subject.document.as_written(reference.target)
            message = f"`{target}` is {_spell(kind)}, and {_spell(reference.kind)} is needed here"
            yield Finding(message, f"{reference.pointer}/$ref")


def _spell(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeio' else 'a'} {kind.replace('_', ' ')}"
