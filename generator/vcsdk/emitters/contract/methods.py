"""Requests with methods that their paths do not have."""

from __future__ import annotations

from collections.abc import Mapping

from vcsdk.copied.suite.operations import Catalogue
from vcsdk.emitters.contract.identifiers import filled
from vcsdk.emitters.contract.requests import Request, marks_of
from vcsdk.ir import Operation, Schema

# Harmless methods first, so that a read run tries one wherever it can.
_PROBES = ("GET", "PATCH", "PUT", "DELETE", "POST")


def foreign_methods(catalogue: Catalogue, operations: list[Operation], schemas: Mapping[str, Schema]) -> list[Request]:
    """For each path of these operations, requests with methods that it does not have."""
    requests: list[Request] = []
    first: dict[str, Operation] = {}
    for operation in operations:
        first.setdefault(operation.path, operation)
    for path, operation in first.items():
        documented = {o.method for o in catalogue.standing_at(path)}
        address = filled(operation, schemas)
        free = [method for method in _PROBES if method not in documented]
        for method in free[:2]:
            marks = marks_of(catalogue, method, address)
            # What is there to be read is another question than what can be changed.
            alike = (each for each in free if "GET" not in (each, method) and each != method)
            other = next((each for each in alike if marks_of(catalogue, each, address) == marks), "")
            requests.append(Request(f"{method} {path}", method, address, marks, other=other))
    return requests
