"""JSON pointers (RFC 6901) as text: `/paths/~1session/post`; "" is the root."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote


def escape(token: str) -> str:
    """Write one reference token: `~` becomes `~0`, `/` becomes `~1`."""
    return token.replace("~", "~0").replace("/", "~1") if "~" in token or "/" in token else token


def unescape(token: str) -> str:
    """Read one reference token; the inverse of `escape`."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def join(pointer: str, *tokens: str | int) -> str:
    """Append unescaped tokens to a pointer."""
    for token in tokens:
        pointer += f"/{escape(str(token))}"
    return pointer


def split(pointer: str) -> list[str]:
    """Take a pointer apart into unescaped tokens; "" gives none."""
    tokens = pointer.split("/")[1:]
    return [unescape(token) for token in tokens] if "~" in pointer else tokens


def last(pointer: str) -> str:
    """The unescaped last token of a pointer that is not the root's."""
    return unescape(pointer.rpartition("/")[2])


def parent(pointer: str) -> str:
    """The pointer of the node that holds this one; the root's is the root."""
    return pointer.rpartition("/")[0]


def from_fragment(fragment: str) -> str:
    """The pointer inside a URI fragment (RFC 6901, 6): percent-encoding is undone."""
    return unquote(fragment) if "%" in fragment else fragment


def as_reference(pointer: str) -> str:
    """The local reference to a node: a `%` of its pointer, which would begin an encoded character, is encoded."""
    return "#" + pointer.replace("%", "%25") if "%" in pointer else "#" + pointer


def exists(data: Any, pointer: str) -> bool:
    """Whether a pointer names a node."""
    try:
        find(data, pointer)
    except KeyError:
        return False
    return True


def find(data: Any, pointer: str) -> Any:
    """The node a pointer names.

    Raises:
        KeyError: There is no such node.
    """
    if pointer and not pointer.startswith("/"):
        raise KeyError(pointer)
    node = data
    for token in split(pointer):
        if isinstance(node, dict):
            node = node[token]
        elif isinstance(node, list) and token.isdigit() and int(token) < len(node):
            node = node[int(token)]
        else:
            raise KeyError(pointer)
    return node
