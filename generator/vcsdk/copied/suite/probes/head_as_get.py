"""HEAD is answered with the status of GET (RFC 9110, 9.3.2).

Whether it has no content no client can tell: what comes behind the head belongs to the next answer.
"""

from __future__ import annotations

import pytest

from .. import making
from ..check import Check, Finding
from ..lives import Life
from ..target import Target

CHECK = Check("head-as-get", __doc__, ("head-differs",), severity="behaviour")


def of_made(target: Target, life: Life) -> None:
    """The same of a thing that is made for it."""
    hold(target, making.make(target, life).path)


def hold(target: Target, path: str) -> None:
    """The status is that of GET, before and after."""
    before, answer, after = (target.send(method, path) for method in ("GET", "HEAD", "GET"))
    if before.status != after.status:
        pytest.skip("not exercised: GET itself is answered differently each time")
    if answer.status != before.status:
        told = f"HEAD is answered {answer.status}, and GET {before.status}"
        raise Finding(CHECK, told, answer, observed=f"status {answer.status}")
