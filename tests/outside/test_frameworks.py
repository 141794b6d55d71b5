"""The suite against APIFlask and Django Ninja: nothing is found in plain applications, and what is planted is found."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.outside.holding import SECRETS, held, told
from tests.served import serving

MISSING = "make outside installs it"
KEY = SECRETS["TRIED_TOKEN"]
LEVELS = ("read", "write", "destructive")

pytestmark = pytest.mark.slow


@contextmanager
def serving_wsgi(app: Any) -> Iterator[str]:
    """Serve a WSGI application for the length of a `with`, as `flask run` does; gives the origin."""
    server = pytest.importorskip("werkzeug.serving").make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def pets() -> tuple[Any, Callable[[Any], AbstractContextManager[str]]]:
    pytest.importorskip("apiflask", reason=MISSING)
    from tests.outside.servers import flask_pets

    return flask_pets, serving_wsgi


def tasks() -> tuple[Any, Callable[[Any], AbstractContextManager[str]]]:
    # It can only be imported once Django's settings are made.
    if importlib.util.find_spec("ninja") is None:
        pytest.skip(MISSING)
    from tests.outside.servers import ninja_tasks

    return ninja_tasks, serving


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("framework", [pets, tasks])
def test_a_plain_application_gives_no_finding(
    framework: Callable[[], Any], level: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if level != "destructive" and not request.config.getoption("--full"):
        pytest.skip("what may do everything does the rest, too: make outside")
    server, serve = framework()
    # Django has one application at a time.
    document, app = server.described(), server.application(KEY)
    results = held(app, document, tmp_path, "--level", level, "--token-env", "TRIED_TOKEN", serve=serve)

    assert told(results) == []
    assert (results["exit"], results["verdict"], results["complete"]) == (0, "holds", True)
    assert results["counts"]["passed"] > 30


@pytest.mark.parametrize("framework", [pets, tasks])
def test_each_bug_is_found(
    framework: Callable[[], Any], request: pytest.FixtureRequest, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    server, serve = framework()
    options = ("--level", "destructive", "--token-env", "TRIED_TOKEN")
    # One each without `--full`: they take half a minute.
    bugs = [*server.BUGS] if request.config.getoption("--full") else [*server.BUGS][:1]
    for bug in bugs:
        with subtests.test(bug=bug):
            (tmp_path / bug).mkdir()
            document, app = server.described(), server.application(KEY, bug)
            results = held(app, document, tmp_path / bug, *options, serve=serve)
            assert server.BUGS[bug] in {(found["operation"], found["check"]) for found in results["findings"]}
            assert {found["operation"] for found in results["findings"]} == {server.BUGS[bug][0]}
