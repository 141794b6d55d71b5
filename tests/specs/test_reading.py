"""What VMware publishes is mended, and is a valid description in every view."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import openapi_spec_validator
import pytest
from vcsdk.bundle import View
from vcsdk.config.model import Config, PackageNames
from vcsdk.diagnostics import Diagnostics
from vcsdk.load import load
from vcsdk.normalize import normalize

from tests.specs.published import MISSING, SPECS
from tests.specs.test_whole import NAMES
from tests.unit.bundle.conftest import documents

CONFIG = Config(PackageNames("published", "published", "Published"))
COUNTS = {
    "vcenter.json": {
        "dangling-request-body": 115,
        "keyword-beside-schema": 8,
        "schema-required-boolean": 1,
        "duplicate-operation-id": 368,
        "query-in-path": 133,
    },
    "appliance.json": {"dangling-request-body": 51, "duplicate-operation-id": 110, "query-in-path": 20},
    "cis.json": {"duplicate-operation-id": 13, "query-in-path": 22},
    "content.json": {"dangling-request-body": 33, "duplicate-operation-id": 52, "query-in-path": 28},
    "esx.json": {
        "dangling-request-body": 12,
        "schema-required-boolean": 1,
        "duplicate-operation-id": 79,
        "query-in-path": 27,
    },
    "stats.json": {"duplicate-operation-id": 12},
    "vapi.json": {"duplicate-operation-id": 42, "query-in-path": 11},
}

pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason=MISSING)


@pytest.mark.parametrize("name", COUNTS)
def test_each_repair_is_made_as_often_as_it_is_needed(name: str) -> None:
    diagnostics = Diagnostics()
    document = load(SPECS / "vcenter-7.0.3" / name, diagnostics)
    before = sum(len(item) for item in document.data["paths"].values())
    made = normalize(document, CONFIG, diagnostics)
    # None of them names a server or says how to sign in.
    assert {m.rule: m.count for m in made} == {"missing-servers": 1, "missing-security": 1, **COUNTS[name]}
    assert sum(len(item) for item in document.data["paths"].values()) == before
    schema = Path(openapi_spec_validator.__file__).parent / "resources/schemas/v3.0/schema.json"
    validator = jsonschema_rs.validator_for(json.loads(schema.read_text()))
    assert list(validator.iter_errors(document.data)) == []


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("name", NAMES)
def test_every_view_is_valid(name: str, view: View) -> None:
    for document in documents(SPECS / name, view):
        openapi_spec_validator.validate(document)
