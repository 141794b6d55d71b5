from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what is generated now to tests/golden/*/expected and pass"
    )
    parser.addoption(
        "--full", action="store_true", help="hold every operation and schema to the oracles, not only a sample"
    )
