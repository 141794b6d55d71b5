"""JSON pointers (RFC 6901) into the normalised document."""

from __future__ import annotations

from typing import Any


def escape(token: str) -> str:
    """One reference token in pointer form."""
    return token.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """One reference token as the key it stands for."""
    return token.replace("~1", "/").replace("~0", "~")


def child(pointer: str, *tokens: str) -> str:
    """The pointer of a node below `pointer`."""
    return pointer + "".join("/" + escape(token) for token in tokens)


def last(pointer: str) -> str:
    """The key that the last token of a pointer stands for."""
    return unescape(pointer.rsplit("/", 1)[1])


def resolve(data: Any, pointer: str) -> Any:
    """The node at `pointer`; the checks have seen to it that every reference of the document leads somewhere."""
    node = data
    for token in pointer.split("/")[1:]:
        key = unescape(token)
        node = node[int(key)] if isinstance(node, list) else node[key]
    return node
