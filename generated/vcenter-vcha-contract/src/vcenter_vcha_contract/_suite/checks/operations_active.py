"""VCHA operations get lists what runs as active while it runs (Vcha_Operations_Info)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..check import Check, Finding

CHECK = Check("operations-active", __doc__, ("operations-active-empty",), severity="content")


def hold(operations: Mapping[str, Any], what: str) -> None:
    """Something is active."""
    if not operations.get("active"):
        told = f"no operation is listed as active while {what} runs"
        raise Finding(CHECK, told, path="$.active", observed="empty")
