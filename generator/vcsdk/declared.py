"""How a table of rules, checks, repairs or faults is made of the modules that declare them."""

from __future__ import annotations

from types import ModuleType
from typing import Protocol, TypeVar


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


def declared(kind: type[T], *modules: ModuleType) -> tuple[T, ...]:
    """Everything of a kind that the modules declare at their top level, one by one or as tuples, in that order.

    Raises:
        ValueError: Two have the same id.
    """
    values = (value for module in modules for value in vars(module).values())
    groups = (value if isinstance(value, tuple) else (value,) for value in values)
    found = [each for group in groups for each in group if isinstance(each, kind)]
    ids = [each.id for each in found]
    for place, id_ in enumerate(ids):
        if id_ in ids[:place]:
            raise ValueError(f"two are called {id_}")
    return tuple(found)
