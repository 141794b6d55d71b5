"""A target that nests what it answers beyond anything: findings in words, and no run that breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.e2e.contract.test_plain_faults import KEYS, OPTIONS, PLAIN, SECRET
from tests.suites import Suite, suite_of


@pytest.fixture(scope="module", params=["orders", "cached"])
def suite(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with suite_of(PLAIN / f"{request.param}.yaml", tmp_path_factory.mktemp(request.param)) as made:
        yield made


def nested(levels: int) -> Callable[[Any], Any]:
    """An application around another that answers lists in lists wherever that answers JSON."""
    body = b"[" * levels + b"]" * levels

    def around(inner: Any) -> Any:
        async def application(scope: Any, receive: Any, send: Any) -> None:
            deep = False

            async def told(message: Any) -> None:
                nonlocal deep
                if message["type"] == "http.response.start":
                    kept = [pair for pair in message["headers"] if pair[0].lower() != b"content-length"]
                    deep = any(name.lower() == b"content-type" and b"json" in value for name, value in kept)
                    length = (b"content-length", str(len(body)).encode())
                    message = {**message, "headers": [*kept, length] if deep else message["headers"]}
                elif deep:
                    message = {**message, "body": b"" if scope["method"] == "HEAD" else body}
                await send(message)

            await inner(scope, receive, told)

        return application

    return around


@pytest.mark.parametrize("levels", [202, 900, 5_000, 100_000])
def test_what_nests_beyond_anything_is_a_finding_in_words(
    suite: Suite, levels: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAIN_SECRET", SECRET)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    simulator = Simulator(suite.described, SimulatorOptions(password=SECRET))
    simulator.around = nested(levels)

    with simulator.running() as url:
        keys = KEYS if suite.described.api.security_schemes else ()
        ran = suite.run(url, *OPTIONS, *keys, "--level", "write", scratch=tmp_path)

    assert ran.results["verdict"] == "broken", ran.printed
    assert ran.findings
    assert not any(word in ran.printed for word in ("RecursionError", "INTERNALERROR")), ran.printed
    told = "\n".join(f"{found['title']} {found['message']}" for found in ran.results["findings"])
    assert not any(word in told for word in ("Traceback", "RecursionError", ".py")), told
