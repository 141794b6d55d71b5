"""What a repair is, and how a rule declares itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from vcsdk.config.model import Config
from vcsdk.diagnostics import Diagnostics, Level, Origin
from vcsdk.load.document import Document
from vcsdk.load.walk import Index


class Repair(msgspec.Struct, frozen=True):
    """One place that was mended: where it was written, and what was done in words."""

    origin: Origin
    message: str


class RepairMade(msgspec.Struct, frozen=True):
    """What a rule did to a document: its id and level, and every place in the order of the document."""

    rule: str
    level: Level
    places: tuple[Repair, ...]

    @property
    def count(self) -> int:
        """How many places were mended."""
        return len(self.places)


class Context(msgspec.Struct, frozen=True):
    """What a rule works on: the document (mended in place), the walk over it, the configuration, the findings.

    `profile` is the one that the description has (`profile_of`): some rules know what one vendor means.
    `index` was made before the first rule, or behind the last one that `reshapes`; rules that rename path keys run
    last, so that its pointers hold for all others.
    """

    document: Document
    index: Index
    config: Config
    diagnostics: Diagnostics
    profile: str


class Rule(msgspec.Struct, frozen=True):
    """A repair with its id; `make` mends and yields what it mended.

    `of_the_api` is true where it tells operations apart, for which it has to see those of every description.
    `reshapes` is true where it makes nodes of what was none: the document is walked again for the rules behind it.
    """

    id: str
    level: Level
    make: Callable[[Context], Iterator[Repair]]
    of_the_api: bool = False
    reshapes: bool = False

    @property
    def summary(self) -> str:
        """The first line of the rule's reason, for `--list` and the docs."""
        return (self.make.__doc__ or "").strip().partition("\n")[0]


def folded(name: str) -> str:
    """A name without what spellings of it differ in: case and punctuation."""
    return re.sub(r"[\W_]", "", name.casefold())


def rule(
    id: str,  # noqa: A002
    *,
    level: str = "warning",
    of_the_api: bool = False,
    reshapes: bool = False,
) -> Callable[[Callable[[Context], Iterator[Repair]]], Rule]:
    """Declare a repair: `@rule("query-in-path", level="note")`; the function's docstring is its reason."""

    def declare(make: Callable[[Context], Iterator[Repair]]) -> Rule:
        return Rule(id, Level(level), make, of_the_api, reshapes)

    return declare
