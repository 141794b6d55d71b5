"""A finding in a sentence that a person understands without the suite: what was asked, and what came."""

from __future__ import annotations

from .breach import Breach
from .check import Finding
from .checks import expected_status, status_documented
from .gate import Exchange
from .refusals import either

_LONGEST_TARGET = 120
_LONGEST_REST = 160
_LONGEST_CASE = 60
_WITH_BODY = ("POST", "PUT", "PATCH")


def title(error: BaseException, found: Breach, exchange: Exchange | None, told: str, case: str = "") -> str:
    """`GET /items?cursor=text answered 500, not 400`; what the message begins with, where no request is to blame.

    Args:
        error: What the test failed with.
        found: What it stands for.
        exchange: The request that showed it, None for none.
        told: What it says.
        case: What the test was tried with, of several; "" for nothing.
    """
    first = next((line.strip() for line in told.splitlines() if line.strip()), found.rule)
    if exchange is None or exchange.request is None:
        return _short(first, _LONGEST_REST)
    asked = f"{exchange.request.method} {_short(exchange.request.url.raw_path.decode(), _LONGEST_TARGET)}"
    if not exchange.status:
        return f"{asked} got no answer"
    answered = f"{asked} answered {exchange.status}"
    if isinstance(error, Finding) and error.check is status_documented.CHECK:
        return f"{answered}, which is not documented"
    if isinstance(error, Finding) and error.check is expected_status.CHECK:
        if case and exchange.request.method in _WITH_BODY and case not in exchange.request.url.raw_path.decode():
            # What was wrong with a body is not in the address.
            answered = f"{asked} ({_short(case, _LONGEST_CASE)}) answered {exchange.status}"
        return f"{answered}, not {either(error.expected)}" if error.expected else answered
    if exchange.status >= 500 and not found.of_check:
        return answered
    short = error.short if isinstance(error, Finding) and error.short else first[:1].lower() + first[1:]
    return f"{answered}: {_short(short, _LONGEST_REST)}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
