"""Client errors that are about what a request says (RFC 9110, section 15.5)."""

from __future__ import annotations

from collections.abc import Collection
from http import HTTPStatus
from itertools import pairwise

USUAL = (400, 415, 422)
"""What servers refuse a wrong content with, where their description says nothing of it."""

NOT_OF_CONTENT = frozenset((401, 403, 404, 405))
"""About who asks, about where, and about how."""

ANY_REFUSAL = tuple(status for status in range(400, 500) if status not in NOT_OF_CONTENT)
"""Where a description documents `4XX` or `default`."""


_OF_HOW_IT_IS_SENT = frozenset((405, 406, 408, 411, 413, 414, 415, 417, 426, 429, 431))
OF_WHO_ASKS = frozenset((401, 403, 407))


def is_of_what_is_asked(status: int, *, free: bool) -> bool:
    """Whether an error may answer a request that fits its description, for what it says or for how things stand.

    503 is how things stand: a virtual machine without tools tells nothing of its guest.  `free` says that the operation
    takes requests of everybody: what refuses who asks is about what the request says there, as in a form with a
    password.
    """
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return True
    return 400 <= status < 500 and status not in _OF_HOW_IT_IS_SENT and (free or status not in OF_WHO_ASKS)


def either(statuses: Collection[int]) -> str:
    """The statuses for people: `400 or 422`, `400, 402 or 406 to 499`."""
    runs: list[list[int]] = []
    for before, status in pairwise([0, *sorted(statuses)]):
        if before + 1 == status and runs:
            runs[-1].append(status)
        else:
            runs.append([status])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    return " or ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
