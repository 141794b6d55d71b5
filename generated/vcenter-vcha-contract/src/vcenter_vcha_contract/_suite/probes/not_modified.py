"""Who has the current state already is answered 304, and nobody else is (RFC 9110, 13.1.2, 13.1.3 and 15.4.5)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import pytest

from .. import making
from ..answers import Answer
from ..check import Check, Finding
from ..lives import Life
from ..target import Target

CHECK = Check("not-modified", __doc__, ("condition-ignored", "condition-always-true"), severity="behaviour")
TRIES = 3
_DAY = 86_400
_ASKED_WITH = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_OTHER = {"etag": '"no-such-tag"', "last-modified": "Thu, 01 Jan 1970 00:00:01 GMT"}


def of_made(target: Target, life: Life, validator: str) -> None:
    """The same of a thing that is made for it."""
    hold(target, making.make(target, life).path, validator)


def hold(target: Target, path: str, validator: str) -> None:
    """What the answer says of its state is sent back, and after that something else."""
    field = _ASKED_WITH[validator]
    value, answer = _asked_again(target, path, validator)
    if answer.status != 304:
        told = f"`{field}` with the current value is answered {answer.status}, and not 304"
        raise Finding(CHECK, told, answer, path=field, observed=f"status {answer.status}")
    if validator == "last-modified" and not _is_later(value):
        return
    answer = target.send("GET", path, headers={field: _OTHER[validator]})
    if answer.status == 304 or answer.status >= 500:
        told = f"`{field}` with another value than the current one is answered {answer.status}"
        raise Finding(CHECK, told, answer, path=field, observed=f"status {answer.status}")


def _asked_again(target: Target, path: str, validator: str) -> tuple[str, Answer]:
    """The current value of the validator, and what is answered to who has it.

    Others may change the state meanwhile, so an answer with a new value shows nothing.
    """
    for _ in range(TRIES):
        usual = target.send("GET", path)
        value = usual.headers.get(validator, "")
        if not 200 <= usual.status < 300 or not value:
            pytest.skip(f"not exercised: the answer has no `{validator}`")
        answer = target.send("GET", path, headers={_ASKED_WITH[validator]: value})
        if 400 <= answer.status < 500:
            pytest.skip(f"not exercised: it was answered {answer.status}")
        if answer.status == 304 or answer.status >= 500 or answer.headers.get(validator, value) == value:
            return value, answer
    pytest.skip("not exercised: the state is another one at each reading")


def _is_later(date: str) -> bool:
    """True for a date that the other one is before."""
    try:
        return parsedate_to_datetime(date).timestamp() > _DAY
    except (TypeError, ValueError):
        return False
