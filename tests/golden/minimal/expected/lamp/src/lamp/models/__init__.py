"""Data types of Lamp; each module loads when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .lamp import Lamp

_MODULES: dict[str, str] = {
    "Lamp": "lamp",
}

__all__ = [
    "Lamp",
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
