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
from tests.wire.generated.calling import Reply, client_of, operation, serving


@pytest.mark.parametrize("name", ["request", "with_options"])
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
