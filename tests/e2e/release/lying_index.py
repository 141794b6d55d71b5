"""An index that answers as a test says, to the byte: status lines, headers and bodies that no framework would send."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HTML = ("content-type", "text/html")
JSON = ("content-type", "application/vnd.pypi.simple.v1+json")


def answer(body: bytes | str = b"", headers: Sequence[tuple[str, str]] = (HTML,), status: str = "200 OK") -> bytes:
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), f"content-length: {len(content)}"]
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1") + content


@dataclass
class Lying:
    """`root` is the answer to the first page, `page` to that of a project, `after` to that once something was sent,
    and `taken` to an upload; all but `root` are raw.  Bytes behind `...` are sent one by one for ever.
    """

    root: bytes = field(default_factory=answer)
    page: bytes = field(default_factory=answer)
    after: bytes | None = None
    taken: bytes = field(default_factory=answer)
    url: str = ""
    uploads: int = 0
    authorizations: list[str] = field(default_factory=list)

    def choose(self, method: str, path: str) -> bytes:
        if method == "POST":
            self.uploads += 1
            return self.taken
        if path == "/simple/":
            return self.root
        return self.after if self.after is not None and self.uploads else self.page


DRIP = b"..."


def _serve(connection: socket.socket, choose: Callable[[str, str], bytes], kept: list[str]) -> None:
    with connection, suppress(OSError), connection.makefile("rb") as read:
        while line := read.readline():
            length = 0
            while (header := read.readline()).strip():
                name, _, value = header.decode("latin-1").partition(":")
                length = int(value) if name.lower() == "content-length" else length
                if name.lower() == "authorization":
                    kept.append(value.strip())
            read.read(length)
            method, path, _ = line.decode("latin-1").split(" ", 2)
            said = choose(method, path)
            connection.sendall(said.removesuffix(DRIP))
            while said.endswith(DRIP):
                connection.sendall(b"x")
                time.sleep(0.02)
            if method == "POST":
                return


@contextmanager
def lying(**answers: bytes) -> Iterator[Lying]:
    index = Lying(**answers)
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                arguments = (connection, index.choose, index.authorizations)
                threading.Thread(target=_serve, args=arguments, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    index.url = f"http://127.0.0.1:{listener.getsockname()[1]}/simple/"
    try:
        yield index
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
