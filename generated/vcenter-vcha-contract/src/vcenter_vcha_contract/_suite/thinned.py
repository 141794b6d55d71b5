"""Of the cases at the boundaries of its schemas only so many are sent for an operation: a large body has thousands."""

from __future__ import annotations

import pytest

MOST = 200


def thin(item: pytest.Item) -> int:
    """Leave out, evenly, what a fuzz test has beyond that.

    schemathesis makes a case for each boundary of each property, and has no setting for how many.

    Returns:
        How many there were; 0 where none is left out.
    """
    cases = getattr(getattr(item, "obj", None), "hypothesis_explicit_examples", None)
    if not isinstance(cases, list) or len(cases) <= MOST:
        return 0
    number = len(cases)
    # In its place: what runs the test has the same list under another name.
    cases[:] = [cases[place * number // MOST] for place in range(MOST)]
    return number
