"""Descriptions by their address on the network.

An address travels through the toolkit as a path that no file has (`as_path`), so that whatever takes a description
takes an address, too.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

_MARK = re.compile(r"https?%3A%2F%2F", re.IGNORECASE)


def is_address(text: str) -> bool:
    """True for what is meant as an address on the web and not as a file."""
    return text.lower().startswith(("https://", "http://"))


def as_path(text: str) -> Path:
    """A path for a file's name, or for an address."""
    return Path(quote(text, safe="")) if is_address(text) else Path(text)


def address_of(path: Path) -> str | None:
    """The address that `as_path` made a path of; None for a file."""
    return unquote(path.name) if _MARK.match(path.as_posix()) else None


def shown(path: Path) -> str:
    """A description as its user named it, without the query of an address: that may hold what is secret."""
    address = address_of(path)
    return path.as_posix() if address is None else public(address)


def public(address: str) -> str:
    """An address without its query, which may hold what is secret."""
    return urlsplit(address)._replace(query="", fragment="").geturl()


def file_name(path: Path) -> Path:
    """What tells a description apart from others: its path, or host and path of its address."""
    address = address_of(path)
    if address is None:
        return path
    parts = urlsplit(address)
    return Path("/", parts.hostname or "", *PurePosixPath(unquote(parts.path)).parts[1:])
