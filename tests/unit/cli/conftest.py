"""A small description, and the command line as a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from vcsdk.cli.main import main

DESCRIPTION = """\
openapi: 3.0.3
info: {title: Pet Store, version: "1"}
servers: [{url: "https://pets.example.com"}]
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: All pets.
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}
        default: {description: Something went wrong.}
  /pets?action=clear:
    post:
      operationId: clearPets
      responses: {"204": {description: All are gone.}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties: {name: {type: string}, kind: {$ref: "#/components/schemas/Kind"}}
    Kind: {type: string, enum: [CAT, DOG]}
    Names: {type: array, items: {type: string}}
"""
BROKEN = DESCRIPTION.replace("schemas/Pet", "schemas/Pat").replace("schemas/Kind", "schemas/Kinds")


@dataclass(frozen=True, slots=True)
class Result:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls the command line in this process."""

    def call(*arguments: str) -> Result:
        try:
            status = main(arguments)
        except SystemExit as exit_:
            status = exit_.code if isinstance(exit_.code, int) else 1
        printed = capsys.readouterr()
        return Result(status, printed.out, printed.err)

    return call


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder: `pets.yaml`, and `broken.yaml` with three dangling references."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "pets.yaml").write_text(DESCRIPTION)
    (tmp_path / "broken.yaml").write_text(BROKEN)
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
