"""`If-Match` lets through who has seen the current state, and answers 412 to all others (RFC 9110, 13.1.1).

What it refuses it does not do: so nobody overwrites what somebody else has changed meanwhile.
"""

from __future__ import annotations

import pytest

from .. import making
from ..answers import Answer
from ..check import Check, Finding
from ..lives import Life
from ..making import Instance
from ..target import Target

CHECK = Check("match-needed", __doc__, ("match-ignored", "match-refused", "match-too-late"), severity="behaviour")
_FIELD = "If-Match"


def hold_change(target: Target, life: Life) -> None:
    """A thing is changed by who has its tag, and then by who has the tag of before."""
    made = making.make(target, life)
    first = _tag(target, made)
    answer, sent = making.try_change(target, made, headers={_FIELD: first})
    _let_through(target, made, first, answer)
    if _tag(target, made) == first:
        pytest.skip("not exercised: the change did not give it another `ETag`")
    # Other values than the first change had: one that is made already may be answered as made (13.1.1).
    answer, _ = making.try_change(target, made, headers={_FIELD: first}, back=True)
    _refused(answer)
    shown = making.read(target, made)
    name = (
        life.difference(sent, life.values(shown.result), made.echoed) if shown.status == 200 and shown.is_json else ""
    )
    if name:
        _carried_out(shown, life.change)


def hold_delete(target: Target, life: Life) -> None:
    """A thing is deleted by who has a tag that is none of its own, and then by who has its tag."""
    made = making.make(target, life)
    first = _tag(target, made)
    answer = making.try_remove(target, made, headers={_FIELD: '"no-such-tag"'})
    _refused(answer)
    shown = making.read(target, made)
    if shown.status in (404, 410):
        _carried_out(shown, life.delete)
    _let_through(target, made, first, making.try_remove(target, made, headers={_FIELD: first}))


def _tag(target: Target, made: Instance) -> str:
    tag = making.strong_tag(making.read(target, made))
    if not tag:
        pytest.skip("not exercised: the answer has no `ETag` that `If-Match` could compare")
    return tag


def _let_through(target: Target, made: Instance, tag: str, answer: Answer) -> None:
    """The current tag was named: that is no reason to refuse."""
    if answer.status == 412 and making.strong_tag(making.read(target, made)) == tag:
        raise Finding(CHECK, f"`{_FIELD}` with the current tag is answered 412", answer, path=_FIELD, observed="412")
    if 400 <= answer.status < 500:
        pytest.skip(f"not exercised: it was answered {answer.status}")


def _refused(answer: Answer) -> None:
    """Another tag was named: that is 412."""
    if 400 <= answer.status < 500 and answer.status != 412:
        pytest.skip(f"not exercised: it was refused with {answer.status} before")
    if answer.status != 412:
        told = f"`{_FIELD}` with a tag that is not the current one is answered {answer.status}, and not 412"
        raise Finding(CHECK, told, answer, path=_FIELD, observed=f"status {answer.status}")


def _carried_out(shown: Answer, operation: str) -> None:
    told = "what was answered 412 was carried out all the same"
    raise Finding(CHECK, told, shown, path=_FIELD, observed="carried out", operation=operation)
