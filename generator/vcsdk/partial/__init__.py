"""Leaves out what cannot be emitted, or shall not be, with everything that needs it, and nothing more."""

from __future__ import annotations

from vcsdk.partial.hold import hold
from vcsdk.partial.skip import skip, skip_like
from vcsdk.partial.words import cost

__all__ = ["cost", "hold", "skip", "skip_like"]
