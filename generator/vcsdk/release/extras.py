"""Says which libraries are missing: building and publishing need some that generating does not."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from vcsdk.diagnostics import Diagnostic, Diagnostics, InputError, Level, Location

_DISTRIBUTIONS = {"cyclonedx": "cyclonedx-python-lib"}


def need(*modules: str) -> None:
    """Stop unless every module can be imported.

    Raises:
        InputError: `missing-library`, with the command that installs the optional dependencies `release`.
    """
    missing = [_DISTRIBUTIONS.get(module, module) for module in modules if find_spec(module) is None]
    if missing:
        text = f"this command needs {' and '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed"
        raise refusal("missing-library", text, "vcsdk", "install them: pip install 'vcsdk[release]'")


def refusal(rule: str, message: str, where: str | Path, hint: str | None = None, *, line: int = 1) -> InputError:
    """An error about a file, or about something with another name (an index, a command), ready to be raised."""
    place = where.as_posix() if isinstance(where, Path) else where
    return InputError(Diagnostics([Diagnostic(Level.ERROR, rule, message, Location(place, line), hint)]))
