"""What the target has, named in the configuration, stands in the paths of the contract package."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from vcsdk.cli.main import main
from vcsdk.emitters.contract.emit import catalogue_of, emit
from vcsdk.load.pointer import find, from_fragment
from vcsdk.pipeline import Described, read_api

OK = {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}}}


def parameter(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", **schema}}


PATHS: dict[str, Any] = {
    "/users/me": {"get": {"operationId": "me", "responses": OK}},
    "/users/{user}": {
        "summary": "Of one user",
        "parameters": [{"$ref": "#/components/parameters/User"}],
        "get": {"operationId": "user", "responses": OK},
        "post": {"operationId": "changeUser", "responses": OK},
        "additionalOperations": {
            "COPY": {
                "operationId": "copyUser",
                "responses": {"200": {"$ref": "#/paths/~1users~1{user}/additionalOperations/LOCK/responses/200"}},
            },
            "LOCK": {"operationId": "lockUser", "responses": OK},
        },
    },
    "/users/{user}/keys/{key}": {
        "parameters": [{"$ref": "#/components/parameters/User"}],
        "get": {
            "operationId": "key",
            "parameters": [parameter("key"), {"name": "user", "in": "query", "schema": {"type": "string"}}],
            "responses": OK,
        },
    },
    "/teams/{user}/keys/{key}": {
        "get": {
            "operationId": "teamKey",
            "parameters": [parameter("user"), parameter("key", enum=["a", "b"])],
            "responses": {"200": {"$ref": "#/paths/~1users~1{user}~1keys~1{key}/get/responses/200"}},
        },
    },
    "/users/{user}/search": {
        "parameters": [{"$ref": "#/paths/~1users~1{user}~1teams~1{team}/parameters/0"}],
        "post": {"operationId": "search", "responses": OK},
    },
    "/users/{user}/teams/{team}": {
        "parameters": [{"$ref": "#/components/parameters/User"}, parameter("team")],
        "get": {
            "operationId": "team",
            "parameters": [{"$ref": "#/paths/~1teams~1{user}~1keys~1{key}/get/parameters/0"}],
            "responses": OK,
        },
    },
    "/teams/{user}/members": {
        "parameters": [{"$ref": "#/paths/~1teams~1{user}~1keys~1{key}/get/parameters/0"}],
        "get": {"operationId": "members", "responses": OK},
    },
    "/pages/{page}": {
        "get": {"operationId": "page", "parameters": [parameter("page", type="integer")], "responses": OK}
    },
    "/labels/{label}": {
        "get": {"operationId": "label", "parameters": [{**parameter("label"), "style": "label"}], "responses": OK}
    },
}


def described(folder: Path, values: str) -> Described:
    document = {
        "openapi": "3.2.0",
        "info": {"title": "Hub", "version": "1"},
        "paths": PATHS,
        "components": {"parameters": {"User": parameter("user")}},
    }
    (folder / "hub.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "hub.toml").write_text(f"[contract.values]\n{values}", encoding="utf-8")
    return read_api(folder / "hub.json")


def requests_of(folder: Path, values: str) -> tuple[dict[str, str], dict[str, Any]]:
    """The requests of the operations by operationId, and the description of the contract package."""
    read = described(folder, values)
    files = {Path(file.path).name: file.content for file in emit(read.api, read.config, read.document)}
    catalogue = catalogue_of(read.api, read.document, read.config.contract_values)
    description = json.loads(files["openapi.json"])
    for reference in re.findall(r'"\$ref": "#([^"]*)"', files["openapi.json"]):
        find(description, from_fragment(reference))
    for operation in catalogue.operations:
        node: Any = description
        for step in operation.pointer.split("/")[1:]:
            node = node[step.replace("~1", "/").replace("~0", "~")]
        assert node["operationId"] == operation.operation_id
    return {o.operation_id: f"{o.method} {o.path}" for o in catalogue.operations}, description


def test_without_values_nothing_changes(tmp_path: Path) -> None:
    requests, description = requests_of(tmp_path, "")

    assert requests["key"] == "GET /users/{user}/keys/{key}"
    assert list(description["paths"]) == list(PATHS)


def test_a_value_stands_wherever_a_path_has_the_parameter(tmp_path: Path) -> None:
    requests, description = requests_of(tmp_path, 'user = "ada"\n')

    assert requests == {
        "me": "GET /users/me",
        "user": "GET /users/ada",
        "changeUser": "POST /users/ada",
        "copyUser": "COPY /users/ada",
        "lockUser": "LOCK /users/ada",
        "key": "GET /users/ada/keys/{key}",
        "teamKey": "GET /teams/ada/keys/{key}",
        "search": "POST /users/ada/search",
        "team": "GET /users/ada/teams/{team}",
        "members": "GET /teams/ada/members",
        "page": "GET /pages/{page}",
        "label": "GET /labels/{label}",
    }
    paths = description["paths"]
    assert "/users/{user}/keys/{key}" not in paths
    assert paths["/users/ada"]["summary"] == "Of one user"
    assert "parameters" not in paths["/users/ada"]["get"]
    assert list(paths["/users/ada"]["additionalOperations"]) == ["COPY", "LOCK"]
    copied = paths["/users/ada"]["additionalOperations"]["COPY"]["responses"]["200"]
    assert copied == {"$ref": "#/paths/~1users~1ada/additionalOperations/LOCK/responses/200"}
    # One of that name in the query is another one.
    assert [(p["name"], p["in"]) for p in paths["/users/ada/keys/{key}"]["get"]["parameters"]] == [
        ("key", "path"),
        ("user", "query"),
    ]
    told = paths["/teams/ada/keys/{key}"]["get"]["responses"]["200"]
    assert told == {"$ref": "#/paths/~1users~1ada~1keys~1{key}/get/responses/200"}


def test_a_path_names_its_own_value(tmp_path: Path) -> None:
    requests, _ = requests_of(tmp_path, '"/users/{user}" = "ada"\nkey = "a"\npage = 7\n')

    assert requests["key"] == "GET /users/ada/keys/a"
    assert requests["teamKey"] == "GET /teams/{user}/keys/a"
    assert requests["page"] == "GET /pages/7"


def test_what_changes_the_thing_itself_is_destructive(tmp_path: Path) -> None:
    read = described(tmp_path, 'user = "ada"\n')
    effects = {
        o.operation_id: o.effect.value
        for o in catalogue_of(read.api, read.document, read.config.contract_values).operations
    }

    assert (effects["user"], effects["changeUser"]) == ("read", "destructive")


def test_what_only_reads_the_thing_stays_a_reading_whatever_its_method(tmp_path: Path) -> None:
    read = described(tmp_path, 'user = "ada"\n[operations.changeUser]\nsafety = "read"\n')
    catalogue = catalogue_of(read.api, read.document, read.config.contract_values)

    assert next(o.effect.value for o in catalogue.operations if o.operation_id == "changeUser") == "read"


def test_a_path_that_would_be_another_one_stays(tmp_path: Path) -> None:
    requests, description = requests_of(tmp_path, 'user = "me"\n')

    assert requests["user"] == "GET /users/{user}"
    assert requests["key"] == "GET /users/me/keys/{key}"
    assert description["paths"]["/users/me"]["get"]["operationId"] == "me"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ('usr = "ada"', ["no path has a parameter `usr`", "did you mean `user`?"]),
        ('"/users/{usr}" = "ada"', ["no path has a parameter `/users/{usr}`", "did you mean `/users/{user}`?"]),
        ('page = "seven"', ["`seven` is no value of the parameter `page`"]),
        ('"/teams/{user}/keys/{key}" = "c"', ["`c` is no value of the parameter"]),
        ('label = "x"', ["written in a style of its own"]),
        ('user = "a/b"', ["it stands in paths"]),
        ('user = ".."', ["it stands in paths"]),
        ('user = "{key}"', ["it stands in paths"]),
        ('user = ""', ["must not be empty"]),
        ("user = true", ["must be text, not true or false"]),
        ('user = ["ada"]', ["must be text, not a list"]),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(
    values: str, said: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    described(tmp_path, "")
    (tmp_path / "hub.toml").write_text(f"[contract.values]\n{values}\n", encoding="utf-8")

    assert main(["generate", str(tmp_path / "hub.json"), "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert f"{tmp_path / 'hub.toml'}:2:" in told
    assert all(words in told for words in said), told
    assert not (tmp_path / "out").exists()
