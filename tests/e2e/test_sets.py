"""A set of descriptions, served, and held to its contract."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.unit.cli.conftest import DESCRIPTION
from tests.unit.cli.test_sets import SET, SHOPS

LISTS = {"pets.list_pets", "shops.list_shops"}
"""What changes nothing, in either file."""

ENVIRONMENT = {**os.environ, "VCSDK_SIMULATOR_PASSWORD": "correct horse"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`set.toml`, what it names, and what is generated of it."""
    place = tmp_path_factory.mktemp("set")
    (place / "parts").mkdir()
    (place / "parts" / "pets.yaml").write_text(DESCRIPTION)
    (place / "parts" / "shops.yaml").write_text(SHOPS)
    (place / "set.toml").write_text(SET)
    vcsdk(place, "generate", "set.toml", "-o", "out", "-q")
    return place


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    ready = folder / "ready.json"
    command = [sys.executable, "-m", "vcsdk", "serve", "set.toml", "--port", "0", "--ready-file", str(ready)]
    with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL) as server:
        deadline = time.monotonic() + 60
        while not ready.exists():
            assert server.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield json.loads(ready.read_text())["url"]
        server.send_signal(signal.SIGTERM)


def vcsdk(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "vcsdk", *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def contract(folder: Path, command: str, url: str) -> dict[str, Any]:
    package = ("--package", "out/pets-contract", "--url", url, "--username", "a")
    package += ("--password-env", "VCSDK_SIMULATOR_PASSWORD")
    found: dict[str, Any] = json.loads(vcsdk(folder, "contract", command, *package, "--json"))
    return found


def test_the_server_answers_what_each_file_describes(url: str) -> None:
    assert httpx2.get(f"{url}/pets").json()[0]["kind"] in ("CAT", "DOG")
    assert httpx2.get(f"{url}/shops").json()[0] in ("CAT", "DOG")
    assert httpx2.get(f"{url}/other").status_code == 404


def test_the_contract_of_all_files_holds(folder: Path, url: str) -> None:
    results = contract(folder, "run", url)
    assert results["verdict"] == "holds"
    assert {name for name, row in results["operations"].items() if row["accepted"]} == LISTS
    plan = contract(folder, "plan", url)
    assert {row["operation"] for row in plan["requests"]} - {""} == LISTS


def test_the_suite_finds_a_fault_in_it(folder: Path) -> None:
    score = json.loads(vcsdk(folder, "contract", "score", "set.toml", "--fault", "action-ignored", "--json"))
    assert (score["perfect"], score["planted"], score["caught"]) == (True, 1, 1)
