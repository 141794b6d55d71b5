"""What a failed test shows: which rule is broken, by which answer, and how to see it again."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Sequence
from typing import Any

import pytest

from .gate import Exchange
from .recording import Recorder

_ID = re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?::[\w.-]+)?|\b[0-9a-f]{12,}\b")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_NUMBER = re.compile(r"(?<![\w$])-?\d+(?:\.\d+)?(?![\w])")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_ANSWER_LINE = re.compile(r"^[A-Z]+ \S+ → \d{3}\b")
_SECURITY = re.compile(r"secret|token|auth|privilege|session|stack.trace|credential|password", re.IGNORECASE)
_CONTENT = re.compile(
    r"fits|content|header|field|shape|schema|media|language|message|json|retry|challenge|error.type", re.IGNORECASE
)
_LONGEST_SHAPE = 160


def fingerprint(operation: str, check: str, path: str, observed: str) -> str:
    """Twelve hexadecimal digits that are the same for the same breach in every run: no id, time or token goes in."""
    return hashlib.sha256("\n".join((operation, check, path, observed)).encode()).hexdigest()[:12]


def shape(text: str) -> str:
    """What a message says, without what changes from run to run: ids, times, numbers but statuses, quoted values."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    line = line.removeprefix("AssertionError: ").removeprefix("Failed: ")
    line = _ID.sub("<id>", _TIME.sub("<time>", line))
    line = _QUOTED.sub("<text>", line)
    line = _NUMBER.sub(lambda found: found[0] if re.fullmatch(r"[1-5]\d\d", found[0]) else "<number>", line)
    return line[:_LONGEST_SHAPE]


def describe(
    item: pytest.Item,
    error: BaseException,
    message: str,
    operation: str,
    exchanges: Sequence[Exchange],
    recorder: Recorder,
    task_reader: str = "",
) -> dict[str, Any]:
    """The finding of a failed test, secrets masked.

    `operation` is what the test is about; an exception of a check (`finding.Finding`) may name another, and one that
    names none right after a task was read is about the operation `task_reader`, whoever started the task.  Failures of
    schemathesis and plain assertions are findings too: their check is the kind of failure, or the test.
    """
    error = _first(error)
    test = getattr(item, "originalname", None) or item.name
    check, path, observed = (str(getattr(error, name, "") or "") for name in ("check", "path", "observed"))
    named = getattr(error, "operation", "") if check else ""
    if check and not named and exchanges and exchanges[-1].operation == task_reader:
        named = task_reader
    code = getattr(type(error), "code", "")
    if not check and code:
        check = f"fuzz.{_kebab(type(error).__name__)}"
        observed = observed or shape(_fuzz_detail(error))
    elif not check:
        check = _kebab(test.removeprefix("test_"))
        observed = _answered(message) or shape(message)
    operation = str(named) or operation
    exchange = _responsible(exchanges, operation)
    request = exchange.request if exchange is not None else None
    response = exchange.response if exchange is not None else None
    return {
        "severity": _severity(check, test, exchange, path),
        "check": check,
        "operation": operation,
        "path": path,
        "observed": observed,
        "fingerprint": fingerprint(operation, check, path, observed),
        "message": message,
        "rule": _rule(item, error, check),
        "request": recorder.request(request) if request is not None else None,
        "response": recorder.response(response) if response is not None else None,
        "curl": recorder.curl(request) if request is not None else "",
    }


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup) and error.exceptions:
        error = min(error.exceptions, key=lambda inner: (type(inner).__name__, str(inner)))
    return error


def _answered(message: str) -> str:
    """Of a message of `Target` that only tells statuses: `status 500, expected 400`."""
    lines = message.removeprefix("AssertionError: ").splitlines()
    if len(lines) < 2 or not lines[0].startswith("expected "):
        return ""
    found = _ANSWER_LINE.match(lines[1])
    return f"status {found[0][-3:]}, {lines[0]}" if found else ""


def _fuzz_detail(error: BaseException) -> str:
    text = str(getattr(error, "message", "") or error)
    received = re.search(r"Received: (\S+)", text)
    return f"received {received[1]}" if received else text


def _responsible(exchanges: Sequence[Exchange], operation: str) -> Exchange | None:
    """The last exchange of the operation: a check judges an answer before the next request leaves."""
    own = [exchange for exchange in exchanges if exchange.operation == operation]
    found = own or list(exchanges)
    return found[-1] if found else None


def _severity(check: str, test: str, exchange: Exchange | None, path: str) -> str:
    """How bad: "security" before "behaviour" before "content" (what an answer is made of)."""
    if _SECURITY.search(check) or (not path and _SECURITY.search(test)):
        return "security"
    if path or _CONTENT.search(check):
        return "content" if exchange is None or exchange.status < 500 else "behaviour"
    return "behaviour"


def _rule(item: pytest.Item, error: BaseException, check: str) -> str:
    """The rule in a sentence: the check's own, else the test's docstring or name."""
    trace = error.__traceback__
    while trace is not None:
        own = trace.tb_frame.f_globals.get("CHECK")
        if own is not None and getattr(own, "id", None) == check:
            return str(own.summary)
        trace = trace.tb_next
    title = getattr(error, "title", None)
    if title:
        return str(title)
    function = getattr(item, "function", None)
    doc = inspect.getdoc(function) if function is not None else None
    words = (getattr(item, "originalname", None) or item.name).removeprefix("test_").replace("_", " ")
    return doc.splitlines()[0] if doc else f"{words[:1].upper()}{words[1:]}."


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", "-", name).lower()
