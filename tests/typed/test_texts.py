"""What run time takes for an argument, type checkers take, too: values of enumerations, texts for secrets and UUIDs."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from vcsdk.pipeline import read_api

from tests.generated import imported, write_client
from tests.specs.conftest import worker_cache
from tests.wire.generated.calling import Reply, serving

from .pyright import available

__all__ = ["worker_cache"]

HERE = Path(__file__).parent / "descriptions/texts.yaml"
UUID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
RIGHT = f"""
import uuid

from kinds import AsyncKinds, Kinds, Secret
from kinds.models import Colour, Inner, Level

def program(c: Kinds, members: list[Colour], ids: list[uuid.UUID], mixed: tuple[Colour, ...]) -> None:
    c.a.make_a(id="{UUID}", colour="red", secret="s", kind="blue")
    c.a.make_a(id=uuid.UUID("{UUID}"), colour=Colour.RED, secret=Secret("s"), kind=Colour("newer"))
    c.a.make_a(id="{UUID}", colour="red", secret="s", kind="blue", level=1, colours=["red"], ids=["{UUID}"], any="red")
    c.a.make_a(id="{UUID}", colour="red", secret="s", kind="blue", level=Level(1), colours=members, ids=ids, any=5)
    c.a.make_a(id="{UUID}", colour="red", secret="s", kind="blue", colours=[Colour.RED, "blue"], shades=mixed)
    c.a.make_a(id="{UUID}", colour="red", secret="s", kind="blue", maybe=None, own="x | None", key="{UUID}", cast="red")
    c.a.make_a(id="{UUID}", colour="red", secret="s", kind="blue", maybe="red", inner=Inner(c=Colour.RED))
    c.a.patch_a(id="{UUID}", colour="red", kind=None, password="x")
    c.a.put_a(id="{UUID}", colour="red", kind="red", password="x")
    c.b.put_b(body="red")
    c.b.post_b(body=["red", Colour.BLUE])

async def later(c: AsyncKinds) -> None:
    await c.a.make_a(id="{UUID}", colour="red", secret="s", kind="blue", level=2, shades=["red"])
    await c.b.put_b(body="blue")
"""
WRONG = [
    'c.b.put_b(body="green")',
    'c.b.post_b(body=["green"])',
    'c.b.post_b(body="red")',
    f'c.a.put_a(id="{UUID}", colour="gren", kind="red")',
    'c.a.put_a(id=5, colour="red", kind="red")',
    f'c.a.put_a(id="{UUID}", colour=None, kind="red")',
    f'c.a.make_a(id="{UUID}", colour="red", secret=5, kind="blue")',
    f'c.a.make_a(id="{UUID}", colour="red", secret="s", kind="blue", level=3)',
    f'c.a.make_a(id="{UUID}", colour="red", secret="s", kind="blue", colours=["gren"])',
    f'c.a.make_a(id="{UUID}", colour="red", secret="s", kind="blue", ids="{UUID}")',
]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    described = read_api(HERE)
    return write_client(described.api, described.config, described.document, tmp_path_factory.mktemp("texts"))


@pytest.fixture(scope="module")
def package(source: Path) -> Iterator[ModuleType]:
    with imported(source, "kinds") as found:
        yield found


def judged(source: Path, folder: Path, cache: Path, text: str, tool: str = "mypy") -> list[str]:
    """The numbers of the lines in which a checker finds a fault."""
    program = folder / "program.py"
    program.write_text(text)
    if tool == "mypy":
        command = [sys.executable, "-m", "mypy", "--strict", "--no-pretty", "--cache-dir", str(cache), str(program)]
        done = subprocess.run(
            command, capture_output=True, text=True, env={"MYPYPATH": str(source), "PATH": ""}, check=False
        )
        found = [line for line in done.stdout.splitlines() if ": error: " in line]
        return [line.partition("program.py:")[2].partition(":")[0] for line in found]
    (folder / "pyrightconfig.json").write_text(
        json.dumps({"extraPaths": [str(source)], "typeCheckingMode": "standard"})
    )
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "-p", str(folder), str(program)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    told = json.loads(done.stdout)["generalDiagnostics"]
    return [str(each["range"]["start"]["line"] + 1) for each in told if each["severity"] == "error"]


@pytest.mark.parametrize("tool", ["mypy", "pyright"])
def test_checkers_take_what_is_right_and_refuse_what_is_not(
    tool: str, source: Path, tmp_path: Path, worker_cache: Path
) -> None:
    if tool == "pyright" and not available():
        pytest.skip("there is no pyright")
    head = "from kinds import Kinds\n\ndef program(c: Kinds) -> None:\n"
    assert judged(source, tmp_path, worker_cache, RIGHT, tool) == []
    lines = judged(source, tmp_path, worker_cache, head + "".join(f"    {line}\n" for line in WRONG), tool)
    assert sorted(set(map(int, lines))) == [number + 4 for number in range(len(WRONG))]


TEXTS: dict[str, Any] = {
    "id": UUID,
    "colour": "red",
    "secret": "s",
    "kind": "blue",
    "level": 2,
    "colours": ["red"],
    "ids": [UUID],
    "any": "red",
    "maybe": "blue",
    "own": "x | None",
    "key": UUID,
    "cast": "red",
    "shades": ["red", "blue"],
}


def members(package: ModuleType) -> dict[str, Any]:
    import uuid

    models, colour, key = package.models, package.models.Colour, uuid.UUID(UUID)
    return {
        "id": key,
        "colour": colour.RED,
        "secret": package.Secret("s"),
        "kind": colour.BLUE,
        "level": models.Level(2),
        "colours": [colour.RED],
        "ids": [key],
        "any": colour.RED,
        "maybe": colour.BLUE,
        "own": models.MakeARequestOwn("x | None"),
        "key": key,
        "cast": colour.RED,
        "shades": (colour.RED, "blue"),
    }


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_text_is_sent_as_the_value_that_it_stands_for(package: ModuleType, asynchronous: bool) -> None:
    given = [TEXTS, members(package)]

    async def run(origin: str) -> None:
        async with package.AsyncKinds(origin) as client:
            for each in given:
                await client.a.make_a(**each)

    with serving(lambda _: Reply(204)) as server:
        if asynchronous:
            asyncio.run(run(server.origin))
        else:
            with package.Kinds(server.origin) as client:
                for each in given:
                    client.a.make_a(**each)
        one, other = server.seen
    assert (one.target, one.body) == (other.target, other.body)
    assert json.loads(one.body)["secret"] == "s"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"id": "no"}, "id: "), ({"key": "no"}, "key"), ({"secret": 5}, "secret"), ({"level": "x"}, "level")],
    ids=str,
)
def test_a_text_that_stands_for_none_is_refused(package: ModuleType, wrong: dict[str, Any], said: str) -> None:
    with serving(lambda _: Reply(204)) as server, package.Kinds(server.origin) as client:
        with pytest.raises(package.ArgumentError) as refused:
            client.a.make_a(**{**TEXTS, **wrong})
        assert said in str(refused.value)
        assert server.seen == []
