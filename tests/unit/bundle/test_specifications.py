"""openapi-spec-validator accepts every view of what VMware publishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from openapi_spec_validator import validate
from vcsdk.bundle import View

from tests.unit.bundle.conftest import SPECS, documents

# The other files of this API are parts of it, no descriptions of their own.
FILES = [
    path for path in sorted(SPECS.rglob("*.*")) if path.suffix in (".json", ".yaml") and "-openapi-" not in path.name
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason="the published specifications are not beside the project"),
]


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SPECS).as_posix())
def test_valid(path: Path, view: View) -> None:
    for document in documents(path, view):
        validate(document)
