"""A redirect that no description knows of leads to the same host, and not to another one with what was sent.

`Location` is read as RFC 9110, 10.2.2 has it.  A host that the description names among its servers is none of others.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..answers import Answer
from ..check import Check, Finding
from ..contract import Contract

CHECK = Check("redirect-leaves", __doc__, ("redirect-leaves",), severity="security")


def hold(answer: Answer, contract: Contract) -> None:
    """An undocumented redirect names no other host."""
    location = answer.headers.get("location")
    if not 300 <= answer.status < 400 or not location or not answer.host or _is_documented(answer, contract):
        return
    named = _host(location, answer)
    if named not in ("", _plain(answer.host)) and named not in _own(answer, contract):
        told = f"{answer.status} leads to another host, which the description does not know"
        raise Finding(CHECK, told, answer, path="location", observed="another host")


def _is_documented(answer: Answer, contract: Contract) -> bool:
    """Whether the operation documents this status, or redirects in general."""
    if answer.operation is None:
        return False
    known = {status.upper() for status in contract.description.statuses(answer.operation)}
    return not known.isdisjoint((str(answer.status), "3XX"))


def _host(location: str, answer: Answer) -> str:
    """The host that a `Location` names; that of the request where it names none."""
    try:
        return _plain(urlsplit(urljoin(f"http://{answer.host}/", location.strip())).hostname or "")
    except ValueError:
        return ""


def _plain(host: str) -> str:
    """A host as it is compared: without case and final dot; what stands for this machine is one."""
    host = host.strip("[]").rstrip(".").lower()
    try:
        return "localhost" if ipaddress.ip_address(host).is_loopback else host
    except ValueError:
        return host


def _own(answer: Answer, contract: Contract) -> set[str]:
    """The hosts of the servers that the description names, for all or for this operation."""
    written: list[Any] = [contract.description.document]
    if answer.operation is not None:
        places = (answer.operation.item_pointer, answer.operation.pointer)
        written += [contract.description.at(place) for place in places]
    return {_plain(host) for node in written for host in _hosts(node)}


def _hosts(node: Any) -> Iterator[str]:
    servers = node.get("servers") if isinstance(node, dict) else None
    for server in servers if isinstance(servers, list) else ():
        url = server.get("url") if isinstance(server, dict) else None
        try:
            host = urlsplit(url).hostname if isinstance(url, str) else None
        except ValueError:
            continue
        if host:
            yield host
