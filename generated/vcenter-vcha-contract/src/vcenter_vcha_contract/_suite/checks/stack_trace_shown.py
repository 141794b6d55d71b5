"""No answer shows the server's insides: a stack trace of Python, Java, JavaScript or Go."""

from __future__ import annotations

import re

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract

CHECK = Check("stack-trace-shown", __doc__, ("stack-trace-in-error", "trace-while-starting"), severity="security")

_STACK_TRACE = re.compile(
    r"Traceback \(most recent call last\)"
    r"|File \"[^\"\n]+\", line \d+"
    r"|\bat [\w$.<>]+\([\w$]+\.(?:java|kt|scala):\d+\)"
    r"|(?:^|\\n|\n)\s*at [\w$.]+ \([^)\n]+:\d+:\d+\)"
    r"|goroutine \d+ \[running\]"
)


def hold(answer: Answer, contract: Contract) -> None:  # noqa: ARG001 - all checks of answers have one shape
    """The body has no text that only a stack trace has."""
    if _STACK_TRACE.search(answer.text):
        raise Finding(CHECK, "the answer shows a stack trace", answer, observed="stack trace")
