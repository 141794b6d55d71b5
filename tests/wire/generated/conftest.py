from __future__ import annotations

from tests.unit.emitters.conftest import generate, read

__all__ = ["generate", "read"]
