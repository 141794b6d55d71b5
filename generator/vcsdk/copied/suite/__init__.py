"""What the contract tests stand on: hand-written, copied verbatim beside them, and free of the toolkit."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .answers import Answer
    from .operations import Catalogue, Effect, Operation
    from .target import ABSENT, DOCUMENTED, Target

_HOMES = {
    "ABSENT": "target",
    "Answer": "answers",
    "Catalogue": "operations",
    "DOCUMENTED": "target",
    "Effect": "operations",
    "Operation": "operations",
    "Target": "target",
}

__all__ = ["ABSENT", "DOCUMENTED", "Answer", "Catalogue", "Effect", "Operation", "Target"]


def __getattr__(name: str) -> object:
    # The plugin is loaded in every pytest run of an environment, and the emitter needs the catalogue alone.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
