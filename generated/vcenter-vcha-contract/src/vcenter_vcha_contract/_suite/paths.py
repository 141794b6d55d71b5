"""The path of a request as a server may read it: the strict way, and the way of a lenient one."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote


def as_sent(raw: str) -> str:
    """The path with every segment decoded; a slash that was encoded stays so, for it separates nothing (RFC 3986, 2.2).

    `raw` is the path of the request line, with or without a query.
    """
    path = raw.partition("?")[0]
    if "%" not in path:
        return path
    return "/".join(unquote(segment, errors="replace").replace("/", "%2F") for segment in path.split("/"))


def loosened(path: str) -> str:
    """Without what lenient servers overlook: dots, doubled and trailing slashes, parameters of a segment (`;v=1`)."""
    segments = [segment.partition(";")[0] for segment in path.replace("%2F", "/").split("/")]
    return posixpath.normpath("/" + "/".join(filter(None, segments)))
