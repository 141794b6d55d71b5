"""Modules that a package carries only where its API needs them: tasks, and what is vCenter's alone."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


@cache
def carried(name: str) -> Any:
    """A module of the runtime ("vapi.errors"), which the API of the caller's client needs."""
    return import_module(f".{name}", __package__)
