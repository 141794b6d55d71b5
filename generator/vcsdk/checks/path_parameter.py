"""The check `path-parameter`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vcsdk.checks.registry import Finding, Subject, check, nearest
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import join

_TEMPLATE = re.compile(r"\{([^{}]*)\}")


@check("path-parameter")
def templates_are_declared(subject: Subject) -> Iterator[Finding]:
    """Each `{name}` of a path is declared with `in: path`, and each declared one stands in the path."""
    paths = subject.document.data.get("paths")
    for key, node in entries(paths):
        pointer, item = join("/paths", key), subject.target(node)
        path = key.partition("#")[0]
        names = _TEMPLATE.findall(path)
        yield from _syntax(path, names, pointer)
        shared = _declared(subject, item.get("parameters"), f"{pointer}/parameters")
        used = False
        for tokens, operation in operations_in(item):
            if not isinstance(operation, dict):
                continue
            used = True
            place = join(pointer, *tokens)
            own = _declared(subject, operation.get("parameters"), f"{place}/parameters")
            declared = {**shared, **own}
            # A list with an entry that leads nowhere may well declare it; `dangling-ref` says what is wrong.
            whole = _is_whole(subject, item.get("parameters")) and _is_whole(subject, operation.get("parameters"))
            for name in names:
                if name not in declared and whole:
                    hint = nearest(name, [d for d in declared if d not in names])
                    message = f"`{{{name}}}` of the path is not declared as a parameter"
                    yield Finding(message, place, hint or f"declare `{name}` with `in: path`")
            yield from _strays(own, names, path)
        if used:
            yield from _strays(shared, names, path)


def _syntax(path: str, names: list[str], pointer: str) -> Iterator[Finding]:
    if not path.startswith("/"):
        yield Finding("a path starts with `/`", pointer)
    if re.search(r"[{}]", _TEMPLATE.sub("", path)):
        yield Finding("the braces of the path do not pair up", pointer)
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield Finding(f"`{{{name}}}` stands twice in the path", pointer)
        if not name:
            yield Finding("a parameter of the path has no name", pointer)


def _declared(subject: Subject, parameters: Any, pointer: str) -> dict[str, str]:
    """The path parameters of a list: name to pointer."""
    found = {}
    for position, node in enumerate(parameters if isinstance(parameters, list) else []):
        parameter = subject.target(node)
        if parameter.get("in") == "path" and isinstance(parameter.get("name"), str):
            found[parameter["name"]] = f"{pointer}/{position}"
    return found


def _is_whole(subject: Subject, parameters: Any) -> bool:
    return parameters is None or (isinstance(parameters, list) and all(subject.target(node) for node in parameters))


def _strays(declared: dict[str, str], names: list[str], path: str) -> Iterator[Finding]:
    for name, pointer in declared.items():
        if name not in names:
            hint = nearest(name, names)
            yield Finding(f"the path parameter `{name}` does not stand in the path `{path}`", pointer, hint)
