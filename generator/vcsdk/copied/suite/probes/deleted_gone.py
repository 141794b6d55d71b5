"""What was deleted is gone: it is not found and not listed, others are still there, and deleting again breaks nothing.

Who deletes what is there is not told that it is not.  RFC 9110, 9.3.5.  A deletion that is only accepted (202) may take
its time; what is shown in another state afterwards was marked as deleted, which is a finding only where the description
says that what is not there is answered 404.
"""

from __future__ import annotations

import pytest

from .. import making
from ..check import Check, Finding
from ..checks import expected_status
from ..lives import Life
from ..target import Target

CHECK = Check(
    "deleted-gone",
    __doc__,
    ("delete-ignored", "delete-again-fails", "delete-takes-all", "delete-carried-out-twice"),
    severity="behaviour",
)


def hold(target: Target, life: Life) -> None:
    """Of two things one is deleted."""
    one, other = making.make(target, life), making.make(target, life)
    before = making.shown(target, one)
    making.shown(target, other)
    deleted = making.try_remove(target, one)
    answer = making.read(target, one)
    if deleted.status in (404, 410) and answer.status in (404, 410):
        told = f"deleting what is there answered {deleted.status}, as if it were not; it is gone now"
        raise Finding(CHECK, told, deleted, observed=f"first: status {deleted.status}", operation=life.delete)
    if making.removed(target, one, deleted).status == 202:
        pytest.skip("not exercised: the deletion is carried out later")
    if answer.status < 400 and (answer.result == before or _says_404(target, life)):
        told = f"what was deleted is still there: {answer.method} {life.name}/… answered {answer.status}"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}", operation=life.delete)
    expected_status.is_no_failure(answer)
    left = making.read(target, other)
    if left.status in (404, 410):
        told = f"deleting one thing deleted another one: it is answered {left.status}"
        raise Finding(CHECK, told, left, observed="another one deleted", operation=life.delete)
    items = making.listed(target, one) if life.list and answer.status in (404, 410) else None
    if items is not None and one.identifier in making.identifiers(life, items):
        raise Finding(CHECK, "what was deleted is still listed", observed="listed", operation=life.list)
    second = target.send("DELETE", one.path)
    if second.status >= 500:
        told = f"deleting again fails: {second.status}"
        raise Finding(CHECK, told, second, observed=f"again: status {second.status}", operation=life.delete)


def _says_404(target: Target, life: Life) -> bool:
    reader = target.run.catalogue.named(life.read)
    return reader is not None and not {"404", "410", "4XX"}.isdisjoint(target.run.description.statuses(reader))
