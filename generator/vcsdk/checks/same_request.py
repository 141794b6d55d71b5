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
    """No two operations are told apart by nothing on the wire: method, path, and what must stand in the query.

    The names of path parameters do not tell paths apart ("Paths Object").
    """
    first: dict[tuple[str, str, frozenset[tuple[str, str | None]]], str] = {}
    paths = subject.document.data.get("paths")
    for key, item in paths.items() if isinstance(paths, dict) else ():
        node = {} if key.startswith("x-") else subject.target(item)
        path = key.partition("#")[0]
        for method in METHODS:
            operation = node.get(method)
            if not isinstance(operation, dict):
                continue
            needed = _needed(subject, [node.get("parameters"), operation.get("parameters")])
            request = (method, re.sub(r"\{[^{}]*\}", "{}", path), frozenset(needed))
            pointer = join("/paths", key)
            if request not in first:
                first[request] = pointer
                continue
            other = subject.document.locate(subject.document.origin(first[request]))
            here = subject.document.origin(pointer).file
            place = f"line {other.line}" if other.file == here else str(other)
            query = "&".join(f"{name}={value}" if value else name for name, value in needed)
            spelled = f"{method.upper()} {path}" + (f"?{query}" if query else "")
            yield Finding(f"this and {place} are the same request: {spelled}", pointer)


def _needed(subject: Subject, lists: list[Any]) -> list[tuple[str, str | None]]:
    """The required query parameters in order, with the only value that they can have, None where there is a choice.

    An operation's own replace those of its path.
    """
    found: dict[str, tuple[str, str | None] | None] = {}
    for parameters in lists:
        for entry in parameters if isinstance(parameters, list) else ():
            parameter = subject.target(entry)
            name = parameter.get("name")
            if parameter.get("in") != "query" or not isinstance(name, str):
                continue
            enum = subject.target(parameter.get("schema")).get("enum")
            value = str(enum[0]) if isinstance(enum, list) and len(enum) == 1 else None
            found[name] = (name, value) if parameter.get("required") is True else None
    return [needed for needed in found.values() if needed is not None]
