"""What a test raises that began and showed nothing of what it is about."""

from __future__ import annotations

import httpx2
import pytest


# pytest's own name for the class is an attribute, which mypy does not take for a base.
class Untested(pytest.skip.Exception):  # type: ignore[name-defined, misc]
    """The test is skipped, and what it is about counts as not exercised, whatever else its operation has shown.

    The message is the same for all tests of its kind, so that they can be counted.
    """


class Unsendable(Untested):
    """The request never left: it cannot be written in HTTP, which says nothing of the target."""


class Unarmed(Untested):
    """The target asks for a credential that the run was not given."""


FORBIDDEN = "refused for the account's privilege, so that nothing shows what the target makes of a malformed request"
UNKNOWN_FIRST = "the target looks first whether it knows the identifier, and it does not"
REFUSED = "refused as documented, for a reason that no schema gives"
AWAY = "the target was away, as it was to be after what it had accepted"
UNSENDABLE = "the request cannot be written in HTTP"
UNARMED = "the target asks for a credential that the run does not have"

OURS: tuple[type[Exception], ...] = (httpx2.LocalProtocolError, httpx2.InvalidURL, UnicodeError)
"""What fails before anything has left: it says nothing of the target."""
