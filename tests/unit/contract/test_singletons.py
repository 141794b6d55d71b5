"""What an API has one of: which of it is set, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcsdk.copied.suite.lives import Life
from vcsdk.emitters.contract.emit import catalogue_of
from vcsdk.pipeline import read_api

TEXT = {"type": "string"}
SHOWN = {"type": "object", "required": ["title"], "properties": {"title": TEXT, "rows": {"type": "integer"}}}

ACCOUNT = {"type": "object", "properties": {"email": TEXT, "user_name": TEXT, "status": TEXT}}
GUARDED = {"type": "object", "properties": {"allow_guests": {"type": "boolean"}, "tls_name": TEXT}}


def singletons_of(folder: Path, **changed: Any) -> tuple[Life, ...]:
    """Those of an API with settings; `changed` replaces parts of the description."""
    given: dict[str, Any] = {"path": "/settings", "sent": SHOWN, "shown": SHOWN, "method": "put", **changed}

    def content(schema: Any) -> dict[str, Any]:
        return {"content": {"application/json": {"schema": schema}}}

    change = {"operationId": "set", "requestBody": {"required": True, **content(given["sent"])}}
    place = [{"name": "key", "in": "path", "required": True, "schema": TEXT}] if "{" in given["path"] else []
    item = {
        "parameters": place,
        "get": {"operationId": "get", "responses": {"200": {"description": "ok", **content(given["shown"])}}},
        given["method"]: {**change, "responses": {"204": {"description": "done"}}},
        **given.get("more", {}),
    }
    document = {"openapi": "3.0.3", "info": {"title": "One", "version": "1"}, "paths": {given["path"]: item}}
    (folder / "one.json").write_text(json.dumps(document))
    described = read_api(folder / "one.json")
    return catalogue_of(described.api, described.document).singletons


def test_what_a_put_sets_it_says_as_a_whole(tmp_path: Path) -> None:
    (one,) = singletons_of(tmp_path)

    assert [each.name for each in one.changeable] == ["title", "rows"]
    assert (one.carried, one.left_alone) == (("title", "rows"), ())


def test_a_patch_leaves_the_rest_alone(tmp_path: Path) -> None:
    sent = {"type": "object", "properties": SHOWN["properties"]}
    (one,) = singletons_of(tmp_path, method="patch", sent=sent)

    assert (one.carried, one.left_alone) == ((), ("title", "rows"))


def test_an_envelope_is_opened(tmp_path: Path) -> None:
    around = {"type": "object", "required": ["data"], "properties": {"data": SHOWN}}
    (one,) = singletons_of(tmp_path, shown=around, sent=around)

    assert (one.holder, one.change_in) == (("data",), ("data",))


@pytest.mark.parametrize(
    "changed",
    [
        {"path": "/settings/{key}"},
        {"sent": {**SHOWN, "required": ["title", "code"], "properties": {**SHOWN["properties"], "code": TEXT}}},
        {"sent": ACCOUNT, "shown": ACCOUNT},
        {"sent": GUARDED, "shown": GUARDED},
        {"sent": {"type": "object", "properties": {"other": TEXT}}},
        {"shown": {"type": "array", "items": SHOWN}},
        {"more": {"post": {"operationId": "add", "responses": {"204": {"description": "done"}}}}},
    ],
    ids=[
        "identified",
        "needs what is not shown",
        "an account",
        "who is let in",
        "shows nothing of it",
        "a list",
        "a collection",
    ],
)
def test_what_cannot_be_set_back_is_left_alone(changed: dict[str, Any], tmp_path: Path) -> None:
    assert singletons_of(tmp_path, **changed) == ()
