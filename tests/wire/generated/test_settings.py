"""A generated client names each setting in its own signatures and hands it on: those of the runtime, no other."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
from types import ModuleType
from typing import Any

import httpx2
import pytest
from rich.pretty import pretty_repr

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import client_of, operation, serving
from tests.wire.runtime.server import Reply

OWN = {"self", "target", "base_url", "username", "password", "token", "credentials", "variables"}
SECRET = "hunter2-s3cr3t-p4ss"
JSON = {"application/json": {"schema": {"type": "array", "items": {"type": "integer"}}}}
ANSWERS = {"200": {"description": "It.", "content": JSON}}
MADE = [
    pytest.param(client_of, id="constructor"),
    pytest.param(lambda package, asynchronous: client_of(package, asynchronous).from_env, id="from_env"),
]
BOTH = pytest.mark.parametrize("asynchronous", [False, True])


@pytest.fixture
def package(generate: Generates) -> ModuleType:
    return generate(**operation(method="get", answers=ANSWERS))


def runtime(package: ModuleType, asynchronous: bool) -> dict[str, inspect.Parameter]:
    base = importlib.import_module(f"{package.__name__}._runtime.base").Base
    found = inspect.signature(base.__init__).parameters
    return {name: each for name, each in found.items() if name not in OWN}


@BOTH
def test_the_settings_are_those_of_the_runtime(package: ModuleType, asynchronous: bool) -> None:
    wanted, client = runtime(package, asynchronous), client_of(package, asynchronous)
    kind = "AsyncClient" if asynchronous else "Client"
    for method in (client.__init__, client.from_env):
        found = {n: p for n, p in inspect.signature(method).parameters.items() if n not in OWN}
        assert list(found) == list(wanted)
        for name, each in found.items():
            expected = (
                wanted[name]
                .annotation.replace("Timeout", "float | httpx2.Timeout")
                .replace("H | N", f"httpx2.{kind} | N")
            )
            free = name == "timeout" and method is not client.__init__
            assert each.annotation == expected + (" | None" if free else ""), name
            assert each.default == (None if free else wanted[name].default), name
            assert each.kind is inspect.Parameter.KEYWORD_ONLY


def called(package: ModuleType, make: Any, asynchronous: bool, origin: str, **settings: Any) -> Any:
    async def run() -> Any:
        async with make(package, True)(origin, **settings) as client:
            return await client.x.call()

    if asynchronous:
        return asyncio.run(run())
    with make(package, False)(origin, **settings) as client:
        return client.x.call()


@BOTH
@pytest.mark.parametrize("make", MADE)
def test_each_is_handed_on(package: ModuleType, make: Any, asynchronous: bool) -> None:
    replies = [
        Reply(503),
        Reply(200, body=json.dumps([1, 2, 3]).encode(), headers={"content-type": "application/json"}),
    ]
    with serving(lambda _: replies[min(len(server.seen), 2) - 1]) as server:
        sent = {"headers": {"X-Mine": "1"}, "language": "de-DE", "retries": package.Retries(count=1, first=0.01)}
        assert called(package, make, asynchronous, server.origin, **sent) == [1, 2, 3]
        assert [(s.headers["x-mine"], s.headers["accept-language"]) for s in server.seen] == [("1", "de-DE")] * 2
        with pytest.raises(package.errors.SdkError, match="4 bytes"):
            called(package, make, asynchronous, server.origin, max_answer_bytes=4)
        for wrong in (
            {"timeout": -1},
            {"retries": -1},
            {"max_stream_bytes": 0},
            {"max_stream_seconds": 0},
            {"hooks": 7},
        ):
            with pytest.raises(package.errors.ArgumentError, match=next(iter(wrong))):
                called(package, make, asynchronous, server.origin, **wrong)
        own = httpx2.AsyncClient if asynchronous else httpx2.Client
        with pytest.raises(package.errors.ArgumentError, match="proxy"):
            called(package, make, asynchronous, server.origin, http_client=own(), proxy="http://127.0.0.1:9")


def test_the_variables_of_the_environment_give_way(package: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING_TIMEOUT", "-1")
    with pytest.raises(package.errors.ArgumentError, match="THING_TIMEOUT"):
        client_of(package).from_env("http://h")
    client_of(package).from_env("http://h", timeout=5).close()
    client_of(package)("http://h").close()


@BOTH
@pytest.mark.parametrize("make", MADE)
@pytest.mark.parametrize(
    "settings",
    [
        {"headers": {"Authorization": f"Bearer {SECRET}"}, "timeout": -1},
        {"proxy": f"http://me:{SECRET}@127.0.0.1:9", "timeout": -1},
        {"proxy": f"nonsense://me:{SECRET}@127.0.0.1:99999"},
        {"headers": {"X-Key": SECRET}, "proxy": f"http://me:{SECRET}@h:9", "retries": -1},
    ],
)
def test_no_frame_of_the_package_shows_what_they_hold(
    package: ModuleType, make: Any, asynchronous: bool, settings: dict[str, Any]
) -> None:
    with pytest.raises(package.errors.ArgumentError) as caught:
        make(package, asynchronous)("http://h", **settings)
    frame = caught.tb
    while frame is not None:
        if frame.tb_frame.f_globals["__name__"].startswith(package.__name__):
            assert SECRET not in pretty_repr(frame.tb_frame.f_locals)
        frame = frame.tb_next
    assert SECRET not in str(caught.value)


def test_a_keyword_is_checked_by_name(package: ModuleType) -> None:
    for make in (client_of(package), client_of(package).from_env):
        with pytest.raises(TypeError, match="tiemout"):
            make("http://h", tiemout=5)
