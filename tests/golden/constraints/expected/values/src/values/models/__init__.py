"""Data types of Values; each module loads when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .colour import Colour
    from .level import Level
    from .value import Value, ValueShade

_MODULES: dict[str, str] = {
    "Colour": "colour",
    "Level": "level",
    "Value": "value",
    "ValueShade": "value",
}

__all__ = [
    "Colour",
    "Level",
    "Value",
    "ValueShade",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        module = _MODULES.get(name)
        if module is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f".{module}", __name__), name)
        return found

    def __dir__():
        return sorted({*globals(), *__all__})
