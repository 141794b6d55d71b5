"""Every message of the page is one that is really told: each is provoked, on the command line or by a client."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from vcsdk.cli import extras
from vcsdk.cli.main import main

from tests.docs.markdown import DOCS, ROOT
from tests.e2e.conftest import described, sdk

__all__ = ["described", "sdk"]

PETS = 'openapi: 3.0.3\ninfo: {title: A, version: "1"}\npaths:\n  /a: {get: {operationId: a, responses: {"200": %s}}}\n'
TOLD = re.findall(r"^### `(.+)`$", (DOCS / "troubleshooting.md").read_text(encoding="utf-8"), re.MULTILINE)


@contextmanager
def server(answer: bytes) -> Iterator[str]:
    """One that reads a request, answers with these bytes and hangs up."""

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(1 << 16)
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def reply(content: bytes, status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


def raised(sdk: ModuleType, answer: bytes | None, call: Callable[..., object], **options: object) -> str:
    """What a call raises against a server that answers so; None for one that is gone."""
    with server(answer or b"") as url:
        address = url
    if answer is not None:
        with server(answer) as address, pytest.raises(Exception) as caught:
            call(sdk.VCenter(address, retries=0, **options))
    else:
        with pytest.raises(Exception) as caught:
            call(sdk.VCenter(address, retries=0, **options))
    return f"{type(caught.value).__name__}: {caught.value}"


def read(client: object) -> object:
    return client.vcha.cluster.get()  # type: ignore[attr-defined]


def test_the_client_says_it(sdk: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("nothing\n")
    told = [
        raised(sdk, None, read, token="t"),
        raised(sdk, b"", lambda client: client.vcha.cluster.failover(planned=True), token="t"),
        raised(sdk, b"", read),
        raised(sdk, b"", lambda client: client.vcha.cluster.failover(planned="yes"), token="t"),
        raised(sdk, b"", read, token="t", ca_bundle=tmp_path / "no.pem"),
        raised(sdk, reply(b"[]"), read, token="t"),
        raised(sdk, reply(b"", "401 Unauthorized"), read, token="t"),
        raised(sdk, reply(b'"abcdefgh"'), read, token="t", max_answer_bytes=5),
    ]
    assert [message for message in messages("When a client is called") if not found(message, told)] == []


@pytest.mark.slow
def test_the_toolkit_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("other.yaml").write_text("a: 1\n")
    Path("right.yaml").write_text(PETS % "{description: d}")
    Path("dangling.yaml").write_text(PETS % '{$ref: "#/components/responses/B"}')
    Path("outside.yaml").write_text(PETS % '{$ref: "../b.yaml"}')
    Path("dist").mkdir()
    commands = [
        ["lint", "absent.yaml"],
        ["lint", "other.yaml"],
        ["lint", "dangling.yaml"],
        ["lint", "outside.yaml"],
        ["lint", "https://127.0.0.1:1/api.yaml"],
        ["release", "right.yaml"],
        ["publish", "dist", "--index-url", "https://user:word@pypi.example.com/simple/"],
    ]
    assert {main(words) for words in commands} == {2}
    suite = str(ROOT / "generated/vcenter-vcha-contract")
    assert main(["contract", "run", "--url", "http://127.0.0.1:1", "--package", suite]) == 3
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    assert main(["serve", "right.yaml"]) == 2
    printed = capsys.readouterr()
    told = (printed.err + printed.out).splitlines()
    assert [message for message in messages("When the toolkit runs") if not found(message, told)] == []


def messages(section: str) -> list[str]:
    text = (DOCS / "troubleshooting.md").read_text(encoding="utf-8")
    named = re.findall(r"^### `(.+)`$", text.partition(f"## {section}\n")[2].partition("\n## ")[0], re.MULTILINE)
    assert len(named) > 5
    return named


def found(message: str, told: list[str]) -> bool:
    pattern = ".*".join(map(re.escape, message.split("…")))
    return any(re.match(pattern, each, re.DOTALL) for each in told)


def test_every_message_of_the_page_is_tried() -> None:
    assert messages("When a client is called") + messages("When the toolkit runs") == TOLD


def test_a_message_that_nobody_tells_is_found() -> None:
    assert not found("error: … is wrong", ["error: all is well"])
