"""A server of two answers, in REST and in vAPI's JSON-RPC: the state of a vCenter HA cluster, and a list of VMs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from vcsdk.pipeline import read_api
from vcsdk.simulator import Simulator, SimulatorOptions

from tests.bench.calls import free_port, wait_for

FRAGMENT = Path(__file__).parents[2] / "spec" / "vcha.yaml"
SERVICES = ("com.vmware.vcenter.vcha.cluster", "com.vmware.vcenter.VM")
Answers = tuple[bytes, bytes]
"""What REST answers, and the result of JSON-RPC."""

SERVER = """
import asyncio, json, re, sys
PORT, CLUSTER, VMS, CLUSTER_RPC, VMS_RPC = int(sys.argv[1]), *(sys.stdin.buffer.read(int(n)) for n in sys.argv[2:6])
HEAD = b'HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n'
LENGTH, ID = re.compile(rb'content-length: *([0-9]+)', re.I), re.compile(rb'"id": *("[^"]*")')
async def serve(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b'\\r\\n\\r\\n')
            found = LENGTH.search(head)
            body = await reader.readexactly(int(found[1])) if found else b''
            if head.startswith(b'POST /api HTTP'):
                result = CLUSTER_RPC if b'"com.vmware.vcenter.vcha.cluster"' in body else VMS_RPC
                content = b'{"jsonrpc":"2.0","id":' + ID.search(body)[1] + b',"result":' + result + b'}'
            else:
                content = CLUSTER if head.startswith(b'POST /api/vcenter/vcha/cluster?action=get ') else VMS
            writer.write(HEAD % len(content) + content)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    async with await asyncio.start_server(serve, '127.0.0.1', PORT) as server:
        await server.serve_forever()
asyncio.run(main())
"""


def cluster() -> Answers:
    """What the simulator of the fragment answers, in both languages."""
    options = SimulatorOptions()
    with Simulator(read_api(FRAGMENT), options).running() as url, httpx2.Client() as http:
        token = http.post(f"{url}/api/session", auth=(options.username, options.password)).json()
        header = {"vmware-api-session-id": token}
        rest = http.post(f"{url}/api/vcenter/vcha/cluster?action=get", headers=header)
        security = {"schemeId": "com.vmware.vapi.std.security.session_id", "sessionId": token}
        given = {"STRUCTURE": {"operation-input": {"vc_spec": {"OPTIONAL": None}, "partial": {"OPTIONAL": None}}}}
        params = {"serviceId": SERVICES[0], "operationId": "get", "input": given}
        params["ctx"] = {"appCtx": {"opId": "bench"}, "securityCtx": security}
        asked = {"jsonrpc": "2.0", "method": "invoke", "id": "0", "params": params}
        rpc = http.post(f"{url}/api", json=asked, headers={**header, "vapi-service": SERVICES[0]})
        rest.raise_for_status()
        rpc.raise_for_status()
        return rest.content, json.dumps(rpc.json()["result"], separators=(",", ":")).encode()


def machines(count: int) -> Answers:
    """A list of so many VM summaries."""
    plain, values = [], []
    for number in range(count):
        state = ("POWERED_ON", "POWERED_OFF", "SUSPENDED")[number % 3]
        row: dict[str, Any] = {"vm": f"vm-{number}", "name": f"web {number}", "power_state": state}
        plain.append({**row, "cpu_count": 4, "memory_size_MiB": 4096})
        optional = {"cpu_count": {"OPTIONAL": 4}, "memory_size_MiB": {"OPTIONAL": 4096}}
        values.append({"STRUCTURE": {"com.vmware.vcenter.VM.summary": {**row, **optional}}})
    rest, rpc = (json.dumps(found, separators=(",", ":")).encode() for found in (plain, {"output": values}))
    return rest, rpc


@contextmanager
def server(of_cluster: Answers, of_machines: Answers) -> Iterator[str]:
    """Serve the answers in a process of its own; gives the origin."""
    bodies = [answers[kind] for kind in (0, 1) for answers in (of_cluster, of_machines)]
    port = free_port()
    command = [sys.executable, "-c", SERVER, str(port), *(str(len(body)) for body in bodies)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(b"".join(bodies))
    process.stdin.close()
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
