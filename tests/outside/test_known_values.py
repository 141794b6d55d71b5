"""What the target has is named in the configuration: things that no list shows and the suite cannot make."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel
from vcsdk.cli.main import main

from tests.suites import served


class Problem(BaseModel):
    """What every error says."""

    detail: str


class Repository(BaseModel):
    """Has labels."""

    owner: str
    repo: str
    about: str


class About(BaseModel):
    """What can be changed of a repository."""

    about: str


class NewLabel(BaseModel):
    """A label that is to be made."""

    color: str
    text: str


class Label(NewLabel):
    """Belongs to a repository."""

    number: int


class Hub:
    """A repository, `octocat/hello`, with its labels; there is no other, and nothing lists it.

    `changed` counts what was asked to change the repository itself.  A `deaf` one forgets the text of a change.
    """

    def __init__(self, *, deaf: bool = False) -> None:
        self.changed = 0
        self.labels = {1: Label(number=1, color="red", text="bug")}
        self.app = FastAPI(title="Hub", version="1")
        missing = {404: {"model": Problem}}

        @self.app.get("/repos/{owner}/{repo}", responses=missing, operation_id="get_repo")
        def repository(owner: str, repo: str) -> Repository:
            self.check(owner, repo)
            return Repository(owner=owner, repo=repo, about="all of it")

        @self.app.put("/repos/{owner}/{repo}", responses=missing, operation_id="change_repo")
        def change_repository(owner: str, repo: str, given: About) -> Repository:
            self.check(owner, repo)
            self.changed += 1
            return Repository(owner=owner, repo=repo, about=given.about)

        @self.app.get("/repos/{owner}/{repo}/labels", responses=missing, operation_id="list_labels")
        def listed(owner: str, repo: str) -> list[Label]:
            self.check(owner, repo)
            return list(self.labels.values())

        @self.app.post("/repos/{owner}/{repo}/labels", status_code=201, responses=missing, operation_id="make_label")
        def make(owner: str, repo: str, given: NewLabel) -> Label:
            self.check(owner, repo)
            number = max(self.labels, default=0) + 1
            self.labels[number] = Label(number=number, **given.model_dump())
            return self.labels[number]

        @self.app.get("/repos/{owner}/{repo}/labels/{number}", responses=missing, operation_id="get_label")
        def shown(owner: str, repo: str, number: int) -> Label:
            return self.label(owner, repo, number)

        @self.app.put("/repos/{owner}/{repo}/labels/{number}", responses=missing, operation_id="change_label")
        def change(owner: str, repo: str, number: int, given: NewLabel) -> Label:
            found = self.label(owner, repo, number)
            text = found.text if deaf else given.text
            self.labels[number] = Label(number=number, color=given.color, text=text)
            return self.labels[number]

        @self.app.delete(
            "/repos/{owner}/{repo}/labels/{number}", status_code=204, responses=missing, operation_id="delete_label"
        )
        def remove(owner: str, repo: str, number: int) -> None:
            self.label(owner, repo, number)
            del self.labels[number]

    def check(self, owner: str, repo: str) -> None:
        """Refuse every other repository."""
        if (owner, repo) != ("octocat", "hello"):
            raise HTTPException(404, "no such repository")

    def label(self, owner: str, repo: str, number: int) -> Label:
        """The label of that number."""
        self.check(owner, repo)
        if number not in self.labels:
            raise HTTPException(404, "no such label")
        return self.labels[number]


VALUES = """
[contract.values]
owner = "octocat"
"/repos/{owner}/{repo}" = "hello"
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The contract package with what the target has, and without."""
    made = {}
    for name, configuration in (("named", VALUES), ("nameless", "")):
        folder = tmp_path_factory.mktemp(name)
        (folder / "hub.json").write_text(json.dumps(Hub().app.openapi()), encoding="utf-8")
        (folder / "hub.toml").write_text(configuration, encoding="utf-8")
        assert main(["generate", str(folder / "hub.json"), "--output", str(folder / "out"), "--quiet"]) == 0
        made[name] = next((folder / "out").glob("*-contract"))
    return made


def told(url: str, package: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    capsys.readouterr()
    status = main(["contract", "run", "--url", url, "--package", str(package), *options])
    return status, capsys.readouterr().out.splitlines()


def test_what_was_never_answered_with_a_success_is_named(packages: dict[str, Path], capsys) -> None:
    with served(Hub().app) as url:
        status, lines = told(url, packages["nameless"], capsys)

    assert status == 0, "\n".join(lines)
    assert "3 operations never answered with a success" in lines[-1]
    at = lines.index("Never answered with a success (3)")
    assert [line.split() for line in lines[at + 1 : at + 4]] == [
        ["repos.get_repo", "GET", "/repos/{owner}/{repo}"],
        ["repos.labels.list_labels", "GET", "/repos/{owner}/{repo}/labels"],
        ["repos.labels.get_label", "GET", "/repos/{owner}/{repo}/labels/{number}"],
    ]
    assert "contract.values" in lines[at + 4]


def test_below_what_is_named_things_live_and_it_is_not_changed_itself(packages: dict[str, Path], capsys) -> None:
    hub = Hub()
    with served(hub.app) as url:
        status, lines = told(url, packages["named"], capsys, "--level", "write")

    assert status == 0, "\n".join(lines)
    called = {line.split()[0]: line for line in lines if line.startswith("  repos")}
    assert " 201: " in called["repos.labels.make_label"]
    assert " 204: " in called["repos.labels.delete_label"]
    assert " 200: " in called["repos.labels.change_label"]
    assert (hub.changed, [*hub.labels]) == (0, [1])


def test_a_write_that_is_ignored_there_is_found(packages: dict[str, Path], capsys) -> None:
    with served(Hub(deaf=True).app) as url:
        status, lines = told(url, packages["named"], capsys, "--level", "write")
        without, _ = told(url, packages["nameless"], capsys, "--level", "write")

    assert (status, without) == (1, 0), lines
    assert any("change" in line and "text" in line for line in lines), lines
