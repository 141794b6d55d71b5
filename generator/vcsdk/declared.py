"""How a table of rules, checks, repairs or faults is made of the modules that declare them."""

from __future__ import annotations

from types import ModuleType
from typing import Protocol, TypeVar


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def declared(kind: type[T], *modules: ModuleType) -> tuple[T, ...]:
    """Everything of a kind that the modules declare at their top level, in the order in which it stands there.

    Raises:
        ValueError: Two have the same id.
    """
    found = [value for module in modules for value in vars(module).values() if isinstance(value, kind)]
    ids = [each.id for each in found]
    for place, id_ in enumerate(ids):
        if id_ in ids[:place]:
            raise ValueError(f"two are called {id_}")
    return tuple(found)
