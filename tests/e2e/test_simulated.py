"""A user's tests with what `PACKAGE.testing` gives, run by a pytest of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from vcsdk.emitters import emit_all
from vcsdk.pipeline import Described, read_api

from tests.generated import SPEC

VCHA = """
import asyncio

import pytest
from vcenter_vcha import AsyncVCenter, Unauthenticated, Unauthorized, VCenter
from vcenter_vcha.testing import simulated, simulated_client


def active(vc):
    cluster = vc.vcha.cluster.get()
    return [name for name in ("node1", "node2") if getattr(cluster, name).runtime.role == "ACTIVE"]


def test_with_the_fixture(simulated_client):
    assert isinstance(simulated_client, VCenter)
    assert active(simulated_client) == ["node1"]


def test_with_the_context_manager():
    with simulated(failover_seconds=0.1, outage=0.2, unavailable=0.1) as vc:
        vc.vcha.cluster.failover(planned=True).wait(timeout=30, poll=0.05)
        assert active(vc) == ["node2"]


def test_each_has_a_state_of_its_own(simulated_client):
    with simulated() as vc:
        vc.vcha.cluster.mode.set(mode="DISABLED").wait(timeout=30, poll=0.05)
        assert vc.vcha.cluster.get().mode == "DISABLED"
        assert simulated_client.vcha.cluster.get().mode == "ENABLED"


def test_a_program_makes_its_own_client():
    simulation = simulated(client={"language": "de"})
    with simulation:
        with VCenter(simulation.target, **simulation.credentials) as own:
            assert own.vcha.cluster.get().mode == "ENABLED"
        reader = {**simulation.credentials, "username": "reader@vsphere.local"}
        with VCenter(simulation.target, **reader) as other, pytest.raises(Unauthorized):
            other.vcha.cluster.failover(planned=True)
        wrong = {**simulation.credentials, "password": "wrong"}
        with VCenter(simulation.target, **wrong) as nobody, pytest.raises(Unauthenticated):
            nobody.vcha.cluster.get()
        simulation.control("members", {"node2": "DOWN"})
        assert simulation.state()["health"] == "DEGRADED"
        simulation.reset()
        assert simulation.state()["health"] == "HEALTHY"
        with pytest.raises(ValueError, match="mode"):
            simulation.control("mode", {"mode": "SIDEWAYS"})
    with pytest.raises(ValueError, match="inside of its `with` block"):
        simulation.target
    with simulation as again:
        assert again.vcha.cluster.get().mode == "ENABLED"


def test_asynchronously():
    async def run():
        async with simulated() as vc:
            assert isinstance(vc, AsyncVCenter)
            assert (await vc.vcha.cluster.get()).mode == "ENABLED"

    asyncio.run(run())


@pytest.mark.parametrize("options", [{"nothing": 1}, {"outage": -1}, {"faults": ("no-such-fault",)}])
def test_wrong_options(options):
    with pytest.raises(ValueError, match="simulated: "), simulated(**options):
        pass
"""

SHOP = """
import asyncio

import pytest
from shop import NotFoundError
from shop.testing import simulated, simulated_client as shop


def test_state_and_credentials(shop):
    made = shop.items.create(name="a lamp")
    assert shop.items.get(id=made.id).name == "a lamp"
    with pytest.raises(NotFoundError):
        shop.items.get(id="nothing")


def test_credentials_have_the_words_of_this_api():
    assert simulated().credentials["username"] == "tester"
    assert set(simulated().credentials) == {"api_key", "username", "password"}


def test_asynchronously():
    async def run():
        async with simulated() as shop:
            made = await shop.items.create(name="a lamp")
            assert (await shop.items.get(id=made.id)).name == "a lamp"

    asyncio.run(run())
"""


def shop() -> dict[str, Any]:
    text = {"type": "string"}
    item = {"type": "object", "required": ["id", "name"], "properties": {"id": text, "name": text}}
    body = {"type": "object", "required": ["name"], "properties": {"name": text}}

    def content(schema: dict[str, Any]) -> dict[str, Any]:
        return {"description": "Done.", "content": {"application/json": {"schema": schema}}}

    one = {"name": "id", "in": "path", "required": True, "schema": text}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example.com/v1"}],
        "security": [{"key": [], "login": []}],
        "paths": {
            "/items": {
                "post": {
                    "operationId": "create",
                    "requestBody": {"required": True, **content(body)},
                    "responses": {"201": content(item)},
                }
            },
            "/items/{id}": {
                "get": {
                    "operationId": "get",
                    "parameters": [one],
                    "responses": {"200": content(item), "404": {"description": "There is none."}},
                }
            },
        },
        "components": {
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "login": {"type": "http", "scheme": "basic"},
            }
        },
    }


def packages(described: Described, folder: Path) -> dict[str, str]:
    """Write the client and the contract package; gives the environment of a process that can import them."""
    for file in emit_all(described):
        path = folder / file.package / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.content, encoding="utf-8")
    sources = [str(path) for path in sorted(folder.glob("*/src"))]
    assert len(sources) == 2
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sources), "PYTEST_ADDOPTS": ""}


def run(environment: dict[str, str], program: str, folder: Path) -> str:
    (folder / "tests").mkdir()
    (folder / "tests/test_program.py").write_text(program)
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "--rootdir", ".", "tests"]
    line += ["-c", os.devnull, "--basetemp", str(folder / "base")]
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_of_a_vcenter(tmp_path: Path) -> None:
    said = run(packages(read_api(SPEC), tmp_path / "out"), VCHA, tmp_path)
    assert "8 passed" in said


def test_of_any_description(tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    path.write_text(json.dumps(shop()))
    assert "3 passed" in run(packages(read_api(path), tmp_path / "out"), SHOP, tmp_path)


@pytest.mark.parametrize("lacks", ["vcsdk", "vcenter_vcha_contract"])
def test_without_the_extra_it_is_said_how_to_get_it(lacks: str, tmp_path: Path) -> None:
    environment = packages(read_api(SPEC), tmp_path / "out")
    if lacks == "vcenter_vcha_contract":
        environment["PYTHONPATH"] = str(tmp_path / "out/vcenter-vcha/src")
    program = f"""
import sys
import vcenter_vcha
sys.modules.update({{"vcsdk": None}} if {lacks!r} == "vcsdk" else {{}})
from vcenter_vcha.testing import simulated
assert not any(name.partition(".")[0] in ("vcsdk", "pytest") for name in sys.modules if sys.modules[name])
try:
    with simulated():
        pass
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == f"a simulation needs {lacks}: pip install 'vcenter-vcha[testing]'\n"
