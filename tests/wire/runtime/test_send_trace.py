"""What httpcore2 is asked about a request: whether its head left, and nothing behind that."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import httpcore2
import httpx2
import pytest
from vcsdk.copied.runtime.transport_failure import Blind, SendTrace

from tests.served import serving

HEAD = "http11.send_request_headers"


async def application(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"{}"})


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving(application) as url:
        yield url


class Telling(SendTrace):
    """Keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[str] = []

    def note(self, event: str, info: dict[str, Any]) -> None:
        self.events.append(event)
        super().note(event, info)


def test_nothing_is_asked_behind_the_head(origin: str) -> None:
    trace = Telling()
    with httpx2.Client() as http:
        request = http.build_request("POST", origin, json={"a": 1})
        trace.follow(request)
        http.send(request)
    assert trace.left
    assert trace.events[-2:] == [f"{HEAD}.started", f"{HEAD}.complete"]
    assert "trace" not in request.extensions


def test_nor_by_the_asynchronous_pool(origin: str) -> None:
    trace = Telling()

    async def send() -> httpx2.Request:
        async with httpx2.AsyncClient() as http:
            request = http.build_request("POST", origin, json={"a": 1})
            trace.follow(request, asynchronous=True)
            await http.send(request)
            return request

    assert "trace" not in asyncio.run(send()).extensions
    assert trace.left
    assert trace.events[-1] == f"{HEAD}.complete"


def test_a_head_that_never_left_is_asked_for_to_the_end() -> None:
    trace = Telling()
    with httpx2.Client() as http:
        request = http.build_request("GET", "http://127.0.0.1:9")
        trace.follow(request)
        with pytest.raises(httpx2.ConnectError):
            http.send(request)
    assert not trace.left
    assert trace.events[-1] == "connection.connect_tcp.failed"


@pytest.mark.parametrize("kind", [SendTrace, Blind])
def test_the_connect_of_a_proxy_is_not_the_request(kind: type[SendTrace]) -> None:
    trace, request = kind(), httpx2.Request("POST", "https://things.example.com")
    trace.follow(request)
    trace.note(f"{HEAD}.started", {"request": httpcore2.Request("CONNECT", "https://things.example.com")})
    trace.note(f"{HEAD}.complete", {})
    assert not trace.left
    assert "trace" in request.extensions
