"""The lines of a report, pasted into a shell: each finding is seen again, by curl and by its test."""

from __future__ import annotations

import contextlib
import html
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.outside.holding import SECRETS, held
from tests.outside.servers.fastapi_bugs import BUGS, application, described
from tests.served import serving

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Any]]:
    """The folder of a run, and its results; the server is still there."""
    folder = tmp_path_factory.mktemp("reported")
    app = application(*BUGS)
    with serving(app) as url:
        options = ("--level", "destructive", "--token-env", "TRIED_TOKEN")
        yield folder, held(app, described(), folder, *options, serve=lambda _: contextlib.nullcontext(url))


def status(line: str) -> int:
    """What is answered to a line that calls curl."""
    environment = {"PATH": os.environ["PATH"], "TOKEN": SECRETS["TRIED_TOKEN"]}
    done = subprocess.run(["bash", "-c", line], env=environment, capture_output=True, text=True, timeout=30, check=True)
    return int(done.stdout.split()[1])


def test_every_curl_line_gets_the_answer_of_the_finding(reported: tuple[Path, Any]) -> None:
    findings = reported[1]["findings"]

    assert len(findings) == len(BUGS)
    for finding in findings:
        assert status(finding["curl"]) == finding["response"]["status"], finding["title"]
    seen = [finding["seen_in"] for finding in findings if "seen_in" in finding]
    assert [status(one["curl"]) for one in seen] == [one["response"]["status"] for one in seen]
    assert seen, "what was deleted is seen by another request"


def test_the_lines_of_the_page_run_each_test_again(reported: tuple[Path, Any]) -> None:
    folder, results = reported
    text = html.unescape((folder / "report" / "index.html").read_text(encoding="utf-8"))
    (package,) = (folder / "out").glob("*-contract/src")
    (module,) = (path.name for path in package.iterdir())
    written = [f for f in results["findings"] if "test_fuzz" not in f["pytest_id"]]
    for finding in (written[0], written[-1]):
        found = re.search(rf'id="finding-{finding["fingerprint"]}-pytest-text"[^>]*>([^<]*)<', text)
        assert found is not None
        words = shlex.split(found[1])
        assert words[:2] == ["pytest", "--pyargs"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", f"{module}.plugin", "-p", "no:cacheprovider", *words[1:]],
            env={**os.environ, **SECRETS, "PYTHONPATH": str(package), "XDG_CONFIG_HOME": str(folder)},
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert "1 failed" in done.stdout, done.stdout + done.stderr
        assert finding["message"].splitlines()[0] in done.stdout, done.stdout
