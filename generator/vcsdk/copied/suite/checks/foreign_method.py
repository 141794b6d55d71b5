"""A method that a path does not have is refused with 405, or 404; above all TRACE, which would repeat the token.

RFC 9110, 15.5.6; TRACE must not be answered with credentials in it (RFC 9110, 9.3.8).
"""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding

CHECK = Check("foreign-method", __doc__, ("any-method-accepted", "trace-echoes"), severity="behaviour")


def hold(answer: Answer) -> None:
    """The request was refused."""
    if answer.status not in (404, 405, 501):
        told = f"the method {answer.method} must be refused here"
        raise Finding(CHECK, told, answer, observed=f"{answer.method} {answer.status}")
