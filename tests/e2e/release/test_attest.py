"""`vcsdk build --attest`: signed where an identity is at hand, and said where not; and what `publish` makes of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypi_attestations import Attestation, Distribution
from sigstore.models import ClientTrustConfig
from sigstore.verify import Verifier, policy
from vcsdk.release.attestation import SUFFIX

from tests.e2e.release import attesting_index, pypi
from tests.e2e.release import authority as authorities

Command = Callable[..., tuple[int, str, str]]
PLACES = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "BUILDKITE", "CIRCLECI", "ACTIONS_ID_TOKEN_REQUEST_TOKEN")


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs these tests has an identity of their own."""
    for name in (*PLACES, "ACTIONS_ID_TOKEN_REQUEST_URL", "SIGSTORE_ID_TOKEN", "GOOGLE_SERVICE_ACCOUNT_NAME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def authority() -> Iterator[authorities.Authority]:
    with authorities.running() as made:
        yield made


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch, authority: authorities.Authority) -> None:
    """A job of GitHub Actions that may have a token, which a real request gets."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token-5b21")
    monkeypatch.setenv("ACTIONS_ID_TOKEN_REQUEST_URL", f"{authority.url}/token?x=1")


@pytest.fixture
def gitlab(monkeypatch: pytest.MonkeyPatch) -> str:
    made = authorities.token()
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("SIGSTORE_ID_TOKEN", made)
    return made


def distributions(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in (".whl", ".gz"))


def verified(file: Path, authority: authorities.Authority) -> dict[str, Any]:
    """What the attestation beside a file states, after Sigstore's verifier has found nothing wrong."""
    made = Attestation.model_validate_json(file.with_name(file.name + SUFFIX).read_bytes())
    trust = ClientTrustConfig.from_json(json.dumps(authority.trust_config()))
    who = policy.Identity(identity=authorities.SUBJECT, issuer=authorities.ISSUER)
    kind, payload = Verifier(trusted_root=trust.trusted_root).verify_dsse(made.to_bundle(), who)
    assert kind == "application/vnd.in-toto+json"
    stated: dict[str, Any] = json.loads(payload)
    return stated


@pytest.mark.parametrize("where", ["github", "gitlab"])
def test_a_job_signs_each_file_and_sigstore_verifies_it(
    vcsdk: Command,
    packages: Path,
    tmp_path: Path,
    authority: authorities.Authority,
    where: str,
    request: pytest.FixtureRequest,
) -> None:
    request.getfixturevalue(where)
    trust = authorities.written(authority, tmp_path)
    status, out, err = vcsdk("build", packages, "-o", tmp_path / "dist", "--attest", "--trust-config", trust)
    assert (status, err) == (0, "")
    files = distributions(tmp_path / "dist")
    assert len(files) == 4
    for file in files:
        subject = Distribution.from_file(file)
        stated = verified(file, authority)
        assert stated["subject"] == [{"name": subject.name, "digest": {"sha256": subject.digest}}]
        assert stated["predicateType"] == "https://docs.pypi.org/attestations/publish/v1"
    assert len(authority.log) == 4
    assert out.count("  attested\n") == 4
    if where == "github":
        assert authority.bearers[0] == "bearer request-token-5b21"


def test_what_is_attested_is_told_as_json_and_twine_takes_the_files_alone(
    vcsdk: Command, packages: Path, tmp_path: Path, authority: authorities.Authority, gitlab: str
) -> None:
    from twine.commands import _find_dists, _split_inputs

    out = tmp_path / "dist"
    trust = authorities.written(authority, tmp_path)
    rows = json.loads(vcsdk("build", packages, "-o", out, "--attest", "--trust-config", trust, "--json")[1])
    told = {file["attestation"] for row in rows for file in row["files"]}
    assert told == {None, *(f"{file.as_posix()}{SUFFIX}" for file in distributions(out))}
    assert sorted(map(Path, _split_inputs(_find_dists([f"{out}/*"])).dists)) == distributions(out)
    kept = "".join(path.read_text() for path in out.glob("*.attestation"))
    assert gitlab not in kept


