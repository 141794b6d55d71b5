"""Marks what is deprecated: PEP 702 for type checkers, and at run time the same without a further dependency."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import deprecated
else:
    import functools
    import sys
    import warnings
    from collections.abc import Callable
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
            if function.__code__.co_flags & _COROUTINE and sys.version_info >= (3, 12):
                import inspect

                return inspect.markcoroutinefunction(warning)
            return warning

        return marked


__all__ = ["deprecated"]
