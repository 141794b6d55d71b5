"""Command lines of a generated package, carried out in this process."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from tests.wire.generated.calling import Handler, Reply, Server, client_of, serving


class Ran(NamedTuple):
    """How one ended, and what it wrote."""

    code: int
    out: str
    err: str


class Shell:
    """Runs command lines against one server."""

    def __init__(self, package: ModuleType, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
        self._package = package
        self._capsys = capsys
        self.server = server

    def __call__(self, *words: str, target: bool = True) -> Ran:
        run = importlib.import_module(f"{self._package.__name__}._runtime.shell").run
        self._capsys.readouterr()
        where = ["--target", self.server.origin] if target else []
        code = run(client_of(self._package), self._package.__name__, "thing", [*where, *words])
        out, err = self._capsys.readouterr()
        return Ran(code, out, err)


@contextmanager
def shell(
    package: ModuleType, capsys: pytest.CaptureFixture[str], handler: Handler = lambda _: Reply(204)
) -> Iterator[Shell]:
    with serving(handler) as server:
        yield Shell(package, server, capsys)


def text(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON answer of a schema."""
    return {"200": {"description": "Done.", "content": {"application/json": {"schema": schema}}}}
