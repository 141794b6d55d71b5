"""An enumeration whose values became others of another type: none of the old is kept beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import call

LISTS: dict[str, tuple[str, list[Any]]] = {
    "words": ("string", ["light", "dark"]),
    "numbers": ("integer", [1, 2, 3]),
    "digits": ("string", ["1", "2", "4"]),
    "fractions": ("number", [0.5, 1.5]),
}


def write(path: Path, kind: str, values: list[Any], *, inline: bool) -> Path:
    listed = {"type": kind, "enum": values}
    mode = listed if inline else {"$ref": "#/components/schemas/Mode"}
    lamp = {"type": "object", "properties": {"mode": mode}}
    schemas = {"Lamp": lamp} | ({} if inline else {"Mode": listed})
    answer = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Lamp"}}}}
    get = {"operationId": "get", "tags": ["lamp"], "responses": {"200": {"description": "It.", **answer}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Lamps", "version": "1"},
        "servers": [{"url": "https://lamps.example.com"}],
        "paths": {"/lamp": {"get": get}},
        "components": {"schemas": schemas},
    }
    path.write_text(json.dumps(document))
    return path


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("new", LISTS)
@pytest.mark.parametrize("old", LISTS)
def test_it_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, inline: bool) -> None:
    before = write(tmp_path / "old.json", *LISTS[old], inline=inline)
    after = write(tmp_path / "new.json", *LISTS[new], inline=inline)
    status = call(["diff", str(before), str(after), "--no-config"])
    assert status in (0, 1)
    if LISTS[old][0] != LISTS[new][0]:
        assert "list this value any more" not in capsys.readouterr().out
        assert (status == 0) is ((old, new) == ("fractions", "numbers"))
