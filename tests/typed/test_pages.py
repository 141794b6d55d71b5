"""Both type checkers know what pages are made of, and that a page is what the method gave before."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk.cli.main import main

from tests.specs.conftest import worker_cache
from tests.typed import pyright

__all__ = ["worker_cache"]

DESCRIPTION = Path(__file__).parent / "descriptions" / "pages.yaml"
PROGRAM = """\
from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, assert_type

from thing import AsyncThing, Thing
from thing.models import Counted, Open, Vm, VmList, VmListPage


def plain(client: Thing) -> list[Vm]:
    whole: VmList = client.vms.vms_list()
    names: list[str] = client.names.names_list()
    for name in client.names.names_list().pages():
        assert_type(name, str)
    for vm in client.vms.vms_list(size=3).pages(max_pages=3):
        assert_type(vm, Vm)
    for page in client.vms.vms_list().pages().by_page():
        assert_type(page.items, list[Vm])
        for vm in page.pages():
            assert_type(vm, Vm)
    maybe = client.maybe.maybe_list()
    assert_type(client.counted.counted_list().pages, int | None)
    open_: Open = client.open.open_list()
    assert_type(open_.additional_properties, dict[str, int])
    for clashing in client.clash.clash_list().pages():
        assert_type(clashing, VmListPage)
    raw = client.with_raw_response(client.vms.vms_list)(page=2)
    for vm in raw.parsed.pages():
        assert_type(vm, Vm)
    found = [*client.counted.counted_list().pages_(), *client.open.open_list().pages(), *whole.items]
    return found if maybe is None else [*found, *maybe.pages()]


async def waited(client: AsyncThing) -> None:
    whole: VmList = await client.vms.vms_list()
    names: list[str] = await client.names.names_list()
    started: Coroutine[Any, Any, VmList] = client.vms.vms_list()
    one, other = await asyncio.gather(client.vms.vms_list(), client.counted.counted_list())
    assert_type(one.items, list[Vm])
    assert_type((await started).items, list[Vm])
    counted: Counted = await asyncio.create_task(client.counted.counted_list())
    async for name in client.names.names_list().pages():
        assert_type(name, str)
    async for vm in client.maybe.maybe_list().pages():
        assert_type(vm, Vm)
    async for page in client.vms.vms_list().pages().by_page():
        assert_type(page.items, list[Vm])
        async for vm in page.pages():
            assert_type(vm, Vm)
    async for vm in (await client.counted.counted_list()).pages_():
        assert_type(vm, Vm)
    raw = await client.with_raw_response(client.vms.vms_list)()
    async for vm in raw.parsed.pages():
        assert_type(vm, Vm)
"""
WRONG = """\
from thing import AsyncThing, Thing

def f(client: Thing) -> None:
    for vm in client.vms.vms_list().pages():
        vm.nmae
    client.maybe.maybe_list().pages()
    client.vms.vms_list().pages(max_pages="3")

async def g(client: AsyncThing) -> None:
    for vm in client.vms.vms_list().pages():
        pass
    client.vms.vms_list().items
"""
LINES = {5, 6, 7, 10, 12}

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not pyright.available(), reason=pyright.MISSING)]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages")
    assert main(["generate", str(DESCRIPTION), "--output", str(out), "--quiet"]) == 0
    (out / "thing" / "src" / "program.py").write_text(PROGRAM)
    (out / "thing" / "src" / "wrong.py").write_text(WRONG)
    return out / "thing" / "src"


def test_mypy(source: Path, worker_cache: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-pretty", "--cache-dir", str(worker_cache)]
    done = subprocess.run([*command, "program.py"], cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    done = subprocess.run([*command, "wrong.py"], cwd=source, capture_output=True, text=True, check=False)
    found = {int(line.split(":")[1]) for line in done.stdout.splitlines() if line.startswith("wrong.py:")}
    assert found == LINES, done.stdout


def test_pyright(source: Path) -> None:
    (source / "pyrightconfig.json").write_text('{"typeCheckingMode": "standard"}')
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run([*command, "program.py"], cwd=source, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["generalDiagnostics"] == []
    done = subprocess.run([*command, "wrong.py"], cwd=source, capture_output=True, text=True, check=False)
    found = {each["range"]["start"]["line"] + 1 for each in json.loads(done.stdout)["generalDiagnostics"]}
    assert found == LINES, done.stdout
