"""Publishing to a real index: once, again, after it went away, and what must be refused."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import certifi
import pytest

from tests.e2e.release import pypi

Command = Any


def count(out: str, what: str) -> int:
    return [line.partition(" ")[0] for line in out.splitlines()].count(what)


QUICK = ("--no-verify-install",)


def built(dist: Path) -> list[str]:
    return sorted(path.name for path in dist.iterdir() if path.suffix in (".whl", ".gz"))


@pytest.mark.usefixtures("signed_in")
def test_everything_arrives_and_a_second_time_nothing_is_sent(vcsdk: Command, dist: Path, index: pypi.Pypi) -> None:
    status, out, err = vcsdk("publish", dist, "--index-url", index.simple, *QUICK)
    assert (status, err) == (0, "")
    assert index.names == built(dist)
    assert count(out, "sent") == 4
    before = {path: path.stat().st_mtime_ns for path in index.folder.iterdir()}
    status, out, err = vcsdk("publish", dist, "--index-url", index.simple, *QUICK)
    assert (status, err) == (0, "")
    assert count(out, "present") == 4
    assert "nothing to send, 4 there before" in out
    assert index.uploads == 4
    assert {path: path.stat().st_mtime_ns for path in index.folder.iterdir()} == before


@pytest.mark.usefixtures("signed_in")
@pytest.mark.parametrize("hashes", ["md5", None])
def test_an_index_that_does_not_tell_sha256_is_compared_by_content(
    vcsdk: Command, dist: Path, tmp_path: Path, hashes: str | None
) -> None:
    with pypi.running(tmp_path / "old" / "packages", hashes=hashes) as index:
        assert vcsdk("publish", dist, "--index-url", index.simple, *QUICK)[0] == 0
        assert "4 there before" in vcsdk("publish", dist, "--index-url", index.simple, *QUICK)[1]
        (index.folder / built(dist)[0]).write_bytes(b"something else")
        assert vcsdk("publish", dist, "--index-url", index.simple, *QUICK)[0] == 1


@pytest.mark.usefixtures("signed_in")
def test_other_content_under_a_published_version_is_refused_before_anything_is_sent(
    vcsdk: Command, dist: Path, index: pypi.Pypi, tmp_path: Path
) -> None:
    last = max(built(dist))
    (index.folder / last).write_bytes(b"what a colleague published")
    status, out, err = vcsdk("publish", dist, "--index-url", index.simple, *QUICK)
    assert (status, out) == (1, "")
    assert f"{dist / last}: error: {index.simple} has {last} with other content [other-content]" in err
    assert "release a new one" in err
    assert index.names == [last]
    assert (index.folder / last).read_bytes() == b"what a colleague published"


@pytest.mark.usefixtures("signed_in")
def test_an_index_that_goes_away_in_the_middle_is_completed_by_the_same_command(
    vcsdk: Command, dist: Path, index: pypi.Pypi
) -> None:
    index.before = lambda number, environ: index.break_off(environ) if number == 3 else None
    status, out, err = vcsdk("publish", dist, "--index-url", index.simple, "--attempts", "2", *QUICK)
    assert status == 1
    assert "cannot be reached (tried 2 times)" in err
    assert "2 of 4 files are there [index-unreachable]" in err
    assert "run the same command again" in err
    assert len(index.names) == 2
    index.before = None
    index.start()
    status, out, _ = vcsdk("publish", dist, "--index-url", index.simple, *QUICK)
    assert status == 0
    assert (count(out, "present"), count(out, "sent")) == (2, 2)
    assert index.names == built(dist)


@pytest.mark.usefixtures("signed_in")
def test_a_lost_answer_is_no_lost_upload(vcsdk: Command, dist: Path, index: pypi.Pypi) -> None:
    """The index keeps the file but its answer never comes: the repetition would be refused as "already there"."""

    def keep_but_fall_silent(number: int, environ: dict[str, Any]) -> None:
        if number == 2:
            shutil.copy(dist / "vcenter_vcha-0.1.0-py3-none-any.whl", index.folder)
            environ["connection"].shutdown(2)
            raise SystemExit

    index.before = keep_but_fall_silent
    status, _, err = vcsdk("publish", dist, "--index-url", index.simple, *QUICK)
    assert (status, err) == (0, "")
    assert index.uploads == 4
    assert index.names == built(dist)


@pytest.mark.usefixtures("signed_in")
def test_a_busy_index_is_asked_again(vcsdk: Command, dist: Path, tmp_path: Path, index: pypi.Pypi) -> None:
    def fail_once(number: int, environ: dict[str, Any]) -> None:
        if number == 1:
            raise RuntimeError("wsgiref makes this a 500")

    index.before = fail_once
    assert vcsdk("publish", dist, "--index-url", index.simple, *QUICK)[0] == 0
    assert index.uploads == 5


def test_a_wrong_password_is_named_but_not_shown(
    vcsdk: Command, dist: Path, index: pypi.Pypi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWINE_USERNAME", pypi.USER)
    monkeypatch.setenv("TWINE_PASSWORD", "wrong-battery-staple")
    monkeypatch.setenv("VCSDK_TRACEBACK", "1")
    status, out, err = vcsdk("publish", dist, "--index-url", index.simple, *QUICK)
    assert status == 1
    assert f"the index refuses user `{pypi.USER}` with the password from the variable TWINE_PASSWORD" in err
    assert "battery" not in out + err
    assert index.names == []
    assert index.uploads == 1, "a wrong password is not tried again: accounts get locked"


def test_without_a_password_the_ways_to_give_one_are_named(vcsdk: Command, dist: Path, index: pypi.Pypi) -> None:
    status, _, err = vcsdk("publish", dist, "--index-url", index.simple, *QUICK)
    assert status == 1
    assert "wants a user name and password" in err
    assert "VCSDK_INDEX_PASSWORD" in err


def test_a_netrc_file_is_read(
    vcsdk: Command, dist: Path, index: pypi.Pypi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine localhost login {pypi.USER} password {pypi.PASSWORD}\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert vcsdk("publish", dist, "--index-url", index.simple, *QUICK)[0] == 0
    assert index.names == built(dist)


def test_a_keyring_is_asked(vcsdk: Command, dist: Path, index: pypi.Pypi, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.credentials import SimpleCredential

    class Kept(KeyringBackend):
        priority = 1  # type: ignore[assignment]

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

        def get_password(self, service: str, username: str) -> str | None:
            return None

        def get_credential(self, service: str, username: str | None) -> SimpleCredential | None:
            return SimpleCredential(pypi.USER, pypi.PASSWORD) if service == "localhost" else None

    before = keyring.get_keyring()
    keyring.set_keyring(Kept())
    try:
        assert vcsdk("publish", dist, "--index-url", index.simple, *QUICK)[0] == 0
    finally:
        keyring.set_keyring(before)


def test_a_password_in_an_address_is_refused_and_not_repeated(vcsdk: Command, dist: Path) -> None:
    status, out, err = vcsdk("publish", dist, "--index-url", "https://team:hunter2@pypi.example.com/simple/")
    assert status == 2
    assert "[password-in-url]" in err
    assert "hunter2" not in out + err


@pytest.mark.usefixtures("signed_in")
def test_an_authority_of_ones_own_must_be_named(
    vcsdk: Command, dist: Path, tmp_path: Path, dependencies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", certifi.where())
    certificate, key = tmp_path / "ca.pem", tmp_path / "key.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run([*command.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    only = tmp_path / "only"
    only.mkdir()
    shutil.copy(dist / "vcenter_vcha-0.1.0-py3-none-any.whl", only)
    with pypi.running(tmp_path / "tls" / "packages", tls=context) as index:
        for wheel in dependencies.glob("*.whl"):
            shutil.copy(wheel, index.folder)
        status, _, err = vcsdk("publish", only, "--index-url", index.simple, "--attempts", "1")
        assert status == 1
        assert "--ca-bundle" in err
        assert index.uploads == 0
        status, out, err = vcsdk("publish", only, "--index-url", index.simple, "--ca-bundle", certificate)
        assert (status, err) == (0, ""), err
        assert "into a fresh environment, and imported" in out


@pytest.mark.usefixtures("signed_in")
def test_an_index_without_the_dependencies_says_what_is_missing(vcsdk: Command, dist: Path, index: pypi.Pypi) -> None:
    status, _, err = vcsdk("publish", dist, "--index-url", index.simple)
    assert status == 1
    assert "No matching distribution found" in err
    assert "--extra-index-url" in err


@pytest.mark.usefixtures("signed_in")
def test_another_index_with_the_same_version_is_noticed(
    vcsdk: Command, dist: Path, stocked: pypi.Pypi, packages: Path, tmp_path: Path
) -> None:
    """Dependency confusion: pip takes the other file, and the user hears of it."""
    wheel = "vcenter_vcha-0.1.0-py3-none-any.whl"
    only = tmp_path / "only"
    only.mkdir()
    shutil.copy(dist / wheel, only)
    with pypi.running(tmp_path / "other" / "packages") as other:
        altered = _rebuilt(packages, tmp_path)
        shutil.copy(altered, other.folder / "vcenter_vcha-0.1.0-1-py3-none-any.whl")
        status, _, err = vcsdk("publish", only, "--index-url", stocked.simple, "--extra-index-url", other.simple)
    assert status == 1
    assert "pip took another file" in err


def _rebuilt(packages: Path, tmp_path: Path) -> Path:
    from vcsdk.release import package
    from vcsdk.release.build import build

    copy = tmp_path / "copy"
    shutil.copytree(packages / "vcenter-vcha", copy / "vcenter-vcha")
    (copy / "vcenter-vcha/src/vcenter_vcha/extra.py").write_text("EXTRA = True\n")
    return build(package.find(copy), tmp_path / "altered")[0].wheel


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--index-url", "pypi"], "this is not a web address"),
        (["--index-url", "https://x.example.com/simple/", "--attempts", "0"], "at least one attempt"),
        (
            ["--index-url", "https://x.example.com/simple/", "--ca-bundle", "nowhere.pem"],
            "there is no file nowhere.pem",
        ),
    ],
)
def test_what_cannot_work_is_said_at_once(vcsdk: Command, dist: Path, words: list[str], message: str) -> None:
    status, out, err = vcsdk("publish", dist, *words)
    assert (status, out) == (2, "")
    assert message in err


def test_a_folder_without_built_files_is_refused(vcsdk: Command, tmp_path: Path) -> None:
    status, _, err = vcsdk("publish", tmp_path, "--index-url", "https://x.example.com/simple/")
    assert status == 2
    assert "[nothing-to-publish]" in err


@pytest.mark.usefixtures("signed_in")
def test_the_password_goes_to_the_index_alone(vcsdk: Command, dist: Path, index: pypi.Pypi, tmp_path: Path) -> None:
    """A listing may link to files on any machine; those see no password."""
    from vcsdk.release.credentials import Credentials
    from vcsdk.release.index import Index
    from vcsdk.release.listing import Listed
    from vcsdk.release.places import places

    with pypi.running(tmp_path / "cdn" / "packages") as elsewhere:
        shutil.copy(dist / built(dist)[0], elsewhere.folder)
        with Index(places(index.simple, None), Credentials(pypi.USER, pypi.PASSWORD, "a test")) as asked:
            asked.files("vcenter-vcha")
            asked.digest(Listed(f"{elsewhere.root}packages/{built(dist)[0]}", None))
    assert [auth for *_, auth in elsewhere.requests] == [""]
    assert all(auth for *_, auth in index.requests)


def test_what_takes_everything_and_keeps_nothing_is_no_index(vcsdk, dist: Path) -> None:
    with answering(200) as url:
        status, out, err = vcsdk("publish", dist, "--index-url", url, "--attempts", "2", *QUICK)
    assert (status, out) == (1, "")
    assert "[not-listed]" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("code", [401, 403])
def test_a_listing_that_refuses_says_who_was_refused(vcsdk, dist: Path, code: int, monkeypatch) -> None:
    monkeypatch.setenv("TWINE_USERNAME", "somebody")
    monkeypatch.setenv("TWINE_PASSWORD", "hunter-2-secret")
    for name in ("VCSDK_INDEX_USERNAME", "VCSDK_INDEX_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    with answering(code) as url:
        status, _, err = vcsdk("publish", dist, "--index-url", url, "--attempts", "1", *QUICK)
    assert status == 1
    assert f"({code} " in err
    assert "`somebody`" in err
    assert "TWINE_PASSWORD" in err
    assert "hunter" not in err


@contextmanager
def answering(code: int) -> Iterator[str]:
    """A server that says the same to everybody."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            body = b"\x1b[31m<html>fine</html>"
            self.send_response(code)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple/"
    finally:
        server.shutdown()
        server.server_close()
