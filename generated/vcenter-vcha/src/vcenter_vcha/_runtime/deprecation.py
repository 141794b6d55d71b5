"""Marks what is deprecated: PEP 702 for type checkers, and at run time the same without a further dependency."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from typing_extensions import deprecated

    F = TypeVar("F")

    def deprecated_arguments(messages: Mapping[str, str]) -> Callable[[F], F]:
        """Nothing for type checkers: PEP 702 has no word for one argument."""
        raise NotImplementedError
else:
    import functools
    import sys
    import warnings
    from collections.abc import Callable, Mapping
    from typing import Any

    _COROUTINE = 0x80  # `inspect.CO_COROUTINE`, whose module a program may not need otherwise

    def deprecated(message: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Make calling a function a `DeprecationWarning` at the line that calls it.

        A coroutine function warns when it is called, which may be elsewhere than where it is awaited.
        """

        def marked(function: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(function)
            def warning(*args: Any, **kwargs: Any) -> Any:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            warning.__deprecated__ = function.__deprecated__ = message
            return _as(function, warning)

        return marked

    def deprecated_arguments(messages: Mapping[str, str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Make calling a function with one of these arguments a `DeprecationWarning`, at the line that calls it."""

        def marked(function: Callable[..., Any]) -> Callable[..., Any]:
            absent, places = function.__kwdefaults__ or {}, function.__code__.co_varnames

            @functools.wraps(function)
            def warning(*args: Any, **kwargs: Any) -> Any:
                given = {**dict(zip(places, args, strict=False)), **kwargs}
                for name in messages.keys() & given.keys():
                    if name not in absent or given[name] is not absent[name]:
                        warnings.warn(messages[name], DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            return _as(function, warning)

        return marked

    def _as(function: Callable[..., Any], warning: Callable[..., Any]) -> Callable[..., Any]:
        if function.__code__.co_flags & _COROUTINE and sys.version_info >= (3, 12):
            import inspect

            return inspect.markcoroutinefunction(warning)
        return warning


__all__ = ["deprecated", "deprecated_arguments"]
