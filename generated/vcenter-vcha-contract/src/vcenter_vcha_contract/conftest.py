"""Keeps these tests out of runs that only come across this folder: they need a target to talk to."""

from __future__ import annotations

import pytest


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Collect nothing here unless the run names the package: `pytest --pyargs vcenter_vcha_contract --url …`."""
    return None if config.pluginmanager.has_plugin("contract-plugin") else True
