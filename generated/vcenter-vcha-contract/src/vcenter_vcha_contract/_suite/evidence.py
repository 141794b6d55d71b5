"""What a failed test shows: which rule is broken, by which answer, and how to see it again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import pytest

from . import breach, titles
from .breach import Breach
from .check import Finding, Severity
from .gate import Exchange
from .recording import Recorder


def fingerprint(operation: str, check: str, path: str, observed: str) -> str:
    """Twelve hexadecimal digits that are the same for the same breach in every run: no id, time or token goes in."""
    told = "\n".join((operation, check, path, observed))
    # What a server says may hold half a surrogate pair, which JSON can escape.
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def describe(
    item: pytest.Item,
    error: BaseException,
    operation: str,
    exchanges: Sequence[Exchange],
    recorder: Recorder,
    task_reader: str = "",
) -> dict[str, Any]:
    """The finding of a failed test, secrets masked.

    `operation` is what the test is about; a check's exception (`check.Finding`) may name another, and one that names
    none right after a task was read is about the operation `task_reader`, whoever started the task.  Failures of
    schemathesis and plain assertions are findings too: their check is the kind of failure, or the test.
    """
    found = breach.read(item, error, recorder.clean)
    named = found.operation
    if found.of_check and not named and exchanges and exchanges[-1].operation == task_reader:
        named = task_reader
    operation = named or operation
    showing = _showing(exchanges, error)
    exchange = showing if showing is not None and showing.operation == operation else _last(exchanges, operation)
    case = _case(item)
    path, observed = recorder.clean(found.path), recorder.clean(found.observed)
    finding = {
        "severity": _severity(found, item, exchange),
        "check": found.check,
        "operation": operation,
        "path": path,
        "observed": observed,
        "fingerprint": fingerprint(operation, found.check, path, observed),
        "message": breach.told(error) if not isinstance(error, Finding) else str(error),
        "title": titles.title(error, found, exchange, breach.told(error), case),
        "rule": found.rule,
        **_kept(exchange, recorder),
    }
    if case:
        finding["case"] = case
    if showing is not None and showing is not exchange:
        finding["seen_in"] = _kept(showing, recorder)
    cleaned: dict[str, Any] = recorder.clean(finding)
    return cleaned


def _kept(exchange: Exchange | None, recorder: Recorder) -> dict[str, Any]:
    request, response = (exchange.request, exchange.response) if exchange is not None else (None, None)
    return {
        "request": recorder.request(request) if request is not None else None,
        "response": recorder.response(response) if response is not None else None,
        "curl": recorder.curl(request) if request is not None else "",
    }


def _case(item: pytest.Item) -> str:
    """What a test is tried with, of several; "" for one that is tried once."""
    called = getattr(item, "callspec", None)
    return str(called.id) if called is not None else ""


def _showing(exchanges: Sequence[Exchange], error: BaseException) -> Exchange | None:
    """The exchange whose answer a check has judged; None where it has judged none, or not one of these."""
    answer = error.answer if isinstance(error, Finding) else None
    if answer is None:
        return None
    shown = (e for e in reversed(exchanges) if e.response is not None and e.response.headers is answer.headers)
    return next(shown, None)


def _last(exchanges: Sequence[Exchange], operation: str) -> Exchange | None:
    """The last exchange of the operation: a check judges an answer before the next request leaves."""
    own = [exchange for exchange in exchanges if exchange.operation == operation]
    found = own or list(exchanges)
    return found[-1] if found else None


def _severity(found: Breach, item: pytest.Item, exchange: Exchange | None) -> Severity:
    """What an answer is made of says little where the server failed."""
    if found.whole and item.get_closest_marker("security") is not None:
        return "security"
    status = found.status or (exchange.status if exchange is not None else 0)
    return "behaviour" if found.severity == "content" and status >= 500 else found.severity
