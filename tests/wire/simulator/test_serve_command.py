"""`vcsdk serve` as a process: banner, secrets, port, signals."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time

import httpx2
import pytest
from vcsdk.cli.main import main
from vcsdk.simulator import known_faults

from tests.wire.simulator.conftest import FAILOVER, HEADER, ROOT

COMMAND = [sys.executable, "-c", "from vcsdk.cli.main import main; raise SystemExit(main())", "serve"]
SPEC = str(ROOT / "spec" / "vcha.yaml")


def environ(more):
    kept = {key: value for key, value in os.environ.items() if key != "VCSDK_SIMULATOR_PASSWORD"}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


@contextlib.contextmanager
def serving(cwd, *arguments, spec=SPEC, **environment):
    ready = cwd / "ready.json"
    process = subprocess.Popen(
        [*COMMAND, spec, "--port", "0", "--ready-file", str(ready), *arguments],
        cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ(environment),
    )  # fmt: skip
    try:
        while not ready.exists():
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        yield process, json.loads(ready.read_text())
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_ends_at_once_with_success(tmp_path, number):
    with serving(tmp_path, "--log", "log") as (process, ready):
        assert ready["pid"] == process.pid
        password = (tmp_path / ".vcsdk-simulator-password").read_text().strip()
        with httpx2.Client(base_url=ready["url"]) as client:
            token = client.post("/api/session", auth=("administrator@vsphere.local", password)).json()
            client.headers[HEADER] = token
            assert client.get("/api/session").status_code == 200
            assert client.get(f"/api/cis/tasks/{token}?x={password}").status_code == 404
            assert client.post(FAILOVER, json={"planned": True}).status_code == 202
            process.send_signal(number)
            output, errors = process.communicate(timeout=10)
        assert (process.returncode, errors) == (0, "")
        assert not (tmp_path / "ready.json").exists()
    assert stat.S_IMODE((tmp_path / ".vcsdk-simulator-password").stat().st_mode) == 0o600
    # The address as clients take it.
    assert output.splitlines()[0] == ready["url"]
    assert "11 operations below /api\n" in output
    assert ".vcsdk-simulator-password" in output
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [(line["seq"], line["operation"], line["status"]) for line in lines] == [
        (1, "session.create", 201),
        (2, "session.get", 200),
        (3, "tasks.get", 404),
        (4, "vcha.cluster.failover", 202),
    ]
    assert lines[3]["target"] == "/api/vcenter/vcha/cluster?action=failover&vmw-task=true"
    for secret in (token, password):
        assert secret not in output + (tmp_path / "log").read_text()


def test_the_password_comes_from_the_environment(tmp_path):
    with serving(tmp_path, "--password-env", "MINE", MINE="from here") as (_, ready):
        answer = httpx2.post(f"{ready['url']}/api/session", auth=("administrator@vsphere.local", "from here"))
        assert answer.status_code == 201
    assert not (tmp_path / ".vcsdk-simulator-password").exists()


@pytest.fixture
def refused(tmp_path, monkeypatch, capsys):
    """Call the command in this process, for command lines that serve nothing; returns what it said on stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VCSDK_SIMULATOR_PASSWORD", raising=False)

    def call(*arguments: str) -> str:
        assert main(["serve", *arguments]) == 2
        output, errors = capsys.readouterr()
        assert output == ""
        assert "Traceback" not in errors
        return errors

    return call


def test_a_port_in_use(refused):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        errors = refused(SPEC, "--port", str(port))
    assert f"cannot listen on 127.0.0.1:{port}: Address already in use" in errors


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fault", "no-auth-chek"], "did you mean 'no-auth-check'?"),
        (["--mode", "ON"], "none of ENABLED, DISABLED, MAINTENANCE"),
        (["--outage", "-1"], "outage must be a number of seconds"),
        (["--password-env", "UNSET"], "UNSET is not set"),
        (["--log", "no/such/folder"], "no/such/folder: No such file or directory"),
        (["--host", "192.0.2.1"], "cannot listen on 192.0.2.1"),
    ],
)
def test_usage_errors(refused, arguments, said):
    assert said in refused(SPEC, "--port", "0", *arguments)


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_that_no_machine_has(capsys, port):
    assert main(["serve", SPEC, "--port", port]) == 2
    assert "--port: expected a whole number from 0 to 65535" in capsys.readouterr().err


def test_a_broken_description(refused, tmp_path):
    (tmp_path / "broken.yaml").write_text("openapi: 3.0.3\npaths: [\n")
    errors = refused("broken.yaml")
    assert errors.startswith("broken.yaml:")
    assert "nothing served" in errors
    assert "a description is needed" in refused()


def test_the_faults_are_listed(capsys):
    assert main(["serve", "--list-faults"]) == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert listed == {info.id for info in known_faults()}


def test_what_is_left_out_and_what_is_hidden_is_said(tmp_path):
    answer = {"200": {"description": "d"}}
    paths = {
        "/a": {"get": {"operationId": "one", "responses": answer}, "post": {"responses": {"200": {"$ref": "#/x"}}}},
        "/a#b": {"get": {"operationId": "two", "responses": answer}},
    }
    spec = tmp_path / "a.json"
    spec.write_text(json.dumps({"openapi": "3.0.3", "info": {"title": "A", "version": "1"}, "paths": paths}))
    with serving(tmp_path, "--partial", spec=str(spec)) as (process, ready):
        assert httpx2.get(f"{ready['url']}/a").status_code == 200
        assert httpx2.post(f"{ready['url']}/a").status_code == 405
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=10)
    assert "  left out   1 operation of 3 (see `vcsdk lint`)\n" in out
    assert "  the same   a.one is answered, and a.two never: nothing tells their requests apart\n" in out
