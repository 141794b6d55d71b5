"""A whole call against a local server: what the client adds to bare httpx2."""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench import table

SERVER = """
import asyncio, sys
BODY = sys.stdin.buffer.read()
HEAD = b'HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: %d\\r\\n\\r\\n' % len(BODY)
async def serve(reader, writer):
    try:
        while True:
            await reader.readuntil(b'\\r\\n\\r\\n')
            writer.write(HEAD + BODY)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    server = await asyncio.start_server(serve, '127.0.0.1', int(sys.argv[1]))
    async with server:
        await server.serve_forever()
asyncio.run(main())
"""
CLIENTS = """
import json, statistics, sys, time
import httpx2
from vcenter import Vcenter
url = sys.argv[1]
bare = httpx2.Client()
ours = Vcenter(url, token='t')
def by_httpx2():
    return bare.get(url + '/rest/vcenter/vm', headers={'vmware-api-session-id': 't'}).json()
def by_client():
    return ours.vcenter.vm.list()
times = {by_httpx2: [], by_client: []}
for turn in range(int(sys.argv[2])):
    for call in (by_httpx2, by_client) if turn % 2 else (by_client, by_httpx2):
        started = time.perf_counter(); call(); times[call].append(time.perf_counter() - started)
print(json.dumps([statistics.median(times[by_client]), statistics.median(times[by_httpx2])]))
"""


def measure(work: Path, rounds: int) -> list[table.Row]:
    """The median call of many, the two clients taking turns on one server."""
    body = json.dumps(
        {"value": [{"vm": f"vm-{n}", "name": f"web {n}", "power_state": "POWERED_ON"} for n in range(20)]}
    )
    port = free_port()
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], stdin=subprocess.PIPE)
    assert server.stdin is not None
    server.stdin.write(body.encode())
    server.stdin.close()
    try:
        wait_for(port)
        ours = str(next((work / "again").glob("*/src/vcenter")).parent)
        command = [sys.executable, "-c", CLIENTS, f"http://127.0.0.1:{port}", str(rounds)]
        results = []
        for _ in range(3):
            done = subprocess.run(command, env={"PYTHONPATH": ours}, capture_output=True, text=True, check=True)
            results.append(json.loads(done.stdout))
    finally:
        server.terminate()
        server.wait()
    client, bare = (statistics.median(column) for column in zip(*results, strict=True))
    return [table.row("a whole call, 20 VM summaries; bare httpx2 with json()", client, bare, 1.15)]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Wait until somebody listens on a port of this machine."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the local server did not start")
