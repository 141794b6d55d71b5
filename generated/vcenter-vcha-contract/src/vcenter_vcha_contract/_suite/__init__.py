"""What the contract tests stand on: hand-written, copied verbatim beside them, and free of the toolkit."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .answers import Answer
    from .bodies import MISSING, with_bodies, with_broken_json, with_malformed_bodies
    from .checks.expected_status import unless_refused, unless_unknown
    from .operations import Catalogue, Effect, Operation
    from .refusals import ANY_REFUSAL
    from .sources import Source
    from .target import ABSENT, DOCUMENTED, Target

_HOMES = {
    "ABSENT": "target",
    "ANY_REFUSAL": "refusals",
    "Answer": "answers",
    "Catalogue": "operations",
    "DOCUMENTED": "target",
    "Effect": "operations",
    "MISSING": "bodies",
    "Operation": "operations",
    "Source": "sources",
    "Target": "target",
    "unless_refused": "checks.expected_status",
    "unless_unknown": "checks.expected_status",
    "with_bodies": "bodies",
    "with_broken_json": "bodies",
    "with_malformed_bodies": "bodies",
}

__all__ = [
    "ABSENT",
    "ANY_REFUSAL",
    "DOCUMENTED",
    "MISSING",
    "Answer",
    "Catalogue",
    "Effect",
    "Operation",
    "Source",
    "Target",
    "unless_refused",
    "unless_unknown",
    "with_bodies",
    "with_broken_json",
    "with_malformed_bodies",
]


def __getattr__(name: str) -> object:
    # The plugin is loaded in every pytest run of an environment, and the emitter needs the catalogue alone.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
