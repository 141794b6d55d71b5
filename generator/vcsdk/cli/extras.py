"""The optional dependencies of the toolkit: which command needs which, and what to say where they are not there."""

from __future__ import annotations

from importlib.util import find_spec

MODULES = {
    "attest": ("pypi_attestations", "sigstore"),
    "contract": ("httpx2", "pytest", "rich", "schemathesis", "uvicorn", "xdist"),
    "serve": ("uvicorn",),
    "release": ("build", "cyclonedx", "hatchling", "twine"),
}
"""By extra, the modules of what it installs that a command cannot do without."""


def missing(extra: str) -> list[str]:
    """The modules of an extra that are not installed."""
    return [module for module in MODULES[extra] if find_spec(module) is None]


def explain(command: str, extra: str, modules: list[str]) -> str:
    """One line for a person whose command lacks them."""
    return f"error: `{command}` needs {', '.join(modules)}; to install it: pip install 'vcsdk[{extra}]'\n"
