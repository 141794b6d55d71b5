"""What pip is told of an index: the very password, whatever stands in it, and no more time than there is."""

from __future__ import annotations

import base64
import netrc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from vcsdk.diagnostics import InputError
from vcsdk.release import verify
from vcsdk.release.credentials import Credentials
from vcsdk.release.verify import Source, install

WHEEL = Path("vcenter_vcha-0.1.0-py3-none-any.whl")
PASSWORDS = {
    "plain": "secret-of-the-index",
    "blanks": "two words  and more",
    "a number sign": "#before and#in",
    "quotation marks": 'say "please"',
    "backslashes": "C:\\new\\",
    "a keyword": "machine default login x",
    "letters of ISO 8859-1": "pässwörd",
    "letters of others": "pässwörd-€",
    "quotation and backslash": '\\"\\\\" #',
}


class Index(ThreadingHTTPServer):
    """Asks who is there, and has nothing."""

    daemon_threads = True

    def __init__(self, *, hangs: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told: list[str] = []
        self.hangs = hangs
        self.over = threading.Event()

    @property
    def listing(self) -> str:
        """Its address."""
        return f"http://localhost:{self.server_address[1]}/simple"


class _Handler(BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:
        if self.server.hangs:
            self.server.over.wait(60)
            return
        said = self.headers.get("authorization", "")
        if said:
            self.server.told.append(text_of(base64.b64decode(said.removeprefix("Basic "))))
        body = b"<html></html>"
        self.send_response(200 if said else 401)
        self.send_header("www-authenticate", 'Basic realm="index"')
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def text_of(told: bytes) -> str:
    """What was said: UTF-8, or what ISO 8859-1 can say in that."""
    try:
        return told.decode()
    except UnicodeDecodeError:
        return told.decode("latin-1")


@contextmanager
def running(*, hangs: bool = False) -> Iterator[Index]:
    """An index that listens meanwhile."""
    with Index(hangs=hangs) as index:
        threading.Thread(target=index.serve_forever, daemon=True).start()
        try:
            yield index
        finally:
            index.over.set()
            index.shutdown()


@pytest.mark.parametrize("password", PASSWORDS.values(), ids=PASSWORDS)
@pytest.mark.parametrize("user", ["somebody", 'some "body" #1'])
def test_pip_says_the_password_that_was_given(user: str, password: str) -> None:
    with running() as index:
        source = Source(index.listing, credentials=Credentials(user, password, "the variable VCSDK_INDEX_PASSWORD"))
        with pytest.raises(InputError) as caught:
            install([WHEEL], source)
    assert {*index.told} == {f"{user}:{password}"}
    assert password not in str([one.message for one in caught.value.diagnostics])


def test_a_users_own_netrc_still_counts_for_other_hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own-netrc"
    own.write_text(
        "machine other.example login me password mine\nmachine localhost login old password stale\n"
        'default login any password "of all"\n'
    )
    monkeypatch.setenv("NETRC", str(own))
    source = Source("http://localhost:1/simple", credentials=Credentials("somebody", "new", "the keyring"))
    told = netrc.netrc(verify._environment(source, tmp_path)["NETRC"]).hosts
    assert told == {
        "other.example": ("me", "", "mine"),
        "localhost": ("somebody", "", "new"),
        "default": ("any", "", "of all"),
    }
    with running() as index, pytest.raises(InputError):
        install([WHEEL], Source(index.listing, credentials=Credentials("somebody", "new", "the keyring")))
    assert {*index.told} == {"somebody:new"}


@pytest.mark.parametrize("content", [b"machine", b"\xff\xfe machine", b"macdef init\nbin", b"# only this", b"default"])
def test_a_users_netrc_that_is_broken_keeps_nobody_out(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own-netrc"
    own.write_bytes(content)
    monkeypatch.setenv("NETRC", str(own))
    with running() as index, pytest.raises(InputError):
        install([WHEEL], Source(index.listing, credentials=Credentials("somebody", "new", "the keyring")))
    assert {*index.told} == {"somebody:new"}


def test_pip_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "_LONGEST", 3.0)
    with running(hangs=True) as index, pytest.raises(InputError) as caught:
        install([WHEEL], Source(index.listing))
    (told,) = caught.value.diagnostics
    assert (told.rule, told.message) == ("install-failed", "pip did not end within 3 s")
