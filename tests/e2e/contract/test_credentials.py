"""Who is asked for credentials, and with which: of every kind of scheme, on a simulator and with its faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.suites import Suite, suite_of

HERE = Path(__file__).parent / "plain"

PASSWORD, TOKEN, CLIENT = "a-p4ssw0rd-of-guarded", "t0ken/of+guarded==", "s3cret-of-the-client"
OPTIONS = SimulatorOptions(password=PASSWORD)
GIVEN = ("--username", OPTIONS.username, "--password-env", "GUARDED_PASSWORD", "--token-env", "GUARDED_TOKEN")
AS_CLIENT = (*GIVEN, "--client-id", "me", "--client-secret-env", "GUARDED_SECRET")
WRITE = ("--level", "write")
ASKED = "test_without_valid_credentials"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suite]:
    with suite_of(HERE / "guarded.yaml", tmp_path_factory.mktemp("guarded")) as suite:
        yield suite


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GUARDED_PASSWORD", PASSWORD)
    monkeypatch.setenv("GUARDED_TOKEN", TOKEN)
    monkeypatch.setenv("GUARDED_SECRET", CLIENT)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_a_correct_server_gives_no_finding(guarded: Suite, tmp_path: Path) -> None:
    with Simulator(guarded.described, OPTIONS).running() as url:
        ran = guarded.run(url, *AS_CLIENT, *WRITE, scratch=tmp_path)

    assert ran.findings == [], ran.printed
    assert ran.results["verdict"] == "holds", ran.printed
    refused = [row for row in ran.results["tests"] if ASKED in row["test"]]
    # One that nobody knows, and one that a write run does not send.
    asked = [row for row in refused if not row["operation"].endswith(("by_name", "drop_file"))]
    assert {row["outcome"] for row in asked} == {"passed"}, refused
    assert len(refused) > 30
    for text in (ran.printed, *(file.read_text("utf-8") for file in tmp_path.iterdir() if file.is_file())):
        assert not any(secret in text for secret in (PASSWORD, TOKEN, CLIENT))


@pytest.mark.parametrize(
    ("fault", "observed"),
    [
        ("no-auth-check", "missing: status 200"),
        ("key-unchecked", "wrong: status 200"),
        ("key-anywhere", "in the query: status 200"),
        ("key-anywhere", "in a cookie: status 200"),
        ("key-anywhere", "in a header: status 200"),
        ("one-key-enough", "missing: status 200"),
        ("scheme-word-ignored", "under another scheme: status 200"),
    ],
)
def test_a_fault_is_found(fault: str, observed: str, guarded: Suite, tmp_path: Path) -> None:
    options = SimulatorOptions(password=PASSWORD, faults=(fault,))
    with Simulator(guarded.described, options).running() as url:
        ran = guarded.run(url, *AS_CLIENT, "-k", ASKED, scratch=tmp_path)

    assert ran.checks == {"credentials-needed"}, ran.printed
    assert observed in {found["observed"] for found in ran.results["findings"]}
    assert {found["severity"] for found in ran.results["findings"]} == {"security"}
    assert not any(secret in ran.printed for secret in (PASSWORD, TOKEN, CLIENT))


def test_without_a_credential_what_needs_one_is_not_exercised(guarded: Suite, tmp_path: Path) -> None:
    with Simulator(guarded.described, OPTIONS).running() as url:
        ran = guarded.run(url, "-k", ASKED, scratch=tmp_path)

    assert ran.findings == []
    assert any("--token-env key=VARIABLE" in reason for reason in ran.reasons), ran.reasons
