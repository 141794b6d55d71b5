"""An accepted change is shown by the next reading of that thing, and by no other (RFC 9110, 9.3.4; RFC 5789).

What a PATCH does not name it leaves as it is, but where its description has a default for that.
"""

from __future__ import annotations

from .. import making
from ..check import Check, Finding
from ..lives import Life, is_alike
from ..making import Instance
from ..target import Target

CHECK = Check(
    "change-kept",
    __doc__,
    ("change-ignored", "read-stale", "change-touches-all", "change-empties-the-rest"),
    severity="behaviour",
)


def hold(target: Target, life: Life) -> None:
    """One of two things is changed, first in part: it shows the new values, the other its own."""
    one, other = making.make(target, life), making.make(target, life)
    before = life.values(making.shown(target, other))
    making.shown(target, one)
    if len(life.changeable) > 1 and life.left_alone:
        _others_stay(target, one)
    sent = making.change(target, one)
    answer = making.read(target, one)
    if not 200 <= answer.status < 300:
        told = f"after an accepted change it cannot be read any more: {answer.status}"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}", operation=life.change)
    name = life.difference(sent, life.values(answer.result), one.echoed)
    if name:
        told = f"`{name}` was changed, and is not shown so afterwards"
        raise Finding(CHECK, told, answer, path=f"$.{name}", observed="not changed", operation=life.change)
    after = life.values(making.shown(target, other))
    plain = {each.name for each in life.changeable} & {*other.echoed}
    moved = sorted(
        name
        for name in plain
        if isinstance(before, dict) and isinstance(after, dict) and before.get(name) != after.get(name)
    )
    if moved:
        told = f"changing one thing changed `{moved[0]}` of another one"
        raise Finding(CHECK, told, path=f"$.{moved[0]}", observed="another one changed", operation=life.change)


def _others_stay(target: Target, one: Instance) -> None:
    """A change of one property: what it does not name is still shown as it was sent first."""
    life = one.life
    sent = making.change(target, one, only=life.changeable[0])
    answer = making.read(target, one)
    shown = life.values(answer.result) if answer.status == 200 else None
    left = [name for name in life.left_alone if name in one.echoed and name not in sent]
    moved = [name for name in left if isinstance(shown, dict) and not is_alike(shown.get(name), one.said[name])]
    if moved:
        told = f"a change that does not name `{moved[0]}` changed it"
        raise Finding(CHECK, told, answer, path=f"$.{moved[0]}", observed="not left alone", operation=life.change)
