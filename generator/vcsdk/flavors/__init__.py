"""Flavours: other generators on our normalised document and with our templates."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from vcsdk.diagnostics import Diagnostics
from vcsdk.flavors.result import Dropped, FlavorResult
from vcsdk.pipeline import Described

__all__ = ["FLAVORS", "Dropped", "FlavorResult", "generate"]

FLAVORS = {
    "pydantic": "vcsdk.flavors.pydantic",
    "openapi-python-client": "vcsdk.flavors.openapi_python_client",
}
"""The module of each flavour; imported when it is used, because the tools behind them are optional and slow to load."""


def generate(flavor: str, described: Described, out: Path, diagnostics: Diagnostics) -> FlavorResult:
    """Generate the package of a flavour into the folder `out`; what it drops is among `diagnostics`, one finding each.

    Raises:
        InputError: The tool is not installed, refuses the document, or the output cannot be written.
        KeyError: There is no such flavour.
    """
    result: FlavorResult = import_module(FLAVORS[flavor]).generate(described, out, diagnostics)
    return result
