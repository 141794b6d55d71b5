"""Hearing how far an upload is, in forms and raw bodies, against a real server."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, both, client_of, operation, serving, sync
from tests.wire.generated.test_bodies import FILE, content, form, parts

PIECE = 65536
LARGE = bytes(range(256)) * 700  # two pieces and the rest of a third
STEPS = [PIECE, 2 * PIECE, len(LARGE)]

Told = list[tuple[int, int | None]]


def hearing(told: Told) -> Callable[[int, int | None], None]:
    return lambda sent, whole: told.append((sent, whole))


@pytest.mark.parametrize("make", [lambda: LARGE, lambda: bytearray(LARGE), lambda: io.BytesIO(LARGE)])
def test_two_files_of_a_form_are_heard_of_apart(make: Any, generate: Generates) -> None:
    package = generate(**operation(body=content(multipart__form_data=form(one=FILE, other=FILE))))
    one: Told = []
    other: Told = []

    def call(client: Any) -> Any:
        first = package.Upload(make(), "a.iso", on_progress=hearing(one))
        return client.x.call(one=first, other=package.Upload(b"abc", "b.txt", on_progress=hearing(other)))

    seen, _ = both(package, call)
    for request in seen:
        assert {name: value for name, _, _, value in parts(request)} == {"one": LARGE, "other": b"abc"}
        assert "content-length" in request.headers
    assert one == [(sent, len(LARGE)) for sent in STEPS] * 2
    assert other == [(3, 3)] * 2


@pytest.mark.parametrize(
    ("make", "whole", "steps"),
    [
        (lambda: LARGE, len(LARGE), STEPS),
        (lambda: io.BytesIO(LARGE), len(LARGE), STEPS),
        (lambda: [b"ab", b"c"], 3, [2, 3]),
        (lambda: iter([b"ab", b"c"]), None, [2, 3]),
        (lambda: b"", 0, []),
    ],
)
def test_a_raw_body_is_heard_of(make: Any, whole: int | None, steps: list[int], generate: Generates) -> None:
    package = generate(**operation(body=content(application__octet_stream=FILE)))
    told: Told = []
    seen, _ = both(package, lambda c: c.x.call(body=package.Upload(make(), on_progress=hearing(told))))
    assert [request.body for request in seen] == [b"".join(make()) if steps == [2, 3] else LARGE if steps else b""] * 2
    assert all(("content-length" in request.headers) is (whole is not None) for request in seen)
    assert told == [(sent, whole) for sent in steps] * 2


def test_an_upload_without_a_listener_is_its_content(generate: Generates) -> None:
    package = generate(**operation(body=content(application__octet_stream=FILE)))
    seen, _ = both(package, lambda c: c.x.call(body=package.Upload(io.BytesIO(b"abc"))))
    assert [request.body for request in seen] == [b"abc"] * 2


def test_a_coroutine_is_awaited_in_the_loop_of_the_call(generate: Generates) -> None:
    package = generate(**operation(body=content(application__octet_stream=FILE)))
    told: Told = []
    threads: set[int] = set()

    async def listener(sent: int, whole: int | None) -> None:
        await asyncio.sleep(0)
        threads.add(threading.get_ident())
        told.append((sent, whole))

    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"ab", b"c"):
            yield piece

    async def run(origin: str) -> None:
        async with client_of(package, asynchronous=True)(origin, retries=0) as client:
            await client.x.call(body=package.Upload(io.BytesIO(LARGE), on_progress=listener))
            await client.x.call(body=package.Upload(pieces(), on_progress=listener))

    with serving(lambda _: Reply(204)) as server:
        asyncio.run(run(server.origin))
    assert [request.body for request in server.seen] == [LARGE, b"abc"]
    assert told == [*((sent, len(LARGE)) for sent in STEPS), (2, None), (3, None)]
    assert threads == {threading.get_ident()}


class Enough(Exception):
    pass


@pytest.mark.parametrize("in_form", [False, True])
def test_what_a_listener_raises_ends_the_request(in_form: bool, generate: Generates) -> None:
    offered = content(multipart__form_data=form(one=FILE)) if in_form else content(application__octet_stream=FILE)
    package = generate(**operation(body=offered))

    def listener(sent: int, whole: int | None) -> None:
        raise Enough

    async def alistener(sent: int, whole: int | None) -> None:
        raise Enough

    def arguments(heard: Any) -> dict[str, Any]:
        return {"one" if in_form else "body": package.Upload(io.BytesIO(LARGE), "a", on_progress=heard)}

    async def run(origin: str) -> None:
        async with client_of(package, asynchronous=True)(origin, retries=0) as client:
            for heard in (listener, alistener):
                with pytest.raises(package.OutcomeUnknown, match="Enough") as refused:
                    await client.x.call(**arguments(heard))
                assert isinstance(refused.value.__cause__, Enough)

    with sync(package, lambda _: Reply(204)) as (client, server):
        with pytest.raises(package.OutcomeUnknown, match="Enough") as refused:
            client.x.call(**arguments(listener))
        assert isinstance(refused.value.__cause__, Enough)
        asyncio.run(run(server.origin))
        client.x.call(**({"one": b"1"} if in_form else {"body": b"1"}))  # the connection is as good as new
    assert not any(request.body.endswith(LARGE) for request in server.seen[:-1])


def test_an_asynchronous_source_is_for_asynchronous_clients(generate: Generates) -> None:
    package = generate(**operation(body=content(application__octet_stream=FILE)))

    async def pieces() -> AsyncIterator[bytes]:
        yield b"a"

    async def listener(sent: int, whole: int | None) -> None:
        raise AssertionError

    with sync(package, lambda _: Reply(204)) as (client, server):
        for given in (
            package.Upload(pieces(), on_progress=lambda sent, whole: None),
            package.Upload(b"a", on_progress=listener),
        ):
            with pytest.raises(package.ArgumentError, match="asynchronous"):
                client.x.call(body=given)
        assert server.seen == []
