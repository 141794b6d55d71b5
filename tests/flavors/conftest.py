"""Flavours generated once, a subprocess that uses them, and a server that records what they send."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from vcsdk.diagnostics import Diagnostics
from vcsdk.flavors import FlavorResult, generate
from vcsdk.pipeline import read_api

ROOT = Path(__file__).parents[2]
SPECS = ROOT.parent / "shared" / "specs"
VCHA = ROOT / "spec" / "vcha.yaml"
CLIENT = "openapi-python-client"

Describe = Callable[..., Path]


@dataclass(frozen=True)
class Flavored:
    """A generated flavour: what generation said, what it found, and where the package can be imported from."""

    result: FlavorResult
    diagnostics: Diagnostics
    source: Path

    def run(self, program: str, **environment: str) -> Any:
        """What a program prints as JSON, in a process of its own; a warning about its syntax is an error."""
        done = subprocess.run(
            [sys.executable, "-W", "error::SyntaxWarning", "-c", textwrap.dedent(program)],
            env={**os.environ, "PYTHONPATH": str(self.source), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


def flavored(flavor: str, path: Path, out: Path) -> Flavored:
    pytest.importorskip("openapi_python_client", reason="the extra `flavors` is not installed")
    pytest.importorskip("datamodel_code_generator", reason="the extra `flavors` is not installed")
    diagnostics = Diagnostics()
    result = generate(flavor, read_api(path, diagnostics=diagnostics), out, diagnostics)
    (package,) = result.packages
    source = out / package / "src"
    return Flavored(result, diagnostics, source if source.is_dir() else source.parent)


@pytest.fixture
def describe(tmp_path: Path) -> Describe:
    """Writes a description with these paths and schemas; the result is its file."""

    def write(paths: dict[str, Any], schemas: dict[str, Any] | None = None, **more: Any) -> Path:
        path = tmp_path / "ships.json"
        info = {"title": "Ships", "version": "1"}
        components = {"schemas": schemas or {}}
        document = {"openapi": "3.0.3", "info": info, "paths": paths, "components": components, **more}
        path.write_text(json.dumps(document))
        return path

    return write


@pytest.fixture(scope="session")
def vcha_client(tmp_path_factory: pytest.TempPathFactory) -> Flavored:
    return flavored(CLIENT, VCHA, tmp_path_factory.mktemp("client"))


@pytest.fixture(scope="session")
def vcha_models(tmp_path_factory: pytest.TempPathFactory) -> Flavored:
    return flavored("pydantic", VCHA, tmp_path_factory.mktemp("models"))


@dataclass
class Recorder:
    """A server on a port of its own that keeps each request line and body, and answers `status` with `answer`."""

    url: str = ""
    lines: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    status: int = 202
    answer: Any = "task-1"


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    kept = Recorder()

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            kept.lines.append(f"{self.command} {self.path}")
            kept.bodies.append(json.loads(body) if body else None)
            kept.headers.append({name.lower(): value for name, value in self.headers.items()})
            content = json.dumps(kept.answer).encode()
            self.send_response(kept.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Nothing: pytest shows what matters."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_address[1]}/api"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


IMPORT_ALL = """
    import importlib, json, pkgutil, {module} as package
    names = [m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
    for name in names:
        importlib.import_module(name)
    print(json.dumps(names))
"""
