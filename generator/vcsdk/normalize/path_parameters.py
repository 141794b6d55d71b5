"""The rules `undeclared-path-parameter` and `stray-path-parameter`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import join
from vcsdk.normalize.registry import Context, Repair, folded, rule

_TEMPLATE = re.compile(r"\{([^{}]+)\}")


@rule("undeclared-path-parameter", level="warning", reshapes=True)
def declare_it(context: Context) -> Iterator[Repair]:
    """A path has `{name}`, and no parameter of that name is declared ("Path Templating"): it is any text.

    Where one is declared that differs in case and punctuation alone (`{petId}` and `pet_id`), that is meant.
    """
    for path, pointer, item, names in _items(context):
        shared = _declared(context, item.get("parameters"))
        for tokens, operation in operations_in(item):
            if not isinstance(operation, dict):
                continue
            own, lists = operation.get("parameters"), (item.get("parameters"), operation.get("parameters"))
            if not all(_is_whole(context, listed) for listed in lists):
                continue
            declared = {**shared, **_declared(context, own)}
            strays = {folded(name): name for name in declared if name not in names}
            for name in [name for name in names if name not in declared]:
                written = declared.get(strays.pop(folded(name), ""))
                parameter = {
                    **(written or {"in": "path", "schema": {"type": "string"}}),
                    "name": name,
                    "required": True,
                }
                listed = operation.setdefault("parameters", [])
                place = join(pointer, *tokens)
                origin = context.document.origin(place)
                listed.append(parameter)
                context.document.added(join(place, "parameters", len(listed) - 1), origin)
                took = f"took that of `{written['name']}`" if written else "took any text"
                yield Repair(origin, f"`{{{name}}}` of the path `{path}` is not declared; {took}")


@rule("stray-path-parameter", level="warning", reshapes=True)
def leave_it_out(context: Context) -> Iterator[Repair]:
    """A parameter is declared `in: path` and does not stand in the path ("Path Templating"): it cannot be sent."""
    for path, pointer, item, names in _items(context, query=True):
        operations = [(join(pointer, *tokens), each) for tokens, each in operations_in(item) if isinstance(each, dict)]
        holders = [(pointer, item), *operations]
        if len(holders) == 1:
            continue
        for place, holder in holders:
            parameters = holder.get("parameters")
            for position, written in reversed([*enumerate(parameters if isinstance(parameters, list) else ())]):
                parameter = _target(context, written)
                name = parameter.get("name")
                if parameter.get("in") == "path" and isinstance(name, str) and name not in names:
                    origin = context.document.origin(f"{place}/parameters/{position}")
                    yield Repair(origin, f"the path `{path}` has no `{{{name}}}`; left the parameter out")
                    context.document.take_out(f"{place}/parameters/{position}")


def _items(context: Context, *, query: bool = False) -> Iterator[tuple[str, str, dict[str, Any], list[str]]]:
    """Path, pointer and node of each path item, and the names that stand in the path, with `query` in its query too."""
    for key, item in entries(context.document.data.get("paths")):
        if isinstance(item, dict):
            path = key.partition("#")[0]
            names = _TEMPLATE.findall(path if query else path.partition("?")[0])
            yield path, join("/paths", key), item, list(dict.fromkeys(names))


def _declared(context: Context, parameters: Any) -> dict[str, dict[str, Any]]:
    """The path parameters of a list, by name."""
    nodes = [_target(context, node) for node in parameters] if isinstance(parameters, list) else []
    return {n["name"]: n for n in nodes if n.get("in") == "path" and isinstance(n.get("name"), str)}


def _is_whole(context: Context, parameters: Any) -> bool:
    """False for a list with an entry that leads nowhere: that may well declare it."""
    return parameters is None or (isinstance(parameters, list) and all(_target(context, node) for node in parameters))


def _target(context: Context, node: Any) -> dict[str, Any]:
    for _ in range(50):
        if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
            break
        try:
            node = context.document.resolve(node["$ref"])[1]
        except KeyError:
            return {}
    return node if isinstance(node, dict) else {}
