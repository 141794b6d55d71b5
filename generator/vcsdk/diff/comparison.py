"""Two descriptions side by side: what the rules say, and what belongs together in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from vcsdk.diff.changes import Change
from vcsdk.diff.compare.api import changes
from vcsdk.diff.compare.operations import match
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.compare.texts import TextComparison
from vcsdk.diff.finding import Finding
from vcsdk.diff.judge import judge
from vcsdk.diff.rules.table import RULES
from vcsdk.diff.scale import Direction
from vcsdk.diff.site import Part
from vcsdk.ir import Api, Operation
from vcsdk.load import Document

_REPLACED = "x-vmw-deprecated"


@dataclass(frozen=True)
class Comparison:
    """What was found of two APIs, and how to tell what follows from what.

    `findings` are about the API alone, worst first.  `operations` are the pairs that are the same request, `kin` the
    keys of the schemas that stood side by side, the old one first in both.
    """

    old: Api
    new: Api
    documents: tuple[Document, Document]
    findings: tuple[Finding, ...]
    operations: tuple[tuple[Operation, Operation], ...]
    kin: frozenset[tuple[str, str]]

    @cached_property
    def replacements(self) -> Mapping[str, Operation]:
        """The operation that a deprecated one of the new API is there as well in a newer form, by the old one's key.

        As vAPI's descriptions say it: `x-vmw-deprecated` has a reference to what replaces the operation.
        """
        api, document = self.new, self.documents[1]
        if api.profile != "vapi":
            return {}
        places = {operation.origin.pointer: operation for operation in api.operations}
        found = {}
        for operation in api.operations:
            said = document.resolve(f"#{operation.key.lstrip('#')}")[1].get(_REPLACED)
            target = said.get("replacement") if isinstance(said, dict) else None
            newer = places.get(target.partition("#")[2]) if isinstance(target, str) else None
            if newer is not None:
                found[operation.key] = newer
        return found


def compare_apis(old: Api, new: Api, documents: tuple[Document, Document]) -> Comparison:
    """Compare two named APIs.  The Python names made from them are compared elsewhere."""
    schemas = SchemaComparison.of(old, new)
    texts = TextComparison(*documents)
    found = judge(changes(old, new, documents, schemas, texts), RULES)
    found += judge(unexplained(texts.unexplained, found), RULES)
    found.sort(key=lambda finding: finding.order)
    return Comparison(old, new, documents, tuple(found), match(old, new).pairs, schemas.kin())


def unexplained(changes: Sequence[Change], findings: Sequence[Finding]) -> Iterator[Change]:
    """Differences of words that rules read, where no rule spoke of the place, nor of what the operation does."""
    spoken = {finding.site.operation for finding in findings if not finding.rule.wording}
    places = {place for finding in findings for place in (finding.site.old, finding.site.new) if place is not None}
    of_errors = any(finding.site.position.part is Part.ERROR for finding in findings)
    for change in changes:
        error = change.site.direction is Direction.ERROR and of_errors
        here = places.isdisjoint((change.site.old, change.site.new))
        if here and change.site.operation not in spoken and not error:
            yield change
