"""The check `same-request`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vcsdk.checks.registry import Finding, Subject, check
from vcsdk.load.grammar import METHODS
from vcsdk.load.pointer import join


@check("same-request")
def requests_differ(subject: Subject) -> Iterator[Finding]:
    """No two operations are told apart by nothing on the wire: method, path and constants of the query.

    The names of path parameters do not tell paths apart ("Paths Object").
    """
    first: dict[tuple[str, str, frozenset[tuple[str, str]]], str] = {}
    paths = subject.document.data.get("paths")
    for key, item in paths.items() if isinstance(paths, dict) else ():
        node = {} if key.startswith("x-") else subject.target(item)
        path = key.partition("#")[0]
        for method in METHODS:
            operation = node.get(method)
            if not isinstance(operation, dict):
                continue
            constants = _constants(subject, [node.get("parameters"), operation.get("parameters")])
            request = (method, re.sub(r"\{[^{}]*\}", "{}", path), frozenset(constants))
            pointer = join("/paths", key)
            if request not in first:
                first[request] = pointer
                continue
            other = subject.document.locate(subject.document.origin(first[request]))
            here = subject.document.origin(pointer).file
            place = f"line {other.line}" if other.file == here else str(other)
            query = "&".join(f"{name}={value}" for name, value in constants)
            spelled = f"{method.upper()} {path}" + (f"?{query}" if query else "")
            yield Finding(f"this and {place} are the same request: {spelled}", pointer)


def _constants(subject: Subject, lists: list[Any]) -> list[tuple[str, str]]:
    """The query parameters with one possible value, in order; an operation's own replace those of its path."""
    found: dict[str, tuple[str, str] | None] = {}
    for parameters in lists:
        for entry in parameters if isinstance(parameters, list) else ():
            parameter = subject.target(entry)
            if parameter.get("in") != "query" or not isinstance(parameter.get("name"), str):
                continue
            schema = subject.target(parameter.get("schema"))
            enum = schema.get("enum")
            fixed = parameter.get("required") is True and isinstance(enum, list) and len(enum) == 1
            found[parameter["name"]] = (parameter["name"], str(enum[0])) if fixed and enum else None
    return [constant for constant in found.values() if constant is not None]
