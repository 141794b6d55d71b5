"""What an index shows of generated packages: by the configuration, by the description, and in the wheel itself."""

from __future__ import annotations

import email
import json
import subprocess
import sys
import tomllib
import zipfile
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.conftest import Run, run

pytestmark = pytest.mark.slow

__all__ = ["run"]

CONFIGURED = """
[package]
distribution = "pets"
license = "mit or apache-2.0"
description = "Pets, typed."
authors = ["Ann O'Neil <ann@example.com>", "The Team", "<team@example.com>"]
keywords = ["pets", "animals at home"]
classifiers = ["Private :: Do Not Upload", "Topic :: Utilities"]
readme = "front.md"
"""
HOSTILE = "x\"'''\\ \n[project.scripts]\nevil = \"os:system\" ] } \u202e\u0007 {{ 7 }} {% raw %}"


def description(**info: Any) -> str:
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "Pets", "version": "1", **info},
            "paths": {"/pets": {"get": {"operationId": "list", "responses": {"204": {"description": "None."}}}}},
        }
    )


def generated(run: Run, folder: Path, text: str, config: str | None = None) -> dict[str, dict[str, Any]]:
    """The sections `project` of client and contract package."""
    (folder / "pets.json").write_text(text, encoding="utf-8")
    (folder / "front.md").write_text("# Our pets\n", encoding="utf-8")
    if config is not None:
        (folder / "pets.toml").write_text(config, encoding="utf-8")
    result = run("generate", str(folder / "pets.json"), "-o", str(folder / "out"))
    assert result.status == 0, result.err
    read = {each.parent.name: tomllib.loads(each.read_text()) for each in folder.glob("out/*/pyproject.toml")}
    return {"contract" if name.endswith("-contract") else "client": data["project"] for name, data in read.items()}


def test_the_configuration_counts(run: Run, tmp_path: Path) -> None:
    said = {"summary": "Another.", "license": {"name": "MIT"}, "contact": {"name": "Nobody"}}
    client = generated(run, tmp_path, description(**said), CONFIGURED)["client"]
    assert client["license"] == "MIT OR Apache-2.0"
    assert client["description"] == "Pets, typed."
    assert client["authors"] == [
        {"name": "Ann O'Neil", "email": "ann@example.com"},
        {"name": "The Team"},
        {"email": "team@example.com"},
    ]
    assert client["keywords"] == ["pets", "animals at home"]
    assert {"Private :: Do Not Upload", "Topic :: Utilities", "Typing :: Typed"} < set(client["classifiers"])
    assert "Development Status :: 4 - Beta" not in client["classifiers"]
    assert (tmp_path / "out/pets/README.md").read_text() == "# Our pets\n"


@pytest.mark.parametrize(
    ("info", "shown"),
    [
        ({"license": {"name": "MIT"}}, {"license": "MIT"}),
        ({"license": {"name": "The MIT one", "identifier": "MIT"}}, {"license": "MIT"}),
        ({"license": {"name": "Apache 2.0"}}, {}),
        (
            {"contact": {"name": "Ann, Inc.", "email": "a@b.org"}},
            {"authors": [{"name": "Ann Inc.", "email": "a@b.org"}]},
        ),
        ({"contact": {"name": "Ann <x>", "email": "a@"}}, {}),
        ({"summary": "All\n  of them."}, {"description": "Typed Python client for Pets: All of them."}),
        ({}, {"description": "Typed Python client for Pets, sync and async."}),
    ],
)
def test_else_the_description_does(run: Run, tmp_path: Path, info: dict[str, Any], shown: dict[str, Any]) -> None:
    project = generated(run, tmp_path, description(**info))["client"]
    assert {key: project[key] for key in ("license", "authors") if key in project} == {
        key: value for key, value in shown.items() if key != "description"
    }
    assert project["description"] == shown.get("description", project["description"])
    assert "Topic :: System :: Systems Administration" not in project["classifiers"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('license = "Apache 2"', "SPDX"),
        ('authors = ["Ann, Bob"]', "no commas"),
        ('authors = ["Ann <ann>"]', "no address of mail"),
        ('authors = [{name = "Ann"}]', "list of texts"),
        ('keywords = ["a,b"]', "no commas"),
        ('classifiers = ["License :: OSI Approved :: MIT License"]', "PEP 639"),
        ('classifiers = ["Utilities"]', "one of PyPI's"),
        ('description = "two\\nlines"', "one line"),
        ('readme = "absent.md"', "No such file"),
        ('readme = "front.txt"', "Markdown"),
    ],
)
def test_what_cannot_be_shown_is_refused_at_its_line(run: Run, tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "pets.json").write_text(description())
    (tmp_path / "pets.toml").write_text(f"[package]\n{line}\n")
    result = run("lint", str(tmp_path / "pets.json"))
    assert result.status == 2
    assert "pets.toml:2:" in result.err
    assert said in result.err


def test_a_page_that_changes_is_taken_anew(run: Run, tmp_path: Path) -> None:
    generated(run, tmp_path, description(), CONFIGURED)
    (tmp_path / "front.md").write_text("# Others\n")
    again = run("generate", str(tmp_path / "pets.json"), "-o", str(tmp_path / "out"))
    assert again.status == 0
    assert (tmp_path / "out/pets/README.md").read_text() == "# Others\n"
    assert run("check", str(tmp_path / "pets.json"), "-o", str(tmp_path / "out")).status == 0


@pytest.mark.slow
@pytest.mark.parametrize("config", [CONFIGURED, '[package]\ndistribution = "pets"\n'], ids=["configured", "described"])
def test_a_wheel_says_it_and_indexes_take_it(run: Run, tmp_path: Path, config: str) -> None:
    pytest.importorskip("hatchling", reason="the extra `release` is not installed")
    from twine.commands.check import check

    said = {"title": f"Pets {HOSTILE}", "summary": HOSTILE, "contact": {"name": HOSTILE, "email": "a@example.com"}}
    for kind, project in generated(run, tmp_path, description(**said), config).items():
        source = tmp_path / "out" / project["name"]
        build = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(tmp_path),
            str(source),
        ]
        subprocess.run(build, check=True, capture_output=True, text=True)
        (wheel,) = tmp_path.glob(f"{project['name'].replace('-', '_')}-*.whl")
        told = metadata(wheel)
        assert set(project.get("scripts", {})) <= {project["name"]}
        assert not check([str(wheel)], strict=True)
        if config is CONFIGURED:
            assert told["License-Expression"] == "MIT OR Apache-2.0"
            assert set(told["Keywords"].split(",")) == {"pets", "animals at home"}
            assert "ann@example.com" in told["Author-email"]
            assert (kind == "client") == (told["Summary"] == "Pets, typed.")
        else:
            assert told["License-Expression"] is None
            assert "a@example.com" in told["Author-email"]


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return email.message_from_bytes(archive.read(name))
