"""Causes: what somebody changed, with every finding that it shows in.

A schema that forty operations share is changed once and found forty times; a Python name changes because the API did.
Causes are made of the typed changes that findings keep and of what stood side by side, never of messages or ids.
"""

from __future__ import annotations

from vcsdk.diff.causes.cause import Cause
from vcsdk.diff.causes.making import causes_of

__all__ = ["Cause", "causes_of"]
