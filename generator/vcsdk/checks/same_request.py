"""The check `same-request`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vcsdk.checks.registry import Finding, Subject, check
from vcsdk.diagnostics import Level
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import join


@check("same-request")
def requests_differ(subject: Subject) -> Iterator[Finding]:
    """No two operations are told apart by nothing on the wire: method, path, and what must stand in query and headers.

    The names of path parameters do not tell paths apart ("Paths Object"), nor does what stands behind `#`.  The client
    has a method for each; what a server makes of them nobody can tell.
    """
    first: dict[tuple[str, str, frozenset[_Needed]], str] = {}
    paths = subject.document.data.get("paths")
    for key, item in entries(paths):
        node = subject.target(item)
        path = key.partition("#")[0]
        for tokens, operation in operations_in(node):
            method = tokens[-1].upper()
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
            pairs = (f"{name}={value}" if value else name for where, name, value in needed if where == "query")
            spelled = f"{method} {path}?{'&'.join(pairs)}".removesuffix("?")
            message = f"this and {place} are the same request, which no server can tell apart: {spelled}"
            yield Finding(message, pointer, None, Level.WARNING)


_Needed = tuple[str, str, str | None]


def _needed(subject: Subject, lists: list[Any]) -> list[_Needed]:
    """What must be sent, in order: where, its name, the only value that it can have, None where there is a choice.

    Of headers only constants, because what they do not say may be said by others.  An operation's own replace those of
    its path.
    """
    found: dict[tuple[str, str], _Needed | None] = {}
    for parameters in lists:
        for entry in parameters if isinstance(parameters, list) else ():
            parameter = subject.target(entry)
            name, place = parameter.get("name"), parameter.get("in")
            if place not in ("query", "header") or not isinstance(name, str):
                continue
            name = name.lower() if place == "header" else name
            enum = subject.target(parameter.get("schema")).get("enum")
            value = str(enum[0]) if isinstance(enum, list) and len(enum) == 1 else None
            told = parameter.get("required") is True and (place == "query" or value is not None)
            found[place, name] = (place, name, value) if told else None
    return [needed for needed in found.values() if needed is not None]
