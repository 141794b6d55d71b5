"""What the target of an overlay names: JSONPath (RFC 9535), by the library python-jsonpath, within bounds.

A short target can ask for endless work: filters within filters, descents from every descendant, patterns with nested
quantifiers.  So every node that is looked at is counted, and patterns run in an engine whose time is linear.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

import jsonpath
import jsonschema_rs
from jsonpath.function_extensions import ExpressionType, FilterFunction

from vcsdk.load.limits import MAX_DEPTH

MOST_STEPS = 5_000_000
"""Most nodes that the targets of one overlay may look at (seconds); one over VMware's largest takes 0.4 million."""

_MOST_SELECTORS = 64
_LONGEST = 10_000
_FLAGS = ((re.IGNORECASE, "i"), (re.MULTILINE, "m"), (re.DOTALL, "s"))


class TooMuchError(Exception):
    """The targets look at more nodes than they may."""


class Targets:
    """Finds what targets name; all of an overlay together may look at MOST_STEPS nodes."""

    def __init__(self) -> None:
        self._environment = _Environment()

    def find(self, target: str, data: Any) -> list[tuple[Any, ...]]:
        """The keys and positions on the way to each node that a target names, in the order of the document.

        Raises:
            ValueError: It is not JSONPath; the text says why.
            TooMuchError: It looks at too many nodes.
        """
        try:
            if len(target) > _LONGEST:
                raise TooMuchError
            path = self._environment.compile(target)
            if _branches(path) > _MOST_SELECTORS:
                raise TooMuchError
            found = []
            for match in path.finditer(data):
                self._environment.spend()
                found.append(match.parts)
        except (jsonpath.JSONPathError, RecursionError) as problem:
            text = getattr(problem, "message", None) or str(problem)
            raise ValueError(text.splitlines()[0] if text else type(problem).__name__) from problem
        return found


class _Environment(jsonpath.JSONPathEnvironment):
    """Counts: the library asks it for the depth of every descent, each member, each comparison, each truth."""

    def __init__(self) -> None:
        super().__init__()
        self._left = MOST_STEPS

    def spend(self, steps: int = 1) -> None:
        self._left -= steps
        if self._left < 0:
            raise TooMuchError

    @property
    def max_recursion_depth(self) -> int:  # type: ignore[override]
        self.spend()
        # Updates may have nested what was read deeper by a few.
        return 2 * MAX_DEPTH

    def getitem(self, obj: Any, key: Any) -> Any:
        self.spend()
        return super().getitem(obj, key)

    def is_truthy(self, obj: object) -> bool:
        self.spend()
        return super().is_truthy(obj)

    def compare(self, left: object, operator: str, right: object) -> bool:
        self.spend(1 + min(_size(left), _size(right)))
        if operator == "=~" and isinstance(right, re.Pattern):
            flags = "".join(letter for flag, letter in _FLAGS if right.flags & flag)
            return isinstance(left, str) and _fits(left, f"(?{flags}:{right.pattern})" if flags else right.pattern)
        return super().compare(left, operator, right)

    def setup_function_extensions(self) -> None:
        super().setup_function_extensions()
        self.function_extensions["match"] = _Pattern(whole=True)
        self.function_extensions["search"] = _Pattern(whole=False)


class _Pattern(FilterFunction):
    """`match` and `search` (RFC 9535, 2.4.6 and 2.4.7)."""

    arg_types = [ExpressionType.VALUE, ExpressionType.VALUE]  # noqa: RUF012 - as the library declares it
    return_type = ExpressionType.LOGICAL

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole

    def __call__(self, value: object, pattern: object) -> bool:
        return isinstance(value, str) and isinstance(pattern, str) and _fits(value, pattern, whole=self._whole)


def _fits(text: str, pattern: str, *, whole: bool = True) -> bool:
    fits = _compiled(rf"\A(?:{pattern})\z" if whole else pattern)
    return fits is not None and fits.is_valid(text.encode("utf-8", "replace").decode())


@functools.lru_cache(maxsize=64)
def _compiled(pattern: str) -> jsonschema_rs.Draft202012Validator | None:
    """A judge of texts in time that is linear in their length; None for what is no pattern, which fits nothing."""
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions())
    except (jsonschema_rs.ValidationError, ValueError):
        return None


def _branches(node: Any, depth: int = 0) -> int:
    """How many ways a path goes at once, those of the paths in its filters included."""
    if depth > _MOST_SELECTORS:
        raise TooMuchError
    if (paths := getattr(node, "paths", None)) is not None:
        return sum(_branches(each[1] if isinstance(each, tuple) else each, depth + 1) for each in (node.path, *paths))
    ways = 1
    for segment in getattr(getattr(node, "path", node), "segments", ()):
        ways *= max(1, len(segment.selectors))
        for selector in segment.selectors:
            expression = getattr(selector, "expression", None)
            ways = max(ways, _within(expression, depth + 1)) if expression is not None else ways
        if ways > _MOST_SELECTORS:
            break
    return ways


def _within(expression: Any, depth: int) -> int:
    if depth > _MOST_SELECTORS:
        raise TooMuchError
    own = _branches(expression, depth + 1) if hasattr(expression, "path") else 1
    return max([own, *(_within(child, depth + 1) for child in expression.children())])


def _size(node: Any) -> int:
    """How many nodes a comparison may walk: those of a container."""
    count, pending = 0, [node]
    while pending and count < MOST_STEPS:
        current = pending.pop()
        if isinstance(current, str) or not isinstance(current, Mapping | Sequence):
            continue
        count += 1
        pending += current.values() if isinstance(current, Mapping) else current
    return count