def test_without_an_identity_all_is_built_and_said_not_to_be_signed(
    vcsdk: Command, packages: Path, tmp_path: Path
) -> None:
    status, out, err = vcsdk("build", packages, "-o", tmp_path / "dist", "--attest")
    assert status == 0
    assert err.startswith("--attest: warning: nothing will be signed: the environment has no identity [no-identity]\n")
    assert "attested" not in out
    assert len(distributions(tmp_path / "dist")) == 4
    assert not list((tmp_path / "dist").glob("*.attestation"))


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"GITHUB_ACTIONS": "true"}, "`permissions: id-token: write`"),
        ({"GITLAB_CI": "true"}, "SIGSTORE_ID_TOKEN"),
        ({"GITLAB_CI": "true", "SIGSTORE_ID_TOKEN": "not-a-token-77ab"}, "Malformed token"),
        ({"GITLAB_CI": "true", "SIGSTORE_ID_TOKEN": authorities.token(audience="other")}, "`aud: sigstore`"),
        ({"GITLAB_CI": "true", "SIGSTORE_ID_TOKEN": authorities.token(seconds=-60)}, "Identity token"),
    ],
)
def test_an_identity_that_cannot_be_used_stops_before_anything_is_built(
    vcsdk: Command,
    packages: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    said: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    status, out, err = vcsdk("build", packages, "-o", tmp_path / "dist", "--attest")
    assert (status, out) == (2, "")
    assert "--attest: error: " in err
    assert "[identity-refused]" in err
    assert said in err
    assert "1 error, nothing built.\n" in err
    assert environment.get("SIGSTORE_ID_TOKEN", "eyJ") not in err
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("refuses", [400, 500, None])
def test_a_sigstore_that_refuses_leaves_what_is_built(
    vcsdk: Command, packages: Path, tmp_path: Path, authority: authorities.Authority, gitlab: str, refuses: int | None
) -> None:
    trust = authorities.written(authority, tmp_path)
    if refuses is None:  # nobody there
        trust.write_text(trust.read_text().replace(f":{authority.port}", ":1"))
    authority.refuses = refuses
    status, out, err = vcsdk("build", packages, "-o", tmp_path / "dist", "--attest", "--trust-config", trust)
    assert status == 1
    assert "--attest: error: Sigstore cannot sign: " in err
    assert "[not-attested]" in err
    assert gitlab not in out + err
    assert "1 error; all is built, nothing signed.\n" in err
    assert len(distributions(tmp_path / "dist")) == 4
    assert not list((tmp_path / "dist").glob("*.attestation"))


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"mediaType": "x"}', "[" * 100_000, "\ud800", None])
def test_a_trust_configuration_that_is_none_is_refused(
    vcsdk: Command, packages: Path, tmp_path: Path, gitlab: str, content: str | None
) -> None:
    file = tmp_path / "trust.json"
    if content is not None:
        file.write_bytes(content.encode("utf-8", "surrogatepass"))
    status, _, err = vcsdk("build", packages, "-o", tmp_path / "dist", "--attest", "--trust-config", file)
    assert status == 2
    assert err.startswith(f"{file}: error: ")
    assert "[trust-config]" in err
    assert "hint" in err


def test_a_trust_configuration_is_for_signing(vcsdk: Command, packages: Path, tmp_path: Path) -> None:
    status, _, err = vcsdk("build", packages, "-o", tmp_path / "dist", "--trust-config", tmp_path / "any")
    assert status == 2
    assert "--trust-config: error: it is for signing, which `--attest` does [wrong-option]" in err


