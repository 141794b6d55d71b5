"""What a check is, and how a rule declares itself."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from vcsdk.diagnostics import Level
from vcsdk.load.document import Document
from vcsdk.load.walk import Index


class Finding(msgspec.Struct, frozen=True):
    """A problem: what it is, the pointer it stands at (with `key`, its key), how to mend it, how bad it is."""

    message: str
    pointer: str
    hint: str | None = None
    level: Level = Level.ERROR
    key: bool = False


class Subject(msgspec.Struct, frozen=True):
    """What a check looks at: the normalised document and a walk over it."""

    document: Document
    index: Index

    def target(self, node: Any) -> dict[str, Any]:
        """The object behind a node that may be a `$ref`, or an empty one where there is none."""
        for _ in range(50):
            if not isinstance(node, dict):
                return {}
            reference = node.get("$ref")
            if not isinstance(reference, str):
                return node
            try:
                node = self.document.resolve(reference)[1]
            except KeyError:
                return {}
        return {}


class Check(msgspec.Struct, frozen=True):
    """A check with its rule id; `find` yields what is wrong.

    `repeats_load` tells that it finds again what loading found: where an error stands already, it adds none.
    """

    id: str
    find: Callable[[Subject], Iterator[Finding]]
    repeats_load: bool = False

    @property
    def summary(self) -> str:
        """The first line of the check's reason, for lists and the docs."""
        return (self.find.__doc__ or "").strip().partition("\n")[0]


def check(id: str, *, repeats_load: bool = False) -> Callable[[Callable[[Subject], Iterator[Finding]]], Check]:  # noqa: A002
    """Declare a check: `@check("ref-cycle")`; the function's docstring is its reason."""

    def declare(find: Callable[[Subject], Iterator[Finding]]) -> Check:
        return Check(id, find, repeats_load)

    return declare


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The hint "did you mean `…`?" with the known word that resembles this one most, or None where none does."""
    words = [other for other in known if other != word]
    found = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if not found:
        folded = {other.casefold(): other for other in words}
        found = [folded[near] for near in difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)]
    return f"did you mean `{found[0]}`?" if found else None
