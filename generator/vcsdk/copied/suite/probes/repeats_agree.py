"""The same reading, made again, is answered the same way: the same status, and the same values but for times.

A state that others change between two readings is no finding, nor is a clock, a gauge or a drawn number, which is
another one each time; one that flips back and forth between few values is, and so is a server that refuses (429) a
client which sends one request after the other.
"""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

from ..check import Check, Finding
from ..reading import read_json
from ..target import Target

CHECK = Check("repeats-agree", __doc__, ("unstable-answers", "refuses-every-fifth"), severity="behaviour")
READINGS = 8
_STATES = 3
_TIME = re.compile(rb'"\d{4}-\d\d-\d\dT[^"]*"')


def hold(target: Target, method: str, path: str, body: Any) -> None:
    """The statuses are equal, and the values change at most twice, or are nearly all different."""
    answers = [target.send(method, path, body) for _ in range(READINGS)]
    usual = answers[0].status
    for answer in answers:
        if answer.status != usual:
            told = f"the same reading was answered {usual} and {answer.status}"
            raise Finding(CHECK, told, answer, observed=f"{usual} and {answer.status}")
    values = [_without_times(answer.content) for answer in answers]
    changes = sum(before != after for before, after in itertools.pairwise(values))
    if changes > 2 and len({json.dumps(value, sort_keys=True) for value in values}) <= _STATES:
        told = f"the same reading was answered differently {changes} times in {READINGS} readings"
        raise Finding(CHECK, told, answers[-1], path="$", observed="changing values", severity="content")


def _without_times(content: bytes) -> Any:
    text = _TIME.sub(b'"time"', content)
    try:
        return read_json(text)
    except ValueError:
        return text.decode(errors="replace")
