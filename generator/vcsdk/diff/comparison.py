"""Two descriptions side by side: what the rules say, and what belongs together in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from vcsdk.diff.changes import Change, Pair, Unused
from vcsdk.diff.compare.api import changes
from vcsdk.diff.compare.calls import CallComparison
from vcsdk.diff.compare.operations import match
from vcsdk.diff.compare.schemas import SchemaComparison
from vcsdk.diff.compare.texts import TextComparison
from vcsdk.diff.compare.unused import Component, unused
from vcsdk.diff.explained import unexplained
from vcsdk.diff.finding import Finding
from vcsdk.diff.judge import judge
from vcsdk.diff.rules.table import RULES
from vcsdk.diff.scale import Direction, Severity
from vcsdk.ir import Api, Operation
from vcsdk.load import Document
from vcsdk.naming.successors import replacements


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
        """The operation that the description says replaces a deprecated one of the new API, by that one's key."""
        operations = {operation.key: operation for operation in self.new.operations}
        return {key: operations[newer] for key, newer in replacements(self.new, self.documents[1]).items()}


def compare_apis(old: Api, new: Api, documents: tuple[Document, Document]) -> Comparison:
    """Compare two named APIs.  The Python names made from them are compared elsewhere."""
    schemas = SchemaComparison.of(old, new)
    texts = TextComparison(*documents)
    found = judge(changes_of_apis(old, new, documents, schemas, texts), RULES)
    found += judge(unexplained(texts.unexplained, found), RULES)
    found.sort(key=lambda finding: finding.order)
    return Comparison(old, new, documents, tuple(found), match(old, new).pairs, schemas.kin())


def changes_of_apis(
    old: Api, new: Api, documents: tuple[Document, Document], schemas: SchemaComparison, texts: TextComparison
) -> Iterator[Change]:
    """Every change of what two APIs do, then of the components that do nothing in them."""
    calls = CallComparison.of(old, new, texts)
    yield from changes(old, new, documents, schemas, texts, calls)
    yield from _changes_of_unused(unused(old, new, calls.schemas), schemas, texts)


def _changes_of_unused(
    components: Sequence[Component], schemas: SchemaComparison, texts: TextComparison
) -> Iterator[Change]:
    """What changed in components that nothing uses: it can only be named."""
    for component in components:
        sent, got = (judge(component.changes(schemas, way), RULES) for way in (Direction.REQUEST, Direction.RESPONSE))
        worse = {finding.site.path for finding in (*sent, *got) if finding.level is not Severity.SAFE}
        told = {finding.site.path for finding in sent}
        for finding in (*sent, *(each for each in got if each.site.path not in told)):
            if finding.rule.wording:
                yield finding.change
            else:
                harmless = finding.site.path not in worse
                yield Pair(finding.site, Unused(""), Unused(finding.message, harmless))
        yield from component.texts(schemas, texts)
