"""The optional tools behind the flavours."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, InputError, Level, Location

INSTALL = "pip install 'vcsdk[flavors]'"
"""What installs all of them: the extra dependencies of pyproject.toml."""


def require(module: str, distribution: str, diagnostics: Diagnostics) -> ModuleType:
    """Import a tool.

    Raises:
        InputError: It is not installed; the finding has the command that installs it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        text = f"this flavor needs {distribution}, and `{error.name}` is not installed"
        diagnostics.add(Diagnostic(Level.ERROR, "missing-flavor-tool", text, Location("vcsdk", WHOLE), INSTALL))
        raise InputError(diagnostics) from error
