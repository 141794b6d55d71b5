"""Whether a target is a simulator on this machine, `vcsdk serve`: the only one that a run may allow everything.

A host's name proves nothing, for the port of a tunnel on this machine may lead to any vCenter.  So the target is asked,
without credentials: the simulator's control says what it is, and whoever answers for the API is the same server.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import httpx2

NAME = "vcsdk-simulator"
"""What a simulator says of itself: in its control and in the header `Server` of every answer."""
PLACE = "/_simulator"
"""Where a simulator's control begins; nothing of any API stands there."""


def is_on_this_machine(url: str) -> bool:
    """True if the URL's host is a loopback address, or the name of one (RFC 6761, 6.3)."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def answers_as_one(response: httpx2.Response) -> bool:
    """True if a simulator answered."""
    return response.headers.get("server") == NAME


def is_one(transport: httpx2.BaseTransport, url: str, prefix: str) -> bool:
    """Ask the target what it is; `prefix` is the path of its API.

    Raises:
        httpx2.TransportError: No answer came.
    """
    control, api = (_get(transport, url + path) for path in (f"{PLACE}/state", f"{prefix}{PLACE}"))
    return answers_as_one(control) and answers_as_one(api) and _says_so(control)


def _get(transport: httpx2.BaseTransport, url: str) -> httpx2.Response:
    # Through the transport itself: it follows no redirect to somebody else.
    response = transport.handle_request(httpx2.Request("GET", url, headers={"Accept": "application/json"}))
    response.read()
    return response


def _says_so(response: httpx2.Response) -> bool:
    try:
        told = response.json()
    except ValueError:
        return False
    return response.status_code == 200 and isinstance(told, dict) and told.get("simulator") == NAME
