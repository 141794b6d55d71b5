"""The rule `query-in-path`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.load.document import Document
from vcsdk.load.extensions import is_extension
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import from_fragment, join
from vcsdk.normalize.query_key import QueryPart, problem, split_key
from vcsdk.normalize.registry import Context, Repair, rule


@rule("query-in-path", level="note", of_the_api=True)
def move_query_to_parameters(context: Context) -> Iterator[Repair]:
    """A path key carries a query (`/cluster?action=failover`): its constants become parameters with one value.

    OpenAPI does not allow a query in a path key ("Path Templating"); VMware's descriptions tell operations apart by it.
    """
    document = context.document
    paths = document.data.get("paths")
    if not isinstance(paths, dict) or not any("?" in key for key in paths):
        return
    mended: dict[str, Any] = {}
    for key, item in paths.items():
        if "?" not in key or not isinstance(item, dict) or is_extension(key):
            mended[key] = item
            continue
        pointer = join("/paths", key)
        origin = document.origin(pointer)
        path, fragment, parts = split_key(key)
        if problem(parts) is not None:
            mended[key] = item
            continue
        for part in parts:
            _fix(document, pointer, item, part)
        new = _free_key(f"{path}#{fragment or _operation_id(item) or key.partition('?')[2]}", paths, mended)
        mended[new] = item
        document.moved(join("/paths", new), pointer)
        document.vendor_paths[new] = key
        yield Repair(origin, f"the query of `{key}` became parameters with one value each")
    document.data["paths"] = mended
    _follow(context)


def _fix(document: Document, pointer: str, item: dict[str, Any], part: QueryPart) -> None:
    """Let every operation of a path item send one part of the query.

    A declared parameter of the same name is replaced where it stands, so that it is neither lost nor doubled and the
    places of its neighbours stay true; otherwise the constant goes behind the declared ones.
    """
    origin = document.origin(pointer)
    shared = _position(document, item.get("parameters"), part)
    if shared is not None:
        item["parameters"][shared] = _parameter(document, part, item["parameters"][shared])
    for tokens, operation in operations_in(item):
        if not isinstance(operation, dict):
            continue
        own = _position(document, operation.get("parameters"), part)
        if own is not None:
            operation["parameters"][own] = _parameter(document, part, operation["parameters"][own])
        elif shared is None and isinstance(operation.setdefault("parameters", []), list):
            operation["parameters"].append(_parameter(document, part, None))
            document.added(join(pointer, *tokens, "parameters", len(operation["parameters"]) - 1), origin)


def _position(document: Document, parameters: Any, part: QueryPart) -> int | None:
    """Where a list of parameters declares a part: by its name in the query, or as the template that fills it."""
    for position, parameter in enumerate(parameters if isinstance(parameters, list) else []):
        declared = _target(document, parameter)
        if declared.get("in") == "query" and declared.get("name") == part.key:
            return position
        if part.template is not None and declared.get("name") == part.template:
            return position
    return None


def _target(document: Document, parameter: Any) -> dict[str, Any]:
    seen = 0
    while isinstance(parameter, dict) and isinstance(parameter.get("$ref"), str) and seen < 20:
        try:
            parameter = document.resolve(parameter["$ref"])[1]
        except KeyError:
            return {}
        seen += 1
    return parameter if isinstance(parameter, dict) else {}


def _parameter(document: Document, part: QueryPart, declared: Any) -> dict[str, Any]:
    """The parameter that sends a part; a name alone or a template keeps what was declared and makes it required."""
    target = _target(document, declared)
    if target and (part.value is None or part.template is not None):
        return {**target, "name": part.key, "in": "query", "required": True}
    if part.template is not None:
        return {"name": part.key, "in": "query", "required": True, "schema": {"type": "string"}}
    constant: dict[str, Any] = {"name": part.key, "in": "query", "required": True}
    if isinstance(target.get("description"), str):
        constant["description"] = target["description"]
    return {**constant, "schema": {"type": "string", "enum": [part.value or ""]}}


def _operation_id(item: dict[str, Any]) -> str:
    operations = (operation for _, operation in operations_in(item) if isinstance(operation, dict))
    return next((o["operationId"] for o in operations if isinstance(o.get("operationId"), str)), "")


def _free_key(wanted: str, *taken: dict[str, Any]) -> str:
    key, number = wanted, 1
    while any(key in keys for keys in taken):
        number += 1
        key = f"{wanted}-{number}"
    return key


def _follow(context: Context) -> None:
    """Let references and links into renamed path items find them."""
    new_keys = {join("/paths", old): join("/paths", new) for new, old in context.document.vendor_paths.items()}
    nodes = [(reference.node, "$ref") for reference in context.index.references]
    nodes += [(link, "operationRef") for _, link in context.index.nodes["link"]]
    for node, key in nodes:
        target = node.get(key)
        pointer = from_fragment(target[1:]) if isinstance(target, str) and target.startswith("#") else ""
        head = "/".join(pointer.split("/", 3)[:3])
        if head in new_keys:
            node[key] = "#" + new_keys[head] + pointer[len(head) :]
