"""The rules about bounds of values: a row a keyword, for requests and for answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from vcsdk.diff.changes import Pair
from vcsdk.diff.registry import Rule, rule
from vcsdk.diff.rules.bounds import loosened, tightened
from vcsdk.ir import Constraints


class _Bound(NamedTuple):
    """A keyword, how rules call what refuses more of them and less, the values in question, whether they exceed it."""

    name: str
    keyword: str
    less: str
    more: str
    values: str
    exceed: bool = True


_BOUNDS = (
    _Bound("minimum", "minimum", "raised", "lowered", "Smaller numbers"),
    _Bound("maximum", "maximum", "lowered", "raised", "Larger numbers"),
    _Bound("multiple-of", "multipleOf", "tightened", "loosened", "Numbers between the steps", exceed=False),
    _Bound("min-length", "minLength", "raised", "lowered", "Shorter texts"),
    _Bound("max-length", "maxLength", "lowered", "raised", "Longer texts"),
    _Bound("min-items", "minItems", "raised", "lowered", "Shorter lists"),
    _Bound("max-items", "maxItems", "lowered", "raised", "Longer lists"),
    _Bound("unique-items", "uniqueItems", "added", "removed", "Lists with repeated items", exceed=False),
    _Bound("min-properties", "minProperties", "raised", "lowered", "Objects with fewer properties"),
    _Bound("max-properties", "maxProperties", "lowered", "raised", "Objects with more properties"),
)


def bounds(side: Literal["request", "response"]) -> tuple[Rule, ...]:
    """The rules of one side: `request-min-items-raised` and all the others."""
    return tuple(made for bound in _BOUNDS for made in _rules(bound, side))


def _rules(bound: _Bound, side: str) -> Iterator[Rule]:
    sent = side == "request"
    direction = "request" if sent else "answer"
    for word, judge, breaks, meaning in (
        (bound.less, tightened, sent, "that were accepted are refused." if sent else "are no longer sent."),
        (bound.more, loosened, not sent, "are accepted that were refused." if sent else _may_be_sent(bound)),
    ):
        declare = rule(
            f"{side}-{bound.name}-{word}",
            on=Pair[Constraints],
            level="breaking" if breaks else "safe",
            area="schema",
            direction=direction,
        )
        yield declare(_judge(judge, bound.keyword, f"{bound.values} {meaning}"))


def _may_be_sent(bound: _Bound) -> str:
    if bound.exceed:
        return "than the old description allows may be sent, and clients that check refuse them."
    return "may be sent, and clients that check by the old description refuse them."


def _judge(compare: Callable[..., str | None], keyword: str, meaning: str) -> Callable[[Pair[Constraints]], str | None]:
    def judge(change: Pair[Constraints]) -> str | None:
        return compare(change, keyword)

    judge.__doc__ = meaning
    return judge
