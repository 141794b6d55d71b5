"""What an argument is called for whom it concerns: by its name, or by the variable of the environment it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_variables: ContextVar[Mapping[str, str] | None] = ContextVar("variables", default=None)


def called(name: str) -> str:
    """What an error calls an argument."""
    return (_variables.get() or {}).get(name, name)


def shown(name: str, value: object) -> str:
    """The value for an error, with a blank before it; nothing where it came from the environment."""
    return f" {value!r}" if called(name) == name else ""


def by_environment() -> bool:
    """Whether a client is being made by variables of the environment."""
    return _variables.get() is not None


@contextmanager
def calling(variables: Mapping[str, str]) -> Iterator[None]:
    """While it lasts these arguments are called by their variables."""
    mark = _variables.set(variables)
    try:
        yield
    finally:
        _variables.reset(mark)
