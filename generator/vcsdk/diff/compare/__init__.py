"""The walk over two APIs that yields typed change nodes; what they mean is left to the rules."""

from __future__ import annotations

from vcsdk.diff.compare.api import changes

__all__ = ["changes"]
