"""Data types of Zoo; each module loads when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .animal import Animal
    from .cat import Cat
    from .dog import Dog
    from .lion import Lion
    from .mane import Mane
    from .pet import Pet
    from .problem import Problem

_MODULES: dict[str, str] = {
    "Animal": "animal",
    "Cat": "cat",
    "Dog": "dog",
    "Lion": "lion",
    "Mane": "mane",
    "Pet": "pet",
    "Problem": "problem",
}

__all__ = [
    "Animal",
    "Cat",
    "Dog",
    "Lion",
    "Mane",
    "Pet",
    "Problem",
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
