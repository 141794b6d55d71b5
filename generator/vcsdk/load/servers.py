"""Relative servers of a description that was read from the network (RFC 3986, 5.1.3)."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urljoin, urlsplit

from vcsdk.load.document import Document
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in


def resolve_servers(document: Document, address: str) -> None:
    """Say servers in full that are said relative to the description, and where that was read."""
    document.address = address
    for holder in _holders(document.data):
        servers = holder.get("servers")
        for server in servers if isinstance(servers, list) else ():
            url = server.get("url") if isinstance(server, dict) else None
            if isinstance(url, str) and _is_relative(url):
                with suppress(ValueError):  # what is no address stays as it is, for the checks to name
                    server["url"] = urljoin(address, url or "/")


def _is_relative(url: str) -> bool:
    """A variable in front may be a whole address, and is left alone."""
    try:
        return not url.startswith("{") and not urlsplit(url.replace("{", "").replace("}", "")).scheme
    except ValueError:
        return False


def _holders(data: dict[str, Any]) -> list[dict[str, Any]]:
    found = [data]
    for _, item in entries(data.get("paths")):
        if isinstance(item, dict):
            found += [item, *(operation for _, operation in operations_in(item) if isinstance(operation, dict))]
    return found
