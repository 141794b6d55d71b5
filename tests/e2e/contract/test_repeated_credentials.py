"""A server that repeats all credentials everywhere: nothing that a run prints or writes holds one, or a part of one."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import FAILOVER, PASSWORD, Finished
from .leaking import Leaking, shown

LEVELS = {
    "read": (),
    "write": ("--level", "write"),
    "destructive": FAILOVER,
    "destructive, two workers": (*FAILOVER, "--workers", "2"),
    "destructive, two workers, one of which hears a token before the other has it": (*FAILOVER, "--workers", "2"),
}


@pytest.mark.parametrize("level", LEVELS)
def test_no_artefact_holds_a_part_of_a_secret(
    level: str, run_command: Callable[..., Finished], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    har = tmp_path / "run.har"
    with Leaking(0.5 if "hears" in level else 0.0).running() as server:
        finished = run_command(
            server.url,
            *LEVELS[level],
            "--despite-preflight",
            "--fuzz-examples",
            "1",
            "--recovery",
            "2",
            "--har",
            str(har),
            "-k",
            "session or operations or mode",
        )
        known = [secret for secret in server.known if secret]

    assert PASSWORD in known
    assert len(known) > 4, "no session was made: this test looks for nothing"
    assert finished.status == 1, finished.printed
    artefacts = {path.name: path for path in [*finished.folder.iterdir(), har]}
    assert set(artefacts) == {"events.jsonl", "results.json", "junit.xml", "index.html", "pytest.log", "run.har"}
    texts = {name: path.read_text(encoding="utf-8") for name, path in artefacts.items()} | {"printed": finished.printed}
    for name, text in texts.items():
        assert not [form for secret in known for form in shown(text, secret)], name
    assert "[masked]" in texts["results.json"]
    assert "[masked]" in finished.results["target"]["mode"], "the preflight's facts show nothing"
    assert {stat.S_IMODE(path.stat().st_mode) for path in artefacts.values()} == {0o600}
    assert {path.name for path in tmp_path.iterdir()} <= {"report", "run.har", "config"}
