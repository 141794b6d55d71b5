"""What the flavour `pydantic` validates."""

from __future__ import annotations

from pathlib import Path

import pytest
from vcsdk.pipeline import read_api

from tests.flavors.conftest import IMPORT_ALL, SPECS, VCHA, Describe, Flavored, flavored

MODULE = "vcenter_vcha_pydantic"


def test_every_schema_is_a_class_with_the_name_of_our_client(vcha_models: Flavored) -> None:
    counts = vcha_models.result.completeness
    assert (counts.schemas.declared, counts.schemas.emitted) == (37, 37)
    assert counts.operations.declared == 0
    found = vcha_models.run(
        f"""
        import json
        from {MODULE} import models
        own = [value for value in vars(models).values() if getattr(value, "__module__", "") == models.__name__]
        print(json.dumps([value.__name__ for value in own]))
        """
    )
    assert set(found) == {schema.name for schema in read_api(VCHA).api.schemas.values()}


def test_values_are_checked_and_unknown_enumeration_values_keep_their_text(vcha_models: Flavored) -> None:
    answer = vcha_models.run(
        f"""
        import json
        from pydantic import ValidationError
        from {MODULE}.models import StdErrorsError, VchaClusterFailoverTaskRequestBody as Body
        error = StdErrorsError.model_validate_json('{{"error_type": "FROM_THE_FUTURE", "messages": []}}')
        known = StdErrorsError.model_validate_json('{{"error_type": "UNAUTHORIZED", "messages": []}}')
        try:
            Body.model_validate_json("{{}}")
            missing = None
        except ValidationError as problem:
            missing = problem.errors()[0]["type"]
        try:
            StdErrorsError.model_validate_json('{{"error_type": 5, "messages": []}}')
            wrong = None
        except ValidationError as problem:
            wrong = problem.errors()[0]["type"]
        dumped = json.loads(error.model_dump_json(exclude_none=True))
        print(json.dumps([error.error_type.value, known.error_type.name, missing, wrong, dumped]))
        """
    )
    assert answer == [
        "FROM_THE_FUTURE",
        "UNAUTHORIZED",
        "missing",
        "enum",
        {"error_type": "FROM_THE_FUTURE", "messages": []},
    ]


def test_names_of_the_imports_are_left_to_them(describe: Describe, tmp_path: Path) -> None:
    names = (
        "Field",
        "BaseModel",
        "Any",
        "Annotated",
        "StrEnum",
        "AwareDatetime",
        "RootModel",
        "list",
        "str",
        "datetime",
    )
    when = {"type": "string", "format": "date-time"}
    schemas = {n: {"type": "object", "required": ["a"], "properties": {"a": when, "b": {}}} for n in names}
    made = flavored("pydantic", describe({}, schemas), tmp_path / "out")
    assert made.result.complete
    assert made.run(
        """
        import json
        from pydantic import BaseModel
        from ships_pydantic import models
        found = [m for m in vars(models).values() if isinstance(m, type) and m.__module__ == models.__name__]
        for model in found:
            assert issubclass(model, BaseModel) and model.model_validate({"a": "2026-01-01T00:00:00Z"}).a.year == 2026
        print(json.dumps(len(found)))
        """
    ) == len(names)


def test_discriminators_follow_renamed_schemas(describe: Describe, tmp_path: Path) -> None:
    def kind(field: str) -> dict[str, object]:
        return {
            "type": "object",
            "required": ["kind", field],
            "properties": {"kind": {"type": "string"}, field: {"type": "integer"}},
        }

    members = [{"$ref": "#/components/schemas/sea.boat"}, {"$ref": "#/components/schemas/sea.raft"}]
    union = {"oneOf": members, "discriminator": {"propertyName": "kind"}}
    made = flavored(
        "pydantic", describe({}, {"craft": union, "sea.boat": kind("oars"), "sea.raft": kind("logs")}), tmp_path / "out"
    )
    answer = made.run(
        """
        import json
        from pydantic import TypeAdapter
        from ships_pydantic import models
        craft = TypeAdapter(models.Craft).validate_python({"kind": "sea.raft", "logs": 3, "oars": 2})
        print(json.dumps(type(getattr(craft, "root", craft)).__name__))
        """
    )
    assert answer == "SeaRaft"


@pytest.mark.slow
@pytest.mark.skipif(not SPECS.is_dir(), reason="the published specifications are not beside the project")
def test_the_whole_of_vcenter(tmp_path: Path) -> None:
    made = flavored("pydantic", SPECS / "vcenter-7.0.3" / "vcenter.json", tmp_path)
    assert (made.result.completeness.schemas.declared, made.result.completeness.schemas.emitted) == (1142, 1142)
    assert made.run(IMPORT_ALL.format(module="vcenter_pydantic")) == ["vcenter_pydantic.models"]
