"""Importing and calling, beside VMware's own SDK 9.1.1: what users of vCenter would pick instead.

Both run under the Python of the peers' environment, and both are compiled to bytecode first.  VMware's side is its bare
stubs, the fastest way that it has: `create_vsphere_client` makes every stub of the API and signs in.  One local server
sends both the answers that were recorded or made beforehand; it does no more than find out which, so that what is
measured is the client.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import answering, table
from tests.bench.imports import everything, run
from tests.bench.measure import interleaved
from tests.bench.peers import Peers

CALLS, VMS = 300, 5000
_OURS = """
from {module} import {client}
client = {client}({url!r}, token="token")
cluster = client.vcenter.vcha.cluster
"""
_THEIRS = """
import requests
from com.vmware.vcenter.vcha_client import Cluster
from vmware.vapi.lib.connect import get_requests_connector
from vmware.vapi.security.session import create_session_security_context
from vmware.vapi.stdlib.client.factories import StubConfigurationFactory
connector = get_requests_connector(session=requests.Session(), url={url!r} + "/api")
connector.set_security_context(create_session_security_context("token"))
stubs = StubConfigurationFactory.new_std_configuration(connector)
cluster = Cluster(stubs)
"""
_LIST = """
from com.vmware.vcenter_client import VM
vms = VM(stubs)
"""
_CLOCK = """
import json, statistics, sys, time
def clock(call, times):
    call()
    started = time.perf_counter()
    for _ in range(times):
        call()
    return time.perf_counter() - started
info = cluster.get()
assert str(info.health_state) == "HEALTHY", info
found = vms.list()
assert len(found) == {count}
one = found[7]
assert (one.name, one.memory_size_{mib}, str(one.power_state)) == ("web 7", 4096, "POWERED_OFF"), one
print(json.dumps([clock(cluster.get, {calls}), clock(vms.list, 5) / 5]))
"""


def measure(work: Path, peers: Peers, rounds: int) -> list[table.Row]:
    """Medians of whole processes (imports), and of runs of calls in processes of their own."""
    package = next((work / "large").glob("*/src/*/client.py")).parent
    path, module = str(package.parent), package.name
    for folder in (path, _site(peers)):
        subprocess.run([str(peers.python), "-m", "compileall", "-q", folder], check=False, capture_output=True)
    client = _class(package)
    python = str(peers.python)

    def ours(url: str) -> str:
        return _OURS.format(module=module, client=client, url=url)

    far = "https://vc.example.com"
    contestants: dict[str, Callable[[], float]] = {
        "everything": lambda: run(python, path, everything(module)),
        "their everything": lambda: run(python, path, everything("com.vmware")),
        "one": lambda: run(python, path, ours(far)),
        "their one": lambda: run(python, path, _THEIRS.format(url=far)),
    }
    seconds = {name: statistics.median(found) for name, found in interleaved(contestants, rounds).items()}
    with answering.server(answering.cluster(), answering.machines(VMS)) as url:
        calls: dict[str, Callable[[], list[float]]] = {
            "ours": lambda: _clock(python, path, ours(url) + "vms = client.vcenter.vm", "mi_b"),
            "theirs": lambda: _clock(python, path, _THEIRS.format(url=url) + _LIST, "mib"),
        }
        timed = interleaved(calls, max(3, rounds // 2))
    gets, lists = (
        {name: statistics.median(sample[place] for sample in found) for name, found in timed.items()}
        for place in (0, 1)
    )
    return [
        table.row("import everything; VMware's SDK", seconds["everything"], seconds["their everything"], 1.2),
        table.row(
            "import and client for one call; VMware's SDK, bare stubs", seconds["one"], seconds["their one"], 0.9
        ),
        table.row(f"{CALLS} cluster gets; VMware's SDK", gets["ours"], gets["theirs"], 0.25),
        table.row(f"list of {VMS:,} VMs, whole call; VMware's SDK", lists["ours"], lists["theirs"], 0.03),
    ]


def _clock(python: str, path: str, setup: str, mib: str) -> list[float]:
    program = setup + _CLOCK.format(count=VMS, calls=CALLS, mib=mib)
    done = subprocess.run(
        [python, "-c", program], env={"PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    found: list[float] = json.loads(done.stdout)
    return found


def _site(peers: Peers) -> str:
    program = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([str(peers.python), "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _class(package: Path) -> Any:
    """The client's name: the first class of `client.py`."""
    text = (package / "client.py").read_text(encoding="utf-8")
    return text.partition("\nclass ")[2].partition("(")[0]
