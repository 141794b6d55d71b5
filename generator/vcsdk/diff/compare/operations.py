"""Which operation of the old description is which of the new one."""

from __future__ import annotations

from dataclasses import dataclass

from vcsdk.ir import Api, Operation
from vcsdk.ir.requests import identity, paired, request_key

__all__ = ["Matched", "identity", "match"]


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


def _match(old: Api, new: Api, *, with_prefix: bool) -> Matched:
    before, after = (
        {o.key: (request_key(o, api.prefix if with_prefix else ""), o.operation_id) for o in api.operations}
        for api in (old, new)
    )
    pairs = paired(before, after)
    known = {o.key: o for o in old.operations}
    met = set(pairs.values())
    return Matched(
        tuple((known[pairs[o.key]], o) for o in new.operations if o.key in pairs),
        tuple(o for o in new.operations if o.key not in pairs),
        tuple(o for o in old.operations if o.key not in met),
        with_prefix,
    )
