"""What may be read beside a description's own folder, and how the network is asked."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec


class Access(msgspec.Struct, frozen=True):
    """`allow_outside` are folders that references may lead into; `ca_bundle` has certificates (PEM) to trust.

    `kept` takes the copy of a description that was read before, and asks the network only where there is none.
    """

    allow_outside: tuple[Path, ...] = ()
    ca_bundle: Path | None = None
    kept: bool = False

    def beside(self, other: Access) -> Access:
        """Both; what this one says of certificates counts before what the other says."""
        return Access((*self.allow_outside, *other.allow_outside), self.ca_bundle or other.ca_bundle, self.kept)


def real(path: Path) -> Path:
    """Where a path leads, links followed; of links that lead in a circle, as far as they go.

    `Path.resolve` raises RuntimeError for such a circle, before Python 3.13.
    """
    return Path(os.path.realpath(path))
