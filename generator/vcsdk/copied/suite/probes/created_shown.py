"""What was made can be read where the answer says it is, and is shown as it was sent (RFC 9110, 9.3.3 and 9.3.1).

Compared are texts without a form of their own, numbers and booleans that request and answer describe alike; what a
server may write otherwise (times, addresses) and enumerations, which are often states, are not.
"""

from __future__ import annotations

import pytest

from .. import making
from ..check import Check, Finding
from ..lives import Life, at, text_of
from ..making import Instance
from ..target import Target

CHECK = Check(
    "created-shown",
    __doc__,
    ("create-forgotten", "create-drops-a-property", "read-shows-another"),
    severity="behaviour",
)
_CREATED = 201


def hold(target: Target, life: Life) -> None:
    """Of two things each is shown as itself.

    Where both are said to be in one place, the second is held alone: it may have been put in the place of the first.
    """
    one, other = making.make(target, life, again=True), making.make(target, life, again=True)
    is_new = all(made.answer.status == _CREATED for made in (one, other))
    if not is_new and any(making.shares_its_place(target, made) for made in (one, other)):
        pytest.skip(making.NO_IDENTIFIER)
    for made in (one, other) if one.path != other.path else (other,):
        _is_shown(target, made)


def _is_shown(target: Target, made: Instance) -> None:
    answer = making.read(target, made)
    if not 200 <= answer.status < 300:
        told = f"what was just made cannot be read: {answer.method} {made.life.name}/… answered {answer.status}"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}", operation=made.life.create)
    target.hold(answer, expect=answer.status)
    if not answer.is_json:
        return
    shown = answer.result
    name = made.life.difference(made.said, made.life.values(shown))
    if name:
        told = f"`{name}` of what was just made is not shown as it was sent"
        raise Finding(CHECK, told, answer, path=f"$.{name}", observed="another value", operation=made.life.create)
    key = made.life.identifier[-1] if made.life.identifier else ""
    thing = at(shown, made.life.holder)
    if key and isinstance(thing, dict) and key in thing and text_of(thing[key]) != made.identifier:
        told = f"`{key}` is another one than the answer to the create gave"
        raise Finding(CHECK, told, answer, path=f"$.{key}", observed="another identifier")
