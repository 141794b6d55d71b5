"""What schemathesis checks of the answers to generated requests (its own documentation, "Checks")."""

from __future__ import annotations

from .registry import Check

CHECK = Check("generated-requests", __doc__, ())
