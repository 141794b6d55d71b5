"""The example `examples/vcenter`: one client of the seven files of vCenter 7.0.3, against the simulator of the same."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.emitters import emit_all
from vcsdk.emitters.completeness import account
from vcsdk.pipeline import Described, read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.generated import imported, write_client
from tests.specs.published import MISSING, SPECS, vcsdk

EXAMPLE = Path(__file__).parents[2] / "examples" / "vcenter"
FILES = SPECS / "vcenter-7.0.3"
USER, PASSWORD = "administrator@vsphere.local", "correct horse"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with VMware's files beside it."""
    if not FILES.is_dir():
        pytest.skip(MISSING)
    place = tmp_path_factory.mktemp("vcenter")
    for path in (*EXAMPLE.iterdir(), *FILES.glob("*.json")):
        shutil.copyfile(path, place / path.name)
    return place


@pytest.fixture(scope="module")
def described(folder: Path) -> Described:
    return read_api(folder / "vcenter.toml")


@pytest.fixture(scope="module")
def sdk(described: Described, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    source = write_client(described.api, described.config, described.document, tmp_path_factory.mktemp("sdk"))
    with imported(source, "vcenter") as module:
        yield module


@pytest.fixture(scope="module")
def simulator(described: Described) -> Iterator[tuple[Simulator, str]]:
    options = SimulatorOptions(password=PASSWORD, task_seconds=0.05, failover_seconds=0.05, outage=0.3, unavailable=0.1)
    server = Simulator(described, options)
    with server.running() as url:
        yield server, url


def test_everything_of_all_files_is_there_once(described: Described) -> None:
    parts = [read_api(path, use_config=False) for path in sorted(FILES.glob("*.json"))]
    requests = {o.request_line for part in parts for o in part.api.operations}
    assert {o.request_line for o in described.api.operations} == requests
    assert len(described.api.operations) == len(requests)
    names = {name for part in parts for name in part.document.data["components"]["schemas"]}
    # Of 57 names that several files have, all are the same: one differs in prose.
    assert set(described.document.data["components"]["schemas"]) == names
    assert not [found for found in described.diagnostics if found.rule == "same-component"]
    assert described.api.title == "vCenter"
    # Sessions and tasks stand in `cis.json`: nothing has to be added for the other six.
    assert described.api.undescribed == ()
    counted = account(described, emit_all(described), Diagnostics())
    assert counted.complete
    assert counted.operations.declared == len(requests)


def test_the_order_of_the_files_changes_no_byte(folder: Path, described: Described) -> None:
    known = {file.path: file.content for file in emit_all(described)}
    orders = [
        sorted(folder.glob("*.json"), reverse=True),
        sorted(folder.glob("*.json"), key=lambda path: path.name[::-1]),
    ]
    assert orders[0] != orders[1]
    for order in orders:
        again = read_api(order, folder / "vcenter.toml")
        assert {file.path: file.content for file in emit_all(again)} == known
        assert again.document.sha256 == described.document.sha256


def test_the_command_says_what_the_readme_shows(folder: Path, tmp_path: Path) -> None:
    done = vcsdk("generate", folder / "vcenter.toml", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    shown = re.search(r"OpenAPI .*", (EXAMPLE / "README.md").read_text(encoding="utf-8"))
    assert shown is not None
    assert shown[0] in done.stdout.splitlines()[0]
    assert {path.name for path in (tmp_path / "out").iterdir() if path.is_dir()} == {"vcenter", "vcenter-contract"}


def test_one_session_serves_what_all_files_describe(sdk: ModuleType, simulator: tuple[Simulator, str]) -> None:
    server, url = simulator
    with sdk.VCenter(url, username=USER, password=PASSWORD) as vc:
        assert isinstance(vc.vcenter.vm.list(), list)
        assert isinstance(vc.appliance.system.version.get().version, str)
        assert isinstance(vc.content.library.list(), list)
        assert isinstance(vc.tagging.category.list(), list)
        assert isinstance(vc.stats.counters.list(), list)
        assert len(server.application.sessions) == 1
        assert server.log.accepted["session.create"] == 1
    assert len(server.application.sessions) == 0
    with sdk.VCenter(url, username=USER, password="wrong") as vc, pytest.raises(sdk.AuthenticationError):
        vc.vcenter.vm.list()


def test_tasks_of_every_file_are_of_one_service(sdk: ModuleType, simulator: tuple[Simulator, str]) -> None:
    _, url = simulator
    with sdk.VCenter(url, username=USER, password=PASSWORD) as vc:
        bundle = vc.appliance.support_bundle.create(description="for the test")
        assert str(vc.tasks.attach(bundle.id).info().status) in {"PENDING", "RUNNING", "SUCCEEDED"}
        bundle.wait(timeout=10, poll=0.01)
        before = vc.vcenter.vcha.cluster.get().node1.runtime.role
        vc.vcenter.vcha.cluster.failover(planned=True).wait(timeout=20, poll=0.05)
        assert vc.vcenter.vcha.cluster.get().node1.runtime.role != before


def test_the_same_awaited(sdk: ModuleType, simulator: tuple[Simulator, str]) -> None:
    _, url = simulator

    async def program() -> None:
        async with sdk.AsyncVCenter(url, username=USER, password=PASSWORD) as vc:
            lists = await asyncio.gather(vc.vcenter.vm.list(), vc.content.library.list())
            assert all(isinstance(found, list) for found in lists)
            await (await vc.appliance.support_bundle.create(description="for the test")).wait(timeout=10, poll=0.01)

    asyncio.run(program())
