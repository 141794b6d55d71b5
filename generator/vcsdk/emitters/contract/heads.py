"""Which readings can be asked for with HEAD, to be answered alike."""

from __future__ import annotations

from vcsdk.emitters.contract.requests import needed_in_query
from vcsdk.ir import Api, In, Operation


def has_head(api: Api, operation: Operation) -> bool:
    """Whether HEAD is described beside a GET, for the same request and with the same success."""
    if operation.method != "GET" or operation.body is not None:
        return False
    beside = (o for o in api.operations if o.method == "HEAD" and o.path == operation.path)
    return any(_asks_alike(api, operation, other) and _status(operation) == _status(other) for other in beside)


def _asks_alike(api: Api, one: Operation, other: Operation) -> bool:
    constants = [(o.fixed_query, o.presence, o.fixed_headers, o.server) for o in (one, other)]
    needed = [needed_in_query(api, o) for o in (one, other)]
    others = [{p.wire_name for p in o.parameters if p.required and _is_beside(p.location)} for o in (one, other)]
    return all(pair[0] == pair[1] for pair in (constants, needed, others)) and other.body is None


def _is_beside(location: In) -> bool:
    return location in (In.HEADER, In.COOKIE)


def _status(operation: Operation) -> str:
    return operation.success.status if operation.success is not None else ""
