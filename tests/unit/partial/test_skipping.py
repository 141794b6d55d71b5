"""What the configuration skips goes with everything that needs it, and is no failure."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from vcsdk.diagnostics import InputError, Level

from tests.unit.partial.test_leaving_out import ALL, DESCRIPTION, Doc, ids, left, read


@pytest.fixture(autouse=True)
def _in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def doc() -> Doc:
    """The description."""
    found: Doc = yaml.safe_load(DESCRIPTION)
    return found


@pytest.mark.parametrize("key", ["getRoom", "rooms.get_room"])
def test_an_operation_by_operation_id_and_by_python_path(doc: Doc, key: str) -> None:
    described = read(doc, partial=False, config=f'[operations."{key}"]\nskip = true\n')
    assert ids(described) == ALL - {"getRoom"}
    [omission] = described.omissions
    assert (omission.name, omission.decided) == ("GET /rooms/{room}", True)
    assert {d.level for d in described.diagnostics if d.rule == "left-out"} == {Level.NOTE}


def test_a_schema_with_all_that_needs_it(doc: Doc) -> None:
    described = read(doc, partial=False, config="[schemas.Colour]\nskip = true\n")
    assert ids(described) == {"getRoom", "deleteRoom"}
    assert all(omission.decided for omission in described.omissions)
    assert ("schema", "Lamp") in left(described)


def test_what_is_skipped_need_not_be_right(doc: Doc) -> None:
    doc["paths"]["/rooms/{room}"]["get"]["responses"] = 3
    with pytest.raises(InputError):
        read(doc, partial=False)
    assert ids(read(doc, partial=False, config="[operations.getRoom]\nskip = true\n")) == ALL - {"getRoom"}


def test_false_skips_nothing(doc: Doc) -> None:
    config = "[operations.getRoom]\nskip = false\n[schemas.Colour]\nskip = false\n"
    assert ids(read(doc, partial=False, config=config)) == ALL


def test_names_that_are_not_there_are_mistakes(doc: Doc) -> None:
    with pytest.raises(InputError) as caught:
        read(doc, config="[operations.getRoon]\nskip = true\n[schemas.Color]\nskip = true\n")
    found = {(d.rule, d.hint) for d in caught.value.diagnostics if d.level is Level.ERROR}
    assert found == {
        ("unknown-operation", "did you mean `getRoom`?"),
        ("unknown-schema", "did you mean `Colour`?"),
    }


def test_a_path_of_which_every_operation_is_skipped_is_gone(doc: Doc) -> None:
    config = "[operations.getRoom]\nskip = true\n[operations.deleteRoom]\nskip = true\n"
    assert list(read(doc, partial=False, config=config).document.data["paths"]) == ["/lamps"]
