"""Which operation of the old description is which of the new one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vcsdk.ir import Api, Operation

_NAME = re.compile(r"\{[^{}]*\}")
_TASK = ("vmw-task", "true")
Key = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Matched:
    """Pairs in the order of the new description, and what has no counterpart.

    `prefixed` tells whether paths were compared with the server's prefix before them.
    """

    pairs: tuple[tuple[Operation, Operation], ...]
    added: tuple[Operation, ...]
    removed: tuple[Operation, ...]
    prefixed: bool


def match(old: Api, new: Api) -> Matched:
    """Match by method, path (names of parameters left out) and constants of the query.

    A description may say `/api` in its server or in each path; whichever reading finds more operations again counts.
    """
    bare = _match(old, new, with_prefix=False)
    if not bare.added or not bare.removed:
        return bare
    prefixed = _match(old, new, with_prefix=True)
    return prefixed if len(prefixed.pairs) > len(bare.pairs) else bare


def identity(operation: Operation) -> str:
    """The request line with the names of path parameters left out and the query sorted."""
    method, path, query = _key(operation)
    headers = [f"{key.removesuffix(':')}: {value}" for key, value in query if key.endswith(":")]
    parts = [f"{key}={value}" if value else key for key, value in query if not key.endswith(":")]
    line = f"{method} {path}" + ("?" + "&".join(parts) if parts else "")
    return line + (f" ({', '.join(headers)})" if headers else "")


def _key(operation: Operation, prefix: str = "") -> Key:
    path = _NAME.sub("{}", prefix + operation.path)
    # A parameter that tells requests apart by being there stands like a constant without a value.
    presence = ((name, "") for name in operation.presence)
    headers = ((f"{name.lower()}:", value) for name, value in operation.fixed_headers)
    return (operation.method, path, tuple(sorted((*operation.fixed_query, *presence, *headers))))


def _match(old: Api, new: Api, *, with_prefix: bool) -> Matched:
    before = {o.key: (_key(o, old.prefix if with_prefix else ""), o) for o in old.operations}
    after = {o.key: (_key(o, new.prefix if with_prefix else ""), o) for o in new.operations}
    pairs: dict[str, Operation] = {}
    for simplify in (_as_it_is, _without_task, _without_presence):
        # Two that nothing on the wire tells apart are told by what they are called.
        for told in (_by_id, _by_nothing):
            known: dict[tuple[Key, str], str] = {}
            for name, (key, operation) in before.items():
                known.setdefault((simplify(key), told(operation)), name)
            for name, (key, operation) in list(after.items()):
                other = known.pop((simplify(key), told(operation)), None)
                if other is not None:
                    pairs[name] = before.pop(other)[1]
                    del after[name]
    ordered = tuple((pairs[o.key], o) for o in new.operations if o.key in pairs)
    come, gone = (tuple(operation for _, operation in side.values()) for side in (after, before))
    return Matched(ordered, come, gone, with_prefix)


def _by_id(operation: Operation) -> str:
    return operation.operation_id


def _by_nothing(_: Operation) -> str:
    return ""


def _as_it_is(key: Key) -> Key:
    return key


def _without_task(key: Key) -> Key:
    # Where one of an operation and its task twin is left on each side, it became a task or stopped being one.
    return (key[0], key[1], tuple(pair for pair in key[2] if pair != _TASK))


def _without_presence(key: Key) -> Key:
    # That a parameter must be there is written in the path key only where a twin without it came.
    return (key[0], key[1], tuple(pair for pair in key[2] if pair[1]))
