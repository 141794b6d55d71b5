"""A resource that was released before the client class had a method of its name."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk.naming.record_text import parse, render
from vcsdk.naming.recording import record_of
from vcsdk.pipeline import read_api

from tests.generated import imported, write_client
from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, client_of, operation, serving


@pytest.mark.parametrize(
    ("name", "kept"), [("from_env", "from_env_"), ("base_url", "base_url_"), ("hooks", "hooks"), ("tasks", "tasks")]
)
def test_a_new_description_gives_way_to_the_client(name: str, kept: str, generate: Generates) -> None:
    package = generate(**operation(f"/{name}", "get"))
    with serving(lambda _: Reply(204)) as server:
        made = client_of(package).from_env(server.origin)
        getattr(made, kept).call()
        client_of(package)(base_url=f"{server.origin}/v2").with_options(timeout=5)
        assert [seen.target for seen in server.seen] == [f"/{name}"]


@pytest.mark.parametrize("name", ["from_env", "request", "with_options"])
def test_it_keeps_its_name_and_works(name: str, tmp_path: Path) -> None:
    path = tmp_path / "thing.json"
    whole = {"openapi": "3.0.3", "info": {"title": "Thing", "version": "1"}, **operation(f"/{name}", "get")}
    path.write_text(json.dumps(whole))
    first = read_api(path)
    record = record_of(first.api, first.document.original_ids)
    released = parse(render(record).replace(f"{name}_", name))
    assert released != record
    again = read_api(path, record=released)
    (found,) = again.api.operations
    assert found.resource == (name,)
    source = write_client(again.api, again.config, again.document, tmp_path / "out")
    with imported(source, "thing") as package, serving(lambda _: Reply(204)) as server:
        getattr(client_of(package)(server.origin), name).call()

        async def run() -> None:
            async with client_of(package, asynchronous=True)(server.origin) as client:
                await getattr(client, name).call()

        asyncio.run(run())
        assert [seen.target for seen in server.seen] == [f"/{name}"] * 2
    checked = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "-p", "thing"]
    ran = subprocess.run(checked, cwd=source, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_a_variable_that_was_released_before_a_setting_keeps_its_keyword(tmp_path: Path) -> None:
    path = tmp_path / "thing.json"
    with serving(lambda _: Reply(204)) as server:
        whole = {"openapi": "3.0.3", "info": {"title": "Thing", "version": "1"}, **operation("/x", "get")}
        whole["servers"] = [{"url": f"{server.origin}/{{hooks}}", "variables": {"hooks": {"default": "v1"}}}]
        path.write_text(json.dumps(whole))
        first = read_api(path)
        record = record_of(first.api, first.document.original_ids)
        released = parse(render(record).replace("hooks_", "hooks"))
        assert released != record
        again = read_api(path, record=released)
        source = write_client(again.api, again.config, again.document, tmp_path / "out")
        with imported(source, "thing") as package:
            client_of(package)(hooks="v2", timeout=5).x.call()
            client_of(package).from_env(hooks="v3", timeout=5).x.call()
        assert [seen.target for seen in server.seen] == ["/v2/x", "/v3/x"]
    checked = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "-p", "thing"]
    ran = subprocess.run(checked, cwd=source, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout
