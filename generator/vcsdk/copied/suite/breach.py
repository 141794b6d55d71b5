"""What a failed test says of the contract: from a finding, from schemathesis, or from any other exception."""

from __future__ import annotations

import inspect
import re
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from .check import Finding, Severity

_ID = re.compile(r"\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}(?::[\w.-]+)?|\b[0-9a-f]{12,}\b")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_NUMBER = re.compile(r"(?<![\w$])-?\d+(?:\.\d+)?(?![\w])")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_LONGEST_SHAPE = 160

# By schemathesis's codes, which it never gives to another failure: what an answer is made of, and who is let in.
_FUZZ_SEVERITY: dict[str, Severity] = {
    **dict.fromkeys(("ST104", "ST105", "ST106", "ST107", "ST108", "ST109", "ST110", "ST203", "ST205"), "content"),
    **dict.fromkeys(("ST401", "ST402"), "security"),
}
# The attribute that says what came instead of what is documented; other failures have a message only.
_FUZZ_RECEIVED = {"ST103": "status_code", "ST105": "content_type", "ST106": "actual"}


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken rule, as the results name it.

    `severity` is what the breach is by itself.  With `whole` it is about the answer as a whole, and in a test about
    security it is about that.  `of_check` says that a check found it, and not just any test.
    """

    check: str
    rule: str
    severity: Severity
    operation: str = ""
    path: str = ""
    observed: str = ""
    status: int = 0
    whole: bool = True
    of_check: bool = False


def read(item: pytest.Item, error: BaseException, mask: Callable[[str], str]) -> Breach:
    """What the exception that a test failed with stands for; of a group, the first by class and text.

    `mask` takes the secrets out of a text that somebody else has written.
    """
    error = _first(error)
    if isinstance(error, Finding):
        return Breach(
            error.check.id,
            error.check.summary,
            error.severity or error.check.severity,
            error.operation,
            error.path,
            error.observed,
            error.status,
            whole=error.severity is None and not error.path,
            of_check=True,
        )
    own = _kebab(_name(item).removeprefix("test_"))
    return _of_schemathesis(error, mask) or Breach(own, title(item), "behaviour", observed=shape(mask(text(error))))


def text(error: BaseException) -> str:
    """What an exception says; its class is told where that says more than that a test failed."""
    if isinstance(error, BaseExceptionGroup):
        return "\n\n".join(map(text, sorted(error.exceptions, key=_by_class)))
    if isinstance(error, (pytest.fail.Exception, pytest.skip.Exception)):
        return error.msg or ""
    if isinstance(error, AssertionError):
        return str(error)
    return "".join(traceback.format_exception_only(error)).strip()


def several(error: BaseException) -> list[BaseException]:
    """What a test failed with, one by one: the members of a group in a fixed order, all findings of an answer."""
    if isinstance(error, BaseExceptionGroup):
        return [each for member in sorted(error.exceptions, key=_by_class) for each in several(member)]
    return [*error.all] if isinstance(error, Finding) else [error]


def told(error: BaseException) -> str:
    """What an exception says to people: words, and no piece of a traceback."""
    if isinstance(error, BaseExceptionGroup):
        return "\n\n".join(map(told, sorted(error.exceptions, key=_by_class)))
    if isinstance(error, Finding):
        return "\n\n".join(map(str, error.all))
    if isinstance(error, (AssertionError, pytest.fail.Exception, pytest.skip.Exception)):
        return text(error)
    if isinstance(error, KeyError):
        return f"an answer has no member {error.args[0]!r}" if error.args else "an answer lacks a member"
    said = str(error).strip()
    return f"the test could not go on: {said}" if said else "the test could not go on"


def shape(text: str) -> str:
    """What a message says, without what changes from run to run: ids, times, numbers but statuses, quoted values."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    line = _ID.sub("<id>", _TIME.sub("<time>", line))
    line = _QUOTED.sub("<text>", line)
    line = _NUMBER.sub(lambda found: found[0] if re.fullmatch(r"[1-5]\d\d", found[0]) else "<number>", line)
    return line[:_LONGEST_SHAPE]


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = min(error.exceptions, key=_by_class)
    return error


def _by_class(error: BaseException) -> tuple[str, str]:
    """An order that is the same in every run."""
    return type(error).__name__, str(error)


def _of_schemathesis(error: BaseException, mask: Callable[[str], str]) -> Breach | None:
    # Who has not loaded it cannot have raised it, and loading it takes a second.
    if "schemathesis.core.failures" not in sys.modules:
        return None
    from schemathesis.core.failures import Failure

    if not isinstance(error, Failure):
        return None
    received = _FUZZ_RECEIVED.get(error.code)
    told = f"received {str(getattr(error, received)).partition(' ')[0]}" if received else error.message or str(error)
    return Breach(
        f"fuzz.{_kebab(type(error).__name__)}",
        error.title,
        _FUZZ_SEVERITY.get(error.code, "behaviour"),
        observed=shape(mask(told)),
    )


def _name(item: pytest.Item) -> str:
    return getattr(item, "originalname", None) or item.name


def title(item: pytest.Item) -> str:
    """The rule that a test of its own stands for: its docstring, else its name in words."""
    function = getattr(item, "function", None)
    doc = inspect.getdoc(function) if function is not None else None
    words = _name(item).removeprefix("test_").replace("_", " ").replace("json", "JSON")
    return doc.splitlines()[0] if doc else f"{words[:1].upper()}{words[1:]}."


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|_", "-", name).lower()
