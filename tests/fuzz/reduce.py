"""A small description with the same fault: parts are taken away as long as the fault stays."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable
from typing import Any

from tests.fuzz.mutate import places


def reduced(document: Any, has_fault: Callable[[bytes], bool], seconds: float = 60.0) -> bytes:
    """The smallest text that was found in the time there is; `has_fault` judges JSON."""
    ends = time.monotonic() + seconds
    best = document
    while time.monotonic() < ends:
        smaller = _smaller(best, has_fault, ends)
        if smaller is None:
            break
        best = smaller
    return _text(best)


def _text(document: Any) -> bytes:
    return json.dumps(document, indent=1).encode()


def _smaller(document: Any, has_fault: Callable[[bytes], bool], ends: float) -> Any:
    """One part less; the largest that can go."""
    known = [(index, len(json.dumps(container[key]))) for index, (container, key) in enumerate(places(document))]
    for index, _ in sorted(known, key=lambda each: -each[1]):
        if time.monotonic() > ends:
            return None
        trial = copy.deepcopy(document)
        container, key = list(places(trial))[index]
        del container[key]
        if has_fault(_text(trial)):
            return trial
    return None
