"""Passwords and tokens of a session that a function gives: asked at each login, or for each call."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from vcsdk.copied.runtime import Secret
from vcsdk.copied.runtime.errors import ArgumentError, AuthenticationError

from tests.wire.runtime.server import Reply, Seen, Server
from tests.wire.runtime.vcenter import PASSWORD, USER, AsyncVCenter, Simulated, VCenter, error

Does = Callable[[Any], Any]
both = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


def use(server: Server, asynchronous: bool, *steps: Does, **given: Any) -> None:
    """Each step gets the client; what it returns is awaited where it can be."""

    async def run() -> None:
        async with AsyncVCenter(server.origin, timeout=5.0, **given) as client:
            for step in steps:
                if asyncio.iscoroutine(told := step(client)):
                    await told

    if asynchronous:
        asyncio.run(run())
        return
    with VCenter(server.origin, timeout=5.0, **given) as client:
        for step in steps:
            step(client)


def source(values: Iterable[Any], asynchronous: bool) -> Any:
    each = iter(values)
    if not asynchronous:
        return lambda: next(each)

    async def later() -> Any:
        await asyncio.sleep(0)
        return next(each)

    return later


def get(client: Any) -> Any:
    return client.cluster.get()


def basics(server: Server) -> list[str]:
    """The password of each login."""
    sent = (seen.headers["authorization"] for seen in server.seen if seen.line.endswith("POST /api/session"))
    return [base64.b64decode(text.removeprefix("Basic ")).decode().partition(":")[2] for text in sent]


@both
def test_a_password_is_asked_for_at_each_login(server: Server, simulated: Simulated, asynchronous: bool) -> None:
    asked: list[str] = []

    def password() -> Secret:
        asked.append("once")
        return Secret(PASSWORD)

    use(server, asynchronous, get, get, lambda _: simulated.sessions.clear(), get, username=USER, password=password)
    assert asked == ["once", "once"]
    assert simulated.logins == 2


@both
def test_a_new_password_is_used_when_the_session_ends(
    server: Server, simulated: Simulated, asynchronous: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    expected = {"now": PASSWORD}

    def log_in(seen: Seen) -> Reply | None:
        pair = base64.b64encode(f"{USER}:{expected['now']}".encode()).decode()
        if seen.headers["authorization"] != f"Basic {pair}":
            return Reply(401, error("UNAUTHENTICATED", "Invalid credentials."))
        token = f"t0ken-{len(simulated.sessions)}-0123456789"
        simulated.sessions.add(token)
        return Reply(201, token)

    simulated.on["POST /session"] = log_in

    def rotated(_: Any) -> None:
        expected["now"] = "rotated-hunter2"
        simulated.sessions.clear()

    given = source([PASSWORD, "rotated-hunter2"], asynchronous)
    use(server, asynchronous, get, rotated, get, username=USER, password=given)
    assert basics(server) == [PASSWORD, "rotated-hunter2"]
    assert "hunter2" not in caplog.text
    assert PASSWORD not in caplog.text


@both
def test_a_refused_login_does_not_ask_again(server: Server, asynchronous: bool) -> None:
    with pytest.raises(AuthenticationError) as refused:
        use(server, asynchronous, get, username=USER, password=source(["wrong-hunter2", PASSWORD], asynchronous))
    assert basics(server) == ["wrong-hunter2"]
    assert "hunter2" not in repr(refused.value)


@both
def test_a_token_is_asked_for_each_call_and_once_more_after_a_401(
    server: Server, simulated: Simulated, asynchronous: bool
) -> None:
    simulated.sessions |= {"first", "second"}
    given = source(["first", "old", "second"], asynchronous)
    use(server, asynchronous, get, get, token=given)
    sent = [seen.headers["vmware-api-session-id"] for seen in server.seen]
    assert sent == ["first", "old", "second"]
    assert simulated.sessions == {"first", "second"}  # not this client's to end
    with pytest.raises(AuthenticationError):
        use(server, asynchronous, get, token=source(["gone", "gone"], asynchronous))
    assert [seen.headers["vmware-api-session-id"] for seen in server.seen][3:] == ["gone"]


@both
@pytest.mark.parametrize("value", [None, 7, b"bytes", "\ud800"])
def test_what_is_no_password_is_never_sent(server: Server, asynchronous: bool, value: Any) -> None:
    with pytest.raises(ArgumentError, match=r"^password: "):
        use(server, asynchronous, get, username=USER, password=source([value], asynchronous))
    assert server.seen == []


@both
@pytest.mark.parametrize("value", [None, "", "a\nb", "é"])
def test_what_is_no_token_is_never_sent(server: Server, asynchronous: bool, value: Any) -> None:
    with pytest.raises(ArgumentError, match=r"^token: "):
        use(server, asynchronous, get, token=source([value], asynchronous))
    assert server.seen == []


class VaultError(Exception):
    pass


@both
def test_what_a_function_raises_is_the_callers_own(server: Server, simulated: Simulated, asynchronous: bool) -> None:
    def password() -> str:
        raise VaultError

    with pytest.raises(VaultError):
        use(server, asynchronous, get, username=USER, password=password)
    assert server.seen == []
    use(server, asynchronous, get, username=USER, password=lambda: PASSWORD)
    assert simulated.logins == 1


def test_a_coroutine_function_is_for_asynchronous_clients(server: Server) -> None:
    with pytest.raises(ArgumentError, match="asynchronous"):
        use(server, False, get, username=USER, password=source([PASSWORD], True))
    assert server.seen == []


def test_a_user_is_no_secret_and_nothing_goes_alone() -> None:
    with pytest.raises(ArgumentError, match="username: expected text"):
        VCenter("127.0.0.1", username=lambda: USER, password=PASSWORD)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="one makes no sense without the other"):
        VCenter("127.0.0.1", password=lambda: PASSWORD)
    with pytest.raises(ArgumentError, match="either a token or"):
        VCenter("127.0.0.1", username=USER, password=PASSWORD, token=lambda: "t")
