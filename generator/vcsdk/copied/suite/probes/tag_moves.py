"""A strong `ETag` is another one once what is shown is another (RFC 9110, 8.8.1 and 8.8.3)."""

from __future__ import annotations

import pytest

from .. import making
from ..check import Check, Finding
from ..lives import Life
from ..target import Target

CHECK = Check("tag-moves", __doc__, ("tag-stays",), severity="behaviour")


def hold(target: Target, life: Life) -> None:
    """A thing is changed: where that shows, its tag is a new one."""
    made = making.make(target, life)
    before = making.read(target, made)
    making.change(target, made)
    after = making.read(target, made)
    tags = [making.strong_tag(answer) for answer in (before, after)]
    if not all(tags):
        pytest.skip("not exercised: the answers have no `ETag` that tells each state apart")
    if before.content != after.content and tags[0] == tags[1]:
        told = "the `ETag` is the same after a change that is shown"
        raise Finding(CHECK, told, after, path="etag", observed="not changed", operation=life.read)
