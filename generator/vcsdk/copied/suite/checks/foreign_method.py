"""A method that a path does not have is refused with 405, or 404; above all TRACE, which would repeat the token.

RFC 9110, 15.5.6; TRACE must not be answered with credentials in it (RFC 9110, 9.3.8).  A path that is there for one
method that it lacks (405) is not missing for another (404).
"""

from __future__ import annotations

from ..answers import Answer
from ..check import Check, Finding
from ..target import Target

CHECK = Check(
    "foreign-method", __doc__, ("any-method-accepted", "method-not-found", "trace-echoes"), severity="behaviour"
)


def hold(answer: Answer) -> None:
    """The request was refused."""
    if answer.status not in (404, 405, 501):
        told = f"the method {answer.method} must be refused here"
        raise Finding(CHECK, told, answer, observed=f"{answer.method} {answer.status}")


def hold_beside(target: Target, method: str, path: str, other: str) -> None:
    """The request was refused, and in the same way as with `other`, a method that the path has not, either, if any."""
    answer = target.request(method, path, expect=hold)
    if other and answer.status == 404 and target.request(other, path, expect=hold).status == 405:
        told = f"{method} is answered 404, as if the path were not there, and {other} 405, as if it were"
        raise Finding(CHECK, told, answer, observed=f"{method} 404, {other} 405")
