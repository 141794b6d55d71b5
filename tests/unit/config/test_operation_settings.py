"""Settings of operations are held to the operations there are; through the whole pipeline, as commands do it."""

from __future__ import annotations

from pathlib import Path

import pytest
from vcsdk.diagnostics import InputError
from vcsdk.ir import Outcome, Safety
from vcsdk.pipeline import Described, read_api
from vcsdk.reporting import render_text

DESCRIPTION = """\
openapi: 3.0.3
info: {title: Pet Store, version: "1"}
servers: [{url: "https://pets.example.com"}]
paths:
  /pets:
    get:
      operationId: listPets
      responses: {"200": {description: All pets.}}
    post:
      operationId: addPet
      responses: {"201": {description: Added.}}
"""


def described(config: str) -> Described:
    Path("pets.yaml").write_text(DESCRIPTION)
    Path("pets.toml").write_text(config)
    return read_api(Path("pets.yaml"))


@pytest.fixture(autouse=True)
def _in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("key", ["listPets", "pets.list_pets"])
def test_settings_by_operation_id_and_by_python_path(key: str) -> None:
    operation = described(f'[operations."{key}"]\nsafety = "destructive"\n').api.find("listPets")
    assert operation is not None
    assert operation.safety is Safety.DESTRUCTIVE


def test_a_name_by_operation_id() -> None:
    assert described('[operations.listPets]\nname = "all"\n').api.find("pets.all") is not None


def test_an_outcome() -> None:
    text = (
        '[operations.addPet.outcome]\noperation = "listPets"\nproperties = ["a"]\npath = "b"\nequals = "c"\n'
        '[operations.listPets]\nsafety = "read"\n'
    )
    operation = described(text).api.find("addPet")
    assert operation is not None
    assert operation.outcome == Outcome("listPets", ("a",), "b", "c")


OUTCOME = '[operations.addPet.outcome]\nproperties = ["a"]\npath = "b"\nequals = "c"\noperation = '
MISTAKES = {
    "a name nearly right": (
        '[api]\n[operations."pets.list_pet"]\nsafety = "read"\n',
        "pets.toml:2:1: error: the description has no operation `pets.list_pet` [unknown-operation]\n"
        '    2 | [operations."pets.list_pet"]\n'
        "      | ^ did you mean `pets.list_pets`?\n",
    ),
    "a name nothing is like": (
        '[operations."xyz"]\n',
        "pets.toml:1:1: error: the description has no operation `xyz` [unknown-operation]\n"
        '    1 | [operations."xyz"]\n'
        "      | ^ `vcsdk lint` lists the operations\n",
    ),
    "one operation twice": (
        '[operations.listPets]\n[operations."pets.list_pets"]\n',
        "pets.toml:2:1: error: `pets.list_pets` is the operation that `listPets` is about [config-key]\n"
        '    2 | [operations."pets.list_pets"]\n'
        "      | ^ keep one of them\n",
    ),
    "a method's name by its Python path": (
        '[operations."pets.list_pets"]\nname = "all"\n',
        "pets.toml:2:1: error: a method's name is set by operationId, because the Python path is made with it"
        " [config-key]\n"
        '    2 | name = "all"\n'
        '      | ^ write [operations."listPets"]\n',
    ),
    "an outcome of nothing": (
        f'{OUTCOME}"listPet"\n',
        "pets.toml:5:1: error: the description has no operation `listPet` [unknown-operation]\n"
        '    5 | operation = "listPet"\n'
        "      | ^ did you mean `listPets`?\n",
    ),
    "an outcome by Python path": (
        f'{OUTCOME}"pets.list_pets"\n',
        "pets.toml:5:1: error: an outcome names its operation by operationId [config-value]\n"
        '    5 | operation = "pets.list_pets"\n'
        "      | ^ write `listPets`\n",
    ),
    "an outcome that writes": (
        f'{OUTCOME}"addPet"\n',
        "pets.toml:5:1: error: an outcome is read with an operation that changes nothing, and `addPet` is `write`"
        " [config-value]\n"
        '    5 | operation = "addPet"\n'
        "      | ^ set `safety` of `pets.add_pet` to `read` if it is\n",
    ),
}


@pytest.mark.parametrize(("config", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_shown_at_its_place(config: str, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        described(config)
    assert render_text(caught.value.diagnostics) == expected