def test_without_the_extra_it_is_said_how_to_install_it(
    vcsdk: Command, packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vcsdk.cli.extras.find_spec", lambda name: None if name == "sigstore" else object())
    status, _, err = vcsdk("build", packages, "-o", tmp_path / "dist", "--attest")
    assert (status, err) == (
        2,
        "error: `vcsdk build --attest` needs sigstore; to install it: pip install 'vcsdk[attest]'\n",
    )
    assert vcsdk("build", packages, "-o", tmp_path / "dist")[0] == 0


@pytest.fixture
def sealed(vcsdk: Command, packages: Path, tmp_path: Path, authority: authorities.Authority, gitlab: str) -> Path:
    """Built and attested."""
    trust = authorities.written(authority, tmp_path)
    assert vcsdk("build", packages, "-o", tmp_path / "dist", "--attest", "--trust-config", trust)[0] == 0
    return tmp_path / "dist"


@pytest.mark.usefixtures("signed_in")
def test_an_index_of_pep_740_gets_the_attestations(vcsdk: Command, sealed: Path, tmp_path: Path) -> None:
    with attesting_index.running(tmp_path / "index" / "packages") as (index, attesting):
        status, out, err = vcsdk("publish", sealed, "--index-url", index.simple, "--no-verify-install")
        assert (status, err) == (0, "")
        assert "4 files with attestations, which the index lists\n" in out
        again = json.loads(vcsdk("publish", sealed, "--index-url", index.simple, "--no-verify-install", "--json")[1])
    assert sorted(attesting.attestations) == [file.name for file in distributions(sealed)]
    for name, (one,) in attesting.attestations.items():
        assert one.statement["subject"][0]["name"] == name
    assert (len(again["present"]), again["attested"], again["withheld"]) == (4, [], [])


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"version": ""}, "4 files without their attestations: the index does not say that it takes any (PEP 740)\n"),
        ({"version": attesting_index.VERSION.replace("1.3", "1.1")}, "4 files without their attestations"),
        ({"version": attesting_index.VERSION.replace("1.3", "2.0")}, "4 files without their attestations"),
        ({"keeps": False}, "4 files with attestations, which the index took and does not list\n"),
    ],
)
def test_what_became_of_attestations_elsewhere_is_said(
    vcsdk: Command, sealed: Path, tmp_path: Path, options: dict[str, Any], said: str
) -> None:
    with attesting_index.running(tmp_path / "index" / "packages", **options) as (index, attesting):
        status, out, _ = vcsdk("publish", sealed, "--index-url", index.simple, "--no-verify-install")
    assert status == 0
    assert said in out
    assert len(attesting.attestations) == (0 if "version" in options else 4)


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b'{"version": 1}', b"x" * (2 << 20), None]
)
def test_an_attestation_of_something_else_is_found_before_anything_is_sent(
    vcsdk: Command, sealed: Path, index: pypi.Pypi, content: bytes | None
) -> None:
    first, second = sorted(sealed.glob("*.attestation"))[:2]
    first.write_bytes(second.read_bytes() if content is None else content)
    status, out, err = vcsdk("publish", sealed, "--index-url", index.simple, "--no-verify-install")
    assert (status, out) == (2, "")
    assert err.startswith(f"{first}: error: ")
    assert "[attestation]" in err
    assert index.uploads == 0


def test_an_attestation_of_other_content_does_not_stay(
    vcsdk: Command, packages: Path, tmp_path: Path, authority: authorities.Authority, gitlab: str
) -> None:
    copy, out = tmp_path / "generated", tmp_path / "dist"
    shutil.copytree(packages, copy)
    trust = authorities.written(authority, tmp_path)
    assert vcsdk("build", copy, "-o", out, "--attest", "--trust-config", trust)[0] == 0
    assert vcsdk("build", copy, "-o", out)[0] == 0  # the same bytes, which the attestations hold of
    assert len(list(out.glob("*.attestation"))) == 4
    notes = copy / "vcenter-vcha" / "src" / "vcenter_vcha" / "extra.py"
    notes.write_text("A = 1\n")
    assert vcsdk("build", copy / "vcenter-vcha", "-o", out)[0] == 0
    left = {path.name.partition("-")[0] for path in out.glob("*.attestation")}
    assert left == {"vcenter_vcha_contract"}
