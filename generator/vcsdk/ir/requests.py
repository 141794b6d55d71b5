"""What tells requests apart on the wire, and which request of one description is which of another."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vcsdk.ir.operations import Operation

_NAME = re.compile(r"\{[^{}]*\}")
_TASK = ("vmw-task", "true")

Key = tuple[str, str, tuple[tuple[str, str], ...]]
"""Method, path without the names of its parameters, and the constants of the query and the headers, sorted."""


def request_key(operation: Operation, prefix: str = "") -> Key:
    """What tells an operation's request from others; `prefix` stands before its path."""
    path = _NAME.sub("{}", prefix + operation.path)
    # A parameter that tells requests apart by being there stands like a constant without a value.
    presence = ((name, "") for name in operation.presence)
    headers = ((f"{name.lower()}:", value) for name, value in operation.fixed_headers)
    return (operation.method, path, tuple(sorted((*operation.fixed_query, *presence, *headers))))


def identity(operation: Operation) -> str:
    """The request line with the names of path parameters left out and the query sorted."""
    method, path, query = request_key(operation)
    headers = [f"{key.removesuffix(':')}: {value}" for key, value in query if key.endswith(":")]
    parts = [f"{key}={value}" if value else key for key, value in query if not key.endswith(":")]
    line = f"{method} {path}" + ("?" + "&".join(parts) if parts else "")
    return line + (f" ({', '.join(headers)})" if headers else "")


def paired(before: Mapping[str, tuple[Key, str]], after: Mapping[str, tuple[Key, str]]) -> dict[str, str]:
    """The requests of both sides that are the same, from the new one's name to the old one's.

    Args:
        before: Key and operationId of each old operation, by a name of the caller's.
        after: Those of the new ones.
    """
    left, rest = dict(before), dict(after)
    pairs: dict[str, str] = {}
    for simplify in (_as_it_is, _without_task, _without_presence):
        # Two that nothing on the wire tells apart are told by what they are called.
        for with_id in (True, False):
            known = {(simplify(key), id_ if with_id else ""): name for name, (key, id_) in left.items()}
            for name, (key, id_) in list(rest.items()):
                other = known.pop((simplify(key), id_ if with_id else ""), None)
                if other is not None:
                    pairs[name] = other
                    del left[other], rest[name]
    return pairs


def _as_it_is(key: Key) -> Key:
    return key


def _without_task(key: Key) -> Key:
    # Where one of an operation and its task twin is left on each side, it became a task or stopped being one.
    return (key[0], key[1], tuple(pair for pair in key[2] if pair != _TASK))


def _without_presence(key: Key) -> Key:
    # That a parameter must be there is written in the path key only where a twin without it came.
    return (key[0], key[1], tuple(pair for pair in key[2] if pair[1]))
