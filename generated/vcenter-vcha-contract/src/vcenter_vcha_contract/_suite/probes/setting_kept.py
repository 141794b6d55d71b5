"""What an API has one of is shown as it was set by an accepted PUT or PATCH (RFC 9110, 9.3.4; RFC 5789).

What a PATCH does not name it leaves as it is, but where its description has a default for that.  All is set back.
"""

from __future__ import annotations

from typing import Any

import pytest

from .. import needed
from ..answers import Answer
from ..check import Check, Finding
from ..lives import Life, Plain, at, is_alike, put
from ..target import DOCUMENTED, Target

CHECK = Check("setting-kept", __doc__, ("setting-ignored",), severity="behaviour")
_REFUSED = (400, 403, 409, 412, 422)
_LAST_TURN = 2


def hold(target: Target, setting: Life) -> None:
    """Every plain value is set, and once more to another one; of a PATCH first one alone."""
    __tracebackhide__ = True
    before = _shown(target, setting)
    sent = dict[str, Any]()
    try:
        if setting.left_alone and len(setting.changeable) > 1:
            sent |= _others_stay(target, setting, before)
        rounds = []
        for changed in (False, True):
            said = _set(target, setting, before, setting.changeable, changed=changed)
            sent |= said
            rounds.append((said, _shown(target, setting)))
        _is_kept(setting, before, rounds)
    finally:
        back = {name: before[name] for name in sent if name in before}
        if sent:
            _send(target, setting, before, back)


def _is_kept(setting: Life, before: dict[str, Any], rounds: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """What the setting showed from the first is the client's to set; other values only once one was shown as sent."""
    (first, then), (second, now) = rounds
    for plain in setting.changeable:
        name = plain.name
        if name not in second:
            continue
        kept = [is_alike(then.get(name), first.get(name)), is_alike(now.get(name), second[name])]
        is_sure = name in before and not plain.is_listed
        if not all(kept) and (is_sure or any(kept)) and first.get(name) != second[name]:
            told = f"`{name}` was set, and is not shown so afterwards"
            raise Finding(CHECK, told, path=f"$.{name}", observed="not set", operation=setting.change)


def _others_stay(target: Target, setting: Life, before: dict[str, Any]) -> dict[str, Any]:
    said = _set(target, setting, before, setting.changeable[:1], changed=True)
    shown = _shown(target, setting)
    left = [name for name in setting.left_alone if name in before and name not in said]
    moved = [name for name in left if shown.get(name) != before[name]]
    if moved:
        _send(target, setting, before, {name: before[name] for name in (*said, *left) if name in before})
        told = f"a change that does not name `{moved[0]}` changed it"
        raise Finding(CHECK, told, path=f"$.{moved[0]}", observed="not left alone", operation=setting.change)
    return said


def _shown(target: Target, setting: Life) -> dict[str, Any]:
    answer = target.hold(target.send("GET", setting.name), expect=DOCUMENTED)
    values = setting.values(answer.result) if answer.status == 200 else None
    if not isinstance(values, dict):
        pytest.skip(f"not exercised: there are no settings to see ({answer.status})")
    return values


def _set(
    target: Target, setting: Life, before: dict[str, Any], plain: tuple[Plain, ...], *, changed: bool
) -> dict[str, Any]:
    """Set these; what was said.  What the target may refuse for what the description cannot say skips the test.

    A number may be a version that the server counts, and that a change has to name: where one is refused, numbers are
    said again as they are shown now.
    """
    mark = target.run.gate.made.mark(f"{target.run.settings.seed} {setting.name}")
    answer = None
    said = dict[str, Any]()
    unlisted = tuple(one for one in plain if not one.is_listed)
    uncounted = tuple(one for one in unlisted if not one.is_number)
    for turn, each in enumerate((plain, unlisted, uncounted)):
        said = {one.name: one.value(mark, changed=changed) for one in each}
        now = _shown(target, setting) if turn == _LAST_TURN and said else before
        answer = _send(target, setting, now, said) if said else answer
        if answer is None or answer.status not in _REFUSED:
            break
    if answer is None or 400 <= answer.status < 500 or answer.status == 202:
        status = answer.status if answer is not None else "nothing"
        pytest.skip(f"not exercised: nothing could be set at once, it was answered {status}")
    target.hold(answer, expect=DOCUMENTED)
    return said


def _send(target: Target, setting: Life, before: dict[str, Any], said: dict[str, Any]) -> Answer:
    operation = target.run.catalogue.named(setting.change)
    assert operation is not None, setting.change
    conditions = {}
    if needed.asks_for_state(operation, target.run.description.statuses(operation)):
        conditions = needed.current(operation, target.send("GET", setting.name).headers)
    needed_first = at(setting.change_needed, setting.change_in)
    carried = {name: before[name] for name in (*needed_first, *setting.carried) if name in before}
    inner = {**needed_first, **carried, **said}
    body = put(setting.change_needed, setting.change_in, inner)
    return target.send(
        operation.method, setting.name, body, content_type=setting.change_type, headers=conditions or None
    )
