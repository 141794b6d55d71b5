"""The suite on small servers that keep HTTP's rules, and on ones that break one of them each."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Response
from fastapi.responses import RedirectResponse

from tests.suites import Ran, served, suite_of


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def held(app: FastAPI, tmp_path: Path, tests: str = "not fuzz") -> Ran:
    """The findings of a run of the suite that the application's own description gives."""
    (tmp_path / "openapi.json").write_text(json.dumps(app.openapi()), encoding="utf-8")
    with suite_of(tmp_path / "openapi.json", tmp_path / "out") as suite, served(app) as url:
        return suite.run(url, "--level", "write", "-k", tests, scratch=tmp_path)


def encoded(body: bytes, content_type: str = "application/json", **described: Any) -> FastAPI:
    """One reading that answers these bytes."""
    app = FastAPI(title="encoded", version="1")

    @app.get("/word", responses={200: described} if described else None)
    def word() -> dict[str, str]:
        return Response(body, media_type=None, headers={"Content-Type": content_type})  # type: ignore[return-value]

    return app


WORD = json.dumps({"word": "größe"}, ensure_ascii=False)
RIGHT: dict[str, Callable[[], FastAPI]] = {
    "plain": lambda: encoded(WORD.encode()),
    "escaped": lambda: encoded(json.dumps({"word": "größe"}).encode()),
    "named": lambda: encoded(WORD.encode(), "application/json; charset=UTF-8"),
    "quoted": lambda: encoded(WORD.encode(), 'application/json;charset="utf-8"'),
    "ascii": lambda: encoded(b'{"word": "a"}', "application/json; charset=us-ascii"),
    "documented": lambda: encoded(
        b'{"word": "a"}',
        "application/json; charset=iso-8859-1",
        description="It.",
        content={"application/json; charset=ISO-8859-1": {}},
    ),
}
WRONG: dict[str, Callable[[], FastAPI]] = {
    "mark": lambda: encoded(WORD.encode("utf-8-sig")),
    "utf-16 with a mark": lambda: encoded(WORD.encode("utf-16")),
    "utf-16": lambda: encoded(WORD.encode("utf-16-be")),
    "utf-32": lambda: encoded(WORD.encode("utf-32-le")),
    "latin-1": lambda: encoded(b'{"word": "a"}', "application/json;charset=ISO-8859-1"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_json_in_utf_8_gives_no_finding(name: str, tmp_path: Path) -> None:
    ran = held(RIGHT[name](), tmp_path)

    assert ran.findings == [], ran.printed
    assert ran.results["counts"]["passed"]


@pytest.mark.parametrize("name", WRONG)
def test_json_in_something_else_is_found_once(name: str, tmp_path: Path) -> None:
    assert held(WRONG[name](), tmp_path).checks == {"json-encoding"}


def led(to: str, status: int = 307, *, documented: bool = False, servers: Any = None) -> FastAPI:
    """One reading that leads elsewhere."""
    app = FastAPI(title="led", version="1", servers=servers)

    @app.get("/start", status_code=status if documented else 200, response_class=Response)
    def start() -> Response:
        return RedirectResponse(to, status)

    return app


def severities(ran: Ran) -> Iterator[tuple[str, str]]:
    return ((found["check"], found["severity"]) for found in ran.results["findings"])


@pytest.mark.parametrize("to", ["http://elsewhere.example/start", "//elsewhere.example", "https://[2001:db8::1]:80/"])
def test_a_redirect_that_leaves_the_host_is_found_as_security(to: str, tmp_path: Path) -> None:
    assert {*severities(held(led(to), tmp_path))} == {("redirect-leaves", "security")}


@pytest.mark.parametrize(
    "app",
    [
        led("http://elsewhere.example/start", documented=True),
        led("/other", 302, documented=True),
    ],
    ids=["documented", "below"],
)
def test_a_documented_redirect_gives_no_finding(app: FastAPI, tmp_path: Path) -> None:
    assert held(app, tmp_path).findings == []


@pytest.mark.parametrize(
    ("to", "servers"),
    [
        ("/other", None),
        ("http://localhost:1/other", None),
        ("https://127.0.0.1/other", None),
        ("https://api.example/start", [{"url": "/"}, {"url": "https://API.example/v1"}]),
    ],
)
def test_a_redirect_on_the_same_host_is_not_found_as_leaving(to: str, servers: Any, tmp_path: Path) -> None:
    assert held(led(to, servers=servers), tmp_path).checks == {"status-documented"}
