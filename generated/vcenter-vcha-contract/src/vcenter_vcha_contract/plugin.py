"""The pytest plugin of this package.

It adds options, fixtures and markers only to runs that name the package on the command line, and costs
nothing in any other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_PACKAGE = "vcenter_vcha_contract"


def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
    """Join the run if one of its arguments is this package, a module of it, or a path into it."""
    if not any(_names_this_package(argument) for argument in args):
        return
    from ._suite import options
    from ._suite.plugin import ContractPlugin
    from .operations import CATALOGUE

    options.add(parser, "vCenter High Availability")
    early_config.pluginmanager.register(ContractPlugin(CATALOGUE, _HERE / "openapi.json"), "contract-plugin")


def _names_this_package(argument: str) -> bool:
    name = argument.partition("::")[0]
    if name == _PACKAGE or name.startswith(f"{_PACKAGE}.test_"):
        return True
    if name.startswith("-") or not name:
        return False
    path = Path(name).resolve()
    return path == _HERE or _HERE in path.parents
