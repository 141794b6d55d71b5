"""The nodes that a JSONPath names, found within bounds: a filter in a filter asks once for every pair of nodes."""

from __future__ import annotations

import re
import sys
import time
from typing import Any

from vcsdk.ir.explosion import explodes
from vcsdk.load.limits import UnboundedError

MAX_MATCHES = 200_000
"""Most nodes that one target may name."""

MAX_SECONDS = 20.0
"""Longest that one target may be looked for, in seconds of processor time."""

_PATTERNS = re.compile(r"=~\s*/((?:\\.|[^/\\])*)/")


def select(target: str, data: Any) -> list[tuple[Any, ...]]:
    """The keys that lead to each node, in document order.

    Raises:
        UnboundedError: There are too many, or finding them takes too long, or may take for ever.
        jsonpath.JSONPathError: The target is not JSONPath.
    """
    import jsonpath  # few runs have an overlay, and all would pay for it
    from jsonpath import function_extensions

    class Match(function_extensions.Match):
        def check_cache(self, pattern: str) -> Any:
            _refuse_explosive(pattern)
            return super().check_cache(pattern)

    class Search(function_extensions.Search):
        def check_cache(self, pattern: str) -> Any:
            _refuse_explosive(pattern)
            return super().check_cache(pattern)

    for found in _PATTERNS.finditer(target):
        _refuse_explosive(found[1])
    environment = jsonpath.JSONPathEnvironment()
    environment.function_extensions |= {"match": Match(), "search": Search()}
    ends = time.thread_time() + MAX_SECONDS

    def watch(*_: object) -> None:
        if time.thread_time() > ends:
            raise UnboundedError("too-large", f"the target takes more than {MAX_SECONDS:g} s to find")

    before = sys.getprofile()
    # Evaluation is one call that may never give a node; this is told of each call inside it.
    sys.setprofile(watch)
    try:
        matches: list[tuple[Any, ...]] = []
        for match in environment.finditer(target, data):
            if len(matches) >= MAX_MATCHES:
                raise UnboundedError("too-large", f"the target names more than {MAX_MATCHES:,} nodes")
            matches.append(match.parts)
        return matches
    finally:
        sys.setprofile(before)


def _refuse_explosive(pattern: str) -> None:
    if explodes(pattern):
        raise UnboundedError("too-large", f"the pattern `{pattern}` can take time exponential in the text")
