"""A discriminator may map to a schema that is not emitted: names are kept and compared without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.pipeline import Described, read_api
from vcsdk.release.history import record

ANIMAL = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}


def read(folder: Path, mapping: dict[str, str], released: Described | None = None) -> Described:
    pet = {
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    }
    answer = {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}
    document: dict[str, Any] = {
        "openapi": "3.0.3",
        "info": {"title": "A", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": answer}}}},
        "x-schemas": {"Other": ANIMAL},
        "components": {"schemas": {"Pet": pet, "Cat": ANIMAL, "Dog": ANIMAL, "Bird": ANIMAL}},
    }
    file = folder / "api.json"
    file.write_text(json.dumps(document))
    return read_api(file, record=record(released) if released is not None else None)


@pytest.mark.parametrize(
    "target", ["#/x-schemas/Other", "#/components/schemas/Cat/properties/kind", "#/components/schemas/Bird", "Bird"]
)
def test_names_stay(target: str, tmp_path: Path) -> None:
    old = read(tmp_path, {"cat": "Cat", "other": target})
    new = read(tmp_path, {"cat": "Cat", "dog": "Dog", "other": target}, old)
    names = {key: schema.name for key, schema in old.api.schemas.items()}
    assert {key: schema.name for key, schema in new.api.schemas.items() if key in names} == names
