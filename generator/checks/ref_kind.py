"""The check `ref-kind`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.registry import Finding, Subject, check
from generator.load.grammar import SECTIONS
from generator.load.pointer import from_fragment


@check("ref-kind")
def references_fit(subject: Subject) -> Iterator[Finding]:
    """A `$ref` into `components` names a node of the kind that is needed where it stands."""
    known = set(SECTIONS.values())
    for reference in subject.index.references:
        tokens = from_fragment(reference.target).split("/")
        if tokens[:2] != ["#", "components"] or len(tokens) != 4 or tokens[2] not in known:
            continue
        wanted = SECTIONS[reference.kind]
        if tokens[2] != wanted:
            message = f"`{reference.target}` is one of `{tokens[2]}`, and one of `{wanted}` is needed here"
            yield Finding(message, f"{reference.pointer}/$ref")
