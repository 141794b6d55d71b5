"""`Location` of an answer 201 leads to what was made (RFC 9110, 10.2.2 and 15.3.2)."""

from __future__ import annotations

import pytest

from .. import making, paths
from ..check import Check, Finding
from ..lives import Life
from ..target import Target

CHECK = Check("location-leads", __doc__, ("location-wrong",), severity="behaviour")


def hold(target: Target, life: Life) -> None:
    """It is on the same server at a path that can be read, and shows what was sent; of the second of two things."""
    making.make(target, life)
    made = making.make(target, life)
    place = making.located(target, made.answer) if made.answer.status == 201 else None
    prefix = target.run.catalogue.prefix
    if place is None or target.run.catalogue.match("GET", paths.as_sent(prefix + place)) is None:
        pytest.skip("not exercised: the answer has no `Location` that the description says how to read")
    answer = target.send("GET", place)
    if not 200 <= answer.status < 300:
        told = f"`Location` leads to what answers {answer.status}"
        raise Finding(CHECK, told, answer, path="location", observed=f"status {answer.status}", operation=life.create)
    target.hold(answer, expect=answer.status)
    if not answer.is_json or paths.as_sent(place).rstrip("/") == paths.as_sent(made.path).rstrip("/"):
        return
    name = life.difference(made.said, life.values(answer.result))
    if name:
        told = f"`Location` leads to something else: its `{name}` is not what was sent"
        raise Finding(CHECK, told, answer, path="location", observed="something else", operation=life.create)
