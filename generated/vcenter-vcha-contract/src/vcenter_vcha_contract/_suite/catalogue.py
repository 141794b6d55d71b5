"""Every rule of the contract: a check is a file of `checks` or `probes` with a `CHECK`, and in no list beside."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from . import checks, probes
from .check import Check


def _declared(*packages: ModuleType) -> Iterator[Check]:
    for package in packages:
        for found in iter_modules(package.__path__):
            yield import_module(f"{package.__name__}.{found.name}").CHECK


CHECKS: dict[str, Check] = {check.id: check for check in sorted(_declared(checks, probes), key=lambda check: check.id)}
"""By id, in its order."""
