"""VMware's files describe sessions and tasks in one file and use them in others."""

from __future__ import annotations

import json

import pytest
from vcsdk.pipeline import read_api

from tests.generated import imported, write_client
from tests.wire.client.recording import TOKEN, Recorder

ERROR = {"type": "object", "properties": {"error_type": {"type": "string"}}}
STRING = {"description": "It.", "content": {"application/json": {"schema": {"type": "string"}}}}
INFO = {"status": "SUCCEEDED", "description": {"id": "d", "default_message": "D", "args": []}, "result": 7}


@pytest.mark.parametrize(("server_path", "prefix"), [("", "/rest"), ("/rest", ""), ("/api", ""), ("", "/api")])
def test_sessions_and_tasks_work_without_being_described(
    server_path: str, prefix: str, tmp_path, server: Recorder
) -> None:
    root = server_path or prefix
    session = f"{root}/com/vmware/cis/session" if root == "/rest" else f"{root}/session"
    server.answers[f"POST {session}"] = (200, {"value": TOKEN}) if root == "/rest" else (201, TOKEN)
    server.answers[f"DELETE {session}"] = (204, None)
    description = {
        "openapi": "3.0.3",
        "info": {"title": "Part of vCenter", "version": "7"},
        "servers": [{"url": f"https://vc.example.com{server_path}"}],
        "paths": {f"{prefix}/vm?vmw-task=true": {"post": {"operationId": "make$task", "responses": {"202": STRING}}}},
        "components": {"schemas": {"Std_Errors_Error": ERROR}},
    }
    path = tmp_path / "part.json"
    path.write_text(json.dumps(description))
    described = read_api(path)
    source = write_client(described.api, described.config, described.document, tmp_path / "out")
    request = f"POST {server_path}{prefix}/vm?vmw-task=true"
    server.answers[request] = (202, "t-1")
    server.answers[f"GET {root}/cis/tasks/t-1"] = (200, {"value": INFO} if root == "/rest" else INFO)
    with imported(source, described.config.package.module) as package:
        with getattr(package, described.config.package.client)(server.origin, username="u", password="p") as client:
            assert client.vm.make().wait(timeout=5, poll=0.01) is None
    seen = [(f"{r.method} {r.target}", r.headers.get("vmware-api-session-id")) for r in server.requests]
    assert seen == [
        (f"POST {session}", None),
        (request, TOKEN),
        (f"GET {root}/cis/tasks/t-1", TOKEN),
        (f"DELETE {session}", TOKEN),
    ]
