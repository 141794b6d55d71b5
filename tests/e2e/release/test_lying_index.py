"""Publishing to what lies, breaks off, drips, or is no index at all: one line says what is wrong."""

from __future__ import annotations

import base64
import gzip
import json
import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vcsdk.release import index as indexes
from vcsdk.write.manifest import sha256

from tests.e2e.release.lying_index import DRIP, HTML, JSON, answer, lying

Command = Callable[..., tuple[int, str, str]]
WHEEL = "vcenter_vcha-0.1.0-py3-none-any.whl"
SECRET = "hunter-2-secret"
QUICK = ("--no-verify-install", "--attempts", "1")


@pytest.fixture
def one(dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one wheel; the user is known."""
    monkeypatch.setenv("VCSDK_INDEX_USERNAME", "somebody")
    monkeypatch.setenv("VCSDK_INDEX_PASSWORD", SECRET)
    folder = tmp_path / "one"
    folder.mkdir()
    shutil.copy(dist / WHEEL, folder)
    return folder


def said(vcsdk: Command, folder: Path, url: str, status: int, rule: str) -> str:
    """What a run that must fail so says; nothing raw, nothing secret."""
    code, out, err = vcsdk("publish", folder, "--index-url", url, *QUICK)
    assert f"[{rule}]" in err
    assert code == status
    assert SECRET not in out + err
    assert not any(ord(c) < 32 and c != "\n" for c in out + err)
    assert "Traceback" not in err
    assert "internal error" not in err
    assert len(err) < 1500
    return err


def listed(url: str) -> bytes:
    """A project's page that says of the wheel that it is at `url`, and not its SHA-256."""
    return answer(json.dumps({"files": [{"filename": WHEEL, "url": url, "hashes": {}}]}), [JSON])


PAGES = {
    "marked section": answer("<![lamp[ x ]]>"),
    "no address": answer('<a href="http://[">x</a>'),
    "no base": answer('<base href="http://[::1">'),
    "deep": answer("[" * 200_000, [JSON]),
    "a list": answer("[]", [JSON]),
    "open tag": answer('<a href="' * 300_000),
    "open comment": answer("<!--" * 300_000),
    "attributes": answer("<a " + "a=1 " * 300_000),
    "gzip bomb": answer(gzip.compress(b"a" * (80 << 20), 1), [HTML, ("content-encoding", "gzip")]),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("where", ["root", "page"])
def test_a_page_that_cannot_be_read_is_no_listing(vcsdk: Command, one: Path, page: bytes, where: str) -> None:
    with lying(**{"page": page, where: page}) as index:
        said(vcsdk, one, index.url, 2, "not-an-index")
    assert index.uploads == 0


ADDRESSES = ["ftp://x/y", "file:///etc/passwd", "data:,x", "http://127.0.0.1:99999/", "http://a:b/", "http://*a\u0131/"]
ADDRESSES += [f"http://{'a' * 70}.example/", "http://a..example/?signature=hunter-2-secret", f"ftp://u:{SECRET}@x/"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_link_to_no_web_address_is_refused(vcsdk: Command, one: Path, url: str) -> None:
    with lying(page=listed(url)) as index:
        said(vcsdk, one, index.url, 1, "index-refused")


@pytest.mark.parametrize("url", [*ADDRESSES[:5], "http://[::1", "/\xff\xfe", "/simple/"])
@pytest.mark.parametrize("where", ["root", "page"])
def test_a_redirect_to_nowhere_is_refused(vcsdk: Command, one: Path, url: str, where: str) -> None:
    moved = answer("", [HTML, ("location", url)], "302 Found")
    with lying(root=moved if where == "root" or url == "/simple/" else answer(), page=moved) as index:
        said(vcsdk, one, index.url, 1, "index-refused")


@pytest.mark.parametrize("charset", ["idna", "undefined", "hex", "no such", "utf-8\x01", '"'])
def test_an_odd_encoding_is_read_as_utf_8(vcsdk: Command, one: Path, charset: str) -> None:
    digest = sha256((one / WHEEL).read_bytes())
    page = answer(f'<a href="/{WHEEL}#sha256={digest}">x</a>', [("content-type", f"text/html; charset={charset}")])
    with lying(page=page) as index:
        assert vcsdk("publish", one, "--index-url", index.url, *QUICK)[0] == 0
    assert index.uploads == 0


@pytest.mark.parametrize("form", ["#sha256={}", "#egg=lamp&sha256={}"])
def test_a_digest_is_one_in_capitals_and_beside_others_too(vcsdk: Command, one: Path, form: str) -> None:
    digest = sha256((one / WHEEL).read_bytes()).upper()
    with lying(page=answer(f'<a href="/{WHEEL}{form.format(digest)}">x</a>')) as index:
        status, out, _ = vcsdk("publish", one, "--index-url", index.url, *QUICK)
    assert (status, index.uploads) == (0, 0)
    assert "1 there before" in out


@pytest.mark.parametrize("stated", [5, [5], "", "abc", None])
def test_what_is_no_digest_is_not_believed(vcsdk: Command, one: Path, stated: Any) -> None:
    with lying() as index:
        file = {"filename": WHEEL, "url": index.url + "file", "hashes": {"sha256": stated}}
        index.page = answer(json.dumps({"files": [file]}), [JSON])
        kept = (one / WHEEL).read_bytes()
        choose = index.choose
        index.choose = lambda method, path: answer(kept) if path.endswith("/file") else choose(method, path)  # type: ignore[method-assign]
        status, out, _ = vcsdk("publish", one, "--index-url", index.url, *QUICK)
    assert (status, index.uploads) == (0, 0)
    assert "1 there before" in out


BROKEN = {
    "cut": b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc",
    "no chunk": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
    "no gzip": b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc",
    "endless": b"HTTP/1.1 200 OK\r\n\r\n" + DRIP,
    "status": b"HTTP/1.1 409 Conflict\r\ncontent-length: 0\r\n\r\n",
}


@pytest.mark.parametrize("taken", BROKEN.values(), ids=BROKEN)
def test_the_listing_decides_whatever_became_of_the_answer(vcsdk: Command, one: Path, taken: bytes) -> None:
    digest = sha256((one / WHEEL).read_bytes())
    with lying(taken=taken, after=answer(f'<a href="/{WHEEL}#sha256={digest}">x</a>')) as index:
        status, out, err = vcsdk("publish", one, "--index-url", index.url, *QUICK)
    assert (status, err) == (0, "")
    assert "1 file sent" in out
    assert index.uploads == 1
    with lying(taken=taken, after=answer(f'<a href="/{WHEEL}#sha256={"0" * 64}">x</a>')) as index:
        said(vcsdk, one, index.url, 1, "other-content")


@pytest.mark.parametrize("code", [400, 401, 403, 409, 429, 500, 501, 503, 507])
def test_nothing_that_an_index_says_reaches_the_terminal_raw(vcsdk: Command, one: Path, code: int, monkeypatch) -> None:
    """Logging is as in a program that set up none: what libraries warn of would be printed as it is."""
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    taken = f"HTTP/1.1 {code} \x1b[31mBAD\x1b]0;x\x07 {'y' * 40_000}\r\n\x1b[31mno header\r\n\r\n".encode("latin-1")
    with lying(taken=taken) as index:
        rule = "index-unreachable" if code in (429, 500, 503) else "index-refused"
        err = said(vcsdk, one, index.url, 1, rule)
    assert f"{code} \\x1b[31mBAD" in err
    assert "0 of 1 files are there" in err
    if code in (401, 403):
        assert "`somebody`" in err
        assert "VCSDK_INDEX_PASSWORD" in err


def test_where_an_upload_is_sent_to_is_shown_without_secrets(vcsdk: Command, one: Path) -> None:
    where = f"https://u:{SECRET}@elsewhere.example/up?signature={SECRET}"
    with lying(taken=answer("", [("location", where)], "307 Moved")) as index:
        assert "https://elsewhere.example/up;" in said(vcsdk, one, index.url, 1, "index-refused")


@pytest.mark.parametrize("said_first", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 20"])
@pytest.mark.parametrize("what", ["root", "page", "taken"])
def test_an_answer_that_drips_is_not_waited_for(
    vcsdk: Command, one: Path, said_first: bytes, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_LISTING", 0.6)
    monkeypatch.setattr(indexes, "_UPLOAD", 0.6)
    monkeypatch.setattr(indexes, "_SLOWEST", 1 << 30)
    begun = time.monotonic()
    with lying(**{what: said_first + DRIP}) as index:
        upload_answered = what == "taken" and said_first.endswith(b"\r\n\r\n")
        err = said(vcsdk, one, index.url, 1, "not-listed" if upload_answered else "index-unreachable")
    assert upload_answered or "took too long" in err
    assert time.monotonic() - begun < 5


def test_preliminary_answers_without_end_are_not_waited_for(vcsdk: Command, one: Path, monkeypatch) -> None:
    monkeypatch.setattr(indexes, "_LISTING", 0.6)
    with lying(root=b"HTTP/1.1 100 Continue\r\n\r\n" * 100_000 + DRIP) as index:
        said(vcsdk, one, index.url, 1, "index-unreachable")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"\x1f\x8b\x08 no gzip", b"text"])
@pytest.mark.parametrize("name", [WHEEL, "vcenter_vcha-0.1.0.tar.gz"])
def test_a_file_that_is_no_package_inside_is_named(vcsdk: Command, one: Path, name: str, content: bytes) -> None:
    (one / WHEEL).unlink()
    (one / name).write_bytes(content)
    with lying() as index:
        assert f"{one / name}: error: this is no built package" in said(vcsdk, one, index.url, 2, "nothing-to-publish")
    assert index.uploads == 0


@pytest.mark.parametrize("password", ["pass wörd", "пароль", "p\udcffw", 'a"b\\c', "日本#"])
def test_any_password_can_be_sent(vcsdk: Command, one: Path, password: str, monkeypatch) -> None:
    monkeypatch.setenv("VCSDK_INDEX_PASSWORD", password)
    with lying() as index:
        said(vcsdk, one, index.url, 1, "not-listed")
    try:
        expected = password.encode("latin-1")
    except UnicodeEncodeError:
        expected = password.encode("utf-8", "surrogateescape")
    sent = {base64.b64decode(value.removeprefix("Basic ")) for value in index.authorizations}
    assert sent == {b"somebody:" + expected}
