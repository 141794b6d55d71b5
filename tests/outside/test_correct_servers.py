"""The suite against correct servers, each written in another style: no finding at any level, and exit 0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.outside.holding import held, told
from tests.outside.servers import fastapi_store, styles

LEVELS = ("read", "write", "destructive")
ACCOUNTS = (
    f"--username={styles.LIBRARIAN}",
    "--password-env=TRIED_PASSWORD",
    f"--powerless-username={styles.READER}",
    "--powerless-password-env=TRIED_PASSWORD",
)
QUICK = {("", "destructive"), ("bearer", "read"), ("privilege-first", "destructive"), ("problem", "write")}
"""What is tried without `--full`: each level, with and without credentials, both kinds of description."""

pytestmark = pytest.mark.slow


def _needs_full(request: pytest.FixtureRequest, kind: str, level: str) -> None:
    if (kind, level) not in QUICK and not request.config.getoption("--full"):
        pytest.skip("a quarter of a minute each, and there are many: make outside")


def _holds(results: Any) -> None:
    assert told(results) == []
    assert (results["exit"], results["verdict"], results["complete"]) == (0, "holds", True)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("scheme", ["", *fastapi_store.SCHEMES])
def test_fastapi_keeps_what_it_says(scheme: str, level: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    _needs_full(request, scheme, level)
    credentials = ["--token-env", "TRIED_TOKEN"] if scheme else []
    results = held(fastapi_store.application(scheme), None, tmp_path, "--level", level, *credentials)
    _holds(results)
    assert results["counts"]["passed"] > 50


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("style", styles.STYLES)
def test_each_style_keeps_what_is_written(
    style: str, level: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    _needs_full(request, style, level)
    wanted = styles.STYLES[style]
    accounts = ACCOUNTS if wanted.secured else ()
    app = styles.Books(wanted).app
    results = held(app, styles.description(wanted), tmp_path, "--level", level, *accounts)
    _holds(results)
    assert results["counts"]["passed"] > 15
