"""No password and no session token stands in anything that a run prints or writes, also when everything fails."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from vcsdk.simulator import Simulator

from .conftest import PASSWORD, Finished


@pytest.mark.parametrize("fault", ["token-in-error", "no-auth-check", "wrong-content-type"])
def test_artefacts_hold_no_secret(
    fault: str,
    simulator: Callable[..., Simulator],
    run_suite: Callable[..., Finished],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issued: list[str] = []
    server = simulator(fault)
    create = server.application.sessions.create
    monkeypatch.setattr(server.application.sessions, "create", lambda *a, **k: _kept(create(*a, **k), issued))

    finished = run_suite(server.url, "--showlocals", "-vv", "--fuzz-examples", "2", "-k", "session or tasks")

    assert finished.results["verdict"] == "broken"
    assert issued, "no session was made: this test looks for nothing"
    artefacts = {path.name: path.read_text(encoding="utf-8") for path in finished.folder.iterdir() if path.is_file()}
    artefacts["printed"] = finished.printed
    assert {"junit.xml", "events.jsonl", "results.json"} <= set(artefacts)
    login = base64.b64encode(f"administrator@vsphere.local:{PASSWORD}".encode()).decode()
    for name, text in artefacts.items():
        shown = [secret for secret in (PASSWORD, login, *issued) if secret in text]
        assert not shown, f"{name} shows {len(shown)} secrets"
    assert "[masked]" in finished.printed or fault != "token-in-error"


def _kept(made: object, issued: list[str]) -> object:
    issued.append(made if isinstance(made, str) else str(getattr(made, "token", "")))
    return made
