"""A planned failover loses nothing: the record of its own task can be read afterwards, and says SUCCEEDED."""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check("planned-keeps-record", __doc__, ("planned-ignored",), severity="behaviour")


def hold(answer: Answer) -> None:
    """The record is still there."""
    if answer.status == 404:
        raise Finding(CHECK, "the record of a planned failover is lost", answer, observed="status 404")
