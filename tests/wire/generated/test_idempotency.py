"""What has an effect is repeated only with a key that is declared and given, or by the caller's word."""

from __future__ import annotations

import asyncio
import importlib
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import client_of, operation, serving
from tests.wire.runtime.server import Reply, Seen

KEY = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
BUSY = (408, 409, 425, 429, 502, 503, 504)


def described(*parameters: dict[str, Any], method: str = "post") -> dict[str, Any]:
    return operation(method=method, parameters=list(parameters))


def called(package: Any, handler: Any, asynchronous: bool, retries: Any, **arguments: Any) -> tuple[Any, list[Seen]]:
    """What a call came to, an exception or None, and the requests that the server saw."""
    given = {"first": 0.01, "longest": 0.02, **retries}
    made = importlib.import_module(f"{package.__name__}._runtime.retry").Retries(**given)
    with serving(handler) as server:

        async def run() -> None:
            async with client_of(package, asynchronous=True)(server.origin, retries=made) as client:
                await client.x.call(**arguments)

        try:
            if asynchronous:
                asyncio.run(run())
            else:
                with client_of(package)(server.origin, retries=made) as client:
                    client.x.call(**arguments)
        except package.errors.SdkError as error:
            return error, server.seen
        return None, server.seen


def failing(times: int, reply: Any) -> Any:
    left = [reply] * times

    def handler(_: Seen) -> Any:
        return left.pop() if left else Reply(204)

    return handler


@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize("spelled", ["Idempotency-Key", "idempotency-key", "X-Idempotency-Key"])
def test_a_key_that_was_given_goes_with_each_repetition(generate: Generates, asynchronous: bool, spelled: str) -> None:
    package = generate(**described({**KEY, "name": spelled}))
    (name,) = {"idempotency_key", "x_idempotency_key"} & set(client_of(package)("http://h").x.call.__kwdefaults__)
    for reply in (*map(Reply, BUSY), Reply(cut="close")):
        error, seen = called(package, failing(2, reply), asynchronous, {}, **{name: "k-1"})
        assert error is None, reply
        assert [each.headers[spelled.lower()] for each in seen] == ["k-1"] * 3
    error, seen = called(package, failing(9, Reply(cut="close")), asynchronous, {"count": 2}, **{name: "k-1"})
    assert type(error).__name__ == "OutcomeUnknown"
    assert "it was sent 3 times" in str(error)
    assert len(seen) == 3


@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize(
    ("parameters", "arguments"),
    [
        ((KEY,), {}),
        (({**KEY, "in": "query"},), {"idempotency_key": "k-1"}),
        (({**KEY, "name": "Key"},), {"key": "k-1"}),
        ((), {}),
    ],
)
def test_without_one_nothing_is_sent_again(
    generate: Generates, asynchronous: bool, parameters: tuple[Any, ...], arguments: dict[str, str]
) -> None:
    package = generate(**described(*parameters))
    for reply in (*map(Reply, BUSY), Reply(cut="close")):
        error, seen = called(package, failing(2, reply), asynchronous, {}, **arguments)
        assert error is not None
        assert len(seen) == 1, reply
    assert "it was not sent again" in str(
        called(package, failing(2, Reply(cut="close")), asynchronous, {}, **arguments)[0]
    )


@pytest.mark.parametrize("asynchronous", [False, True])
def test_by_the_callers_word(generate: Generates, asynchronous: bool) -> None:
    package = generate(**described())
    for reply in (*map(Reply, BUSY), Reply(cut="close")):
        error, seen = called(package, failing(2, reply), asynchronous, {"effects": True})
        assert (error, len(seen)) == (None, 3)
    error, seen = called(package, failing(2, Reply(500)), asynchronous, {"effects": True})
    assert (error.status, len(seen)) == (500, 1)


def test_reading_needs_no_key(generate: Generates) -> None:
    package = generate(**described(method="get"))
    for status in BUSY:
        _, seen = called(package, failing(2, Reply(status)), False, {})
        # A conflict of something that reads is an answer.
        assert len(seen) == (1 if status == 409 else 3)
