"""OpenAPI Overlays 1.0: changes to a description that are kept in a file of their own.

From the "Overlay Specification" 1.0.0.  Targets are JSONPath (RFC 9535), by the library python-jsonpath.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vcsdk.diagnostics import Diagnostics, Level, Location, Origin
from vcsdk.load.document import Document
from vcsdk.load.limits import MAX_NODES, UnboundedError, measure, size, written_out
from vcsdk.load.pointer import escape, find, join
from vcsdk.load.read import read
from vcsdk.load.source import Source

if TYPE_CHECKING:
    from vcsdk.load.targets import Targets


def apply_overlay(documents: Sequence[Document], path: Path, diagnostics: Diagnostics) -> None:
    """Apply the actions of an overlay to documents in place, in order; what it adds has its origin in the overlay.

    `update` merges objects deeply and appends to arrays; `remove: true` takes nodes away.  A target that names nothing
    in any of the documents is a warning (`overlay-target`).

    Raises:
        InputError: The file is not an overlay, or an action is not well formed.
    """
    name = path.as_posix()
    found = read(path, name, diagnostics)
    diagnostics.stop_if_failed()
    if found is None:
        return
    source, data = found
    for document in documents:
        document.sources[name] = source
    actions = _actions(source, data, diagnostics)
    if not actions:
        diagnostics.stop_if_failed()
        return
    from vcsdk.load.targets import MOST_STEPS, Targets, TooMuchError  # few runs have an overlay, and all would pay

    targets = Targets()
    for pointer, action in actions:
        try:
            met = [_apply(document, Origin(name, pointer), action, targets, diagnostics) for document in documents]
            for document in documents:
                measure(document.data)
        except TooMuchError:
            message = f"the targets of this overlay look at more than {MOST_STEPS:,} nodes"
            diagnostics.add(source.error("too-large", message, source.locate(f"{pointer}/target")))
            break
        except UnboundedError as problem:
            message = f"this action makes the description too large: {problem.message}"
            diagnostics.add(source.error(problem.rule, message, source.locate(pointer)))
            break
        if not any(met):
            message = f"the target `{action['target']}` names nothing in the description"
            where = source.locate(f"{pointer}/target")
            diagnostics.add(source.diagnose(Level.WARNING, "overlay-target", message, where))
    diagnostics.stop_if_failed()


def _actions(source: Source, data: Any, diagnostics: Diagnostics) -> list[tuple[str, dict[str, Any]]]:
    """The well-formed actions with their pointers; errors for the rest."""
    version = data.get("overlay") if isinstance(data, dict) else None
    actions = data.get("actions") if isinstance(data, dict) else None
    if not str(version).startswith("1."):
        message = "this is not an overlay: `overlay: 1.0.0` is missing"
        diagnostics.add(source.error("not-overlay", message, Location(source.file)))
        return []
    if not isinstance(actions, list) or not actions:
        diagnostics.add(source.error("not-overlay", "an overlay needs `actions`", Location(source.file)))
        return []
    good = []
    for position, action in enumerate(actions):
        pointer = f"/actions/{position}"
        if isinstance(action, dict) and isinstance(action.get("target"), str):
            good.append((pointer, action))
        else:
            message = "an action of an overlay needs a `target`"
            diagnostics.add(source.error("not-overlay", message, source.locate(pointer)))
    return good


def _apply(
    document: Document, origin: Origin, action: dict[str, Any], targets: Targets, diagnostics: Diagnostics
) -> bool:
    """Apply an action; False where its target names nothing.

    Raises:
        TooMuchError: The target looks at too many nodes.
        UnboundedError: The update would add too many.
    """
    target = Origin(origin.file, f"{origin.pointer}/target")
    try:
        matches = targets.find(action["target"], document.data)
    except ValueError as problem:
        message = f"the target is not JSONPath: {problem}"
        diagnostics.add(document.diagnose(Level.ERROR, "overlay-target", message, target))
        return True
    if action.get("remove") is True:
        # Backwards, so that the positions of a list stay true while its items go.
        for parts in reversed(matches):
            _remove(document, parts)
    elif "update" in action:
        update = Origin(origin.file, f"{origin.pointer}/update")
        if size(action["update"]) * len(matches) > MAX_NODES:
            raise UnboundedError("too-large", f"more than {MAX_NODES:,} nodes would be added")
        for parts in matches:
            pointer = join("", *parts)
            node = find(document.data, pointer)
            if isinstance(node, list):
                document.added(f"{pointer}/{len(node)}", update)
                node.append(written_out(action["update"]))
            elif isinstance(node, dict) and isinstance(action["update"], dict):
                _merge(document, pointer, node, action["update"], update)
            else:
                message = "`update` can change objects and arrays only"
                diagnostics.add(document.diagnose(Level.ERROR, "overlay-target", message, update))
    return bool(matches)


def _remove(document: Document, parts: tuple[Any, ...]) -> None:
    if not parts:
        document.data.clear()
        return
    holder = find(document.data, join("", *parts[:-1]))
    del holder[parts[-1]]


def _merge(document: Document, pointer: str, node: dict[str, Any], update: dict[str, Any], origin: Origin) -> None:
    for key, value in update.items():
        below, place = f"{pointer}/{escape(key)}", Origin(origin.file, f"{origin.pointer}/{escape(key)}")
        if isinstance(node.get(key), dict) and isinstance(value, dict):
            _merge(document, below, node[key], value, place)
        elif isinstance(node.get(key), list) and isinstance(value, list):
            for position, item in enumerate(value):
                document.added(f"{below}/{len(node[key])}", Origin(place.file, f"{place.pointer}/{position}"))
                node[key].append(written_out(item))
        else:
            node[key] = written_out(value)
            document.added(below, place)
