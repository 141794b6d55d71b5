"""What an answer is held to."""

from __future__ import annotations

from dataclasses import dataclass

from .description import Description
from .masking import Secrets
from .operations import Catalogue


@dataclass(frozen=True)
class Contract:
    """The description, the operations, the secrets that no answer may show.

    With `closed`, a field that the description does not know is a breach.  `expected` are the statuses that the test
    itself asks for, which the description need not list.
    """

    description: Description
    catalogue: Catalogue
    secrets: Secrets
    closed: bool = True
    expected: tuple[int, ...] = ()
