"""Serves a description without a socket, and asks it what a client, and what nobody, would ask."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from urllib.parse import urlencode

from vcsdk.pipeline import read_api
from vcsdk.simulator.application import Application, encode
from vcsdk.simulator.errors import Refusal
from vcsdk.simulator.options import SimulatorOptions
from vcsdk.simulator.routing import Target

_MOST = 12
_BASIC = b64encode(b"administrator@vsphere.local:p").decode()
_ODD_HEADERS = {
    "authorization": "Basic \xff\xfe:::",
    "content-type": 'multipart/form-data; boundary="\xe9',
    "content-length": "-1",
    "cookie": "a=b; =; \xe9;;",
    "accept-language": "q=;;,*;q=x",
    "vmware-api-session-id": "\xff",
}


def ask(description: Path) -> None:
    """Ask each operation a few times.

    Raises:
        InputError: The description cannot be used.
    """
    described = read_api(description, use_config=False, partial=True)
    application = Application(described, SimulatorOptions(password="p"))
    for operation in described.api.operations[:_MOST]:
        path = described.api.prefix + operation.path.partition("#")[0].replace("{", "").replace("}", "")
        raw = path.encode("utf-8", "backslashreplace").decode("latin-1")
        query = urlencode([(key, str(value)) for key, value in operation.fixed_query], errors="backslashreplace")
        for headers, body in _requests():
            _answer(application, Target.parse(operation.method, raw, query), headers, body)


def _requests() -> list[tuple[dict[str, str], bytes]]:
    kind = {"content-type": "application/json", "authorization": f"Basic {_BASIC}"}
    return [
        ({}, b""),
        (kind, json.dumps({"a": [1, None, {"b": 1e300}], "\ud800": "x"}).encode()),
        (kind, b"[" * 2000),
        (kind | {"content-type": "application/x-www-form-urlencoded"}, b"a=1&b[c]=2&%ff=%00"),
        (_ODD_HEADERS, b"\xff\x00"),
    ]


def _answer(application: Application, target: Target, headers: dict[str, str], body: bytes) -> None:
    try:
        reply, _ = application.serve(target, headers, body)
    except Refusal:
        return
    encode(reply)
