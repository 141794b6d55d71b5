"""The way to the target carries what a test sends, and nothing of what an earlier answer set."""

from __future__ import annotations

from pathlib import Path

import httpx2
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation
from vcsdk.copied.suite.run import Run
from vcsdk.copied.suite.settings import Settings
from vcsdk.copied.suite.target import Target

CATALOGUE = Catalogue(
    (
        Operation("create", "create", "POST", "/session", (), "#", Effect.WRITE, role="session-create"),
        Operation("list", "list", "GET", "/things", (), "#", Effect.READ),
    ),
    session_header="token",
)


def test_a_session_in_a_cookie_signs_in_nobody_else(tmp_path: Path) -> None:
    seen: list[httpx2.Headers] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.headers)
        return httpx2.Response(200, json="a-token", headers={"Set-Cookie": "token=a-token; Path=/"})

    settings = Settings("http://target.example", login=("user", "password"))
    run = Run(settings, CATALOGUE, Description(tmp_path), tmp_path, httpx2.MockTransport(answer))
    run.target.send("GET", "/things")
    Target(run, credentials={}).send("GET", "/things")

    assert [headers.get("token") for headers in seen] == [None, "a-token", None]
    assert not any("cookie" in headers for headers in seen)
