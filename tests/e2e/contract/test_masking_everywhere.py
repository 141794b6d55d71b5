"""A whole destructive run against a faulty server: no file it leaves holds a token or a password, in any spelling."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from vcsdk.copied.suite.masking import spellings
from vcsdk.simulator import Simulator

from .conftest import FAILOVER, PASSWORD, Finished


def test_no_artefact_holds_a_secret(
    simulator: Callable[..., Simulator],
    run_command: Callable[..., Finished],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    server = simulator("token-in-error")
    issued: list[str] = []
    create = server.application.sessions.create

    def keep(user: str) -> str:
        issued.append(create(user))
        return issued[-1]

    monkeypatch.setattr(server.application.sessions, "create", keep)

    har = str(tmp_path / "run.har")
    finished = run_command(server.url, *FAILOVER, "--fuzz-examples", "3", "--har", har)

    assert finished.results["verdict"] == "broken"
    assert server.log.accepted["vcha.cluster.failover"] > 0
    assert len(issued) > 20
    artefacts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "report").iterdir()}
    assert {"events.jsonl", "results.json", "junit.xml", "index.html", "pytest.log"} <= set(artefacts)
    artefacts["run.har"] = Path(har).read_text(encoding="utf-8")
    artefacts["printed"] = finished.printed
    forms = {form for secret in (PASSWORD, *issued) for form in spellings(secret)}
    for name, text in artefacts.items():
        assert not [form for form in forms if form in text], name
    assert "[masked]" in artefacts["results.json"]
