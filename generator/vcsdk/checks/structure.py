"""The check `structure`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.checks.registry import Finding, Subject, check
from vcsdk.load.pointer import split


@check("structure")
def shapes(subject: Subject) -> Iterator[Finding]:
    """Every node has the shape that the specification gives it: behind this the builder trusts it."""
    for problem in subject.index.malformed:
        tokens = split(problem.pointer)
        name = tokens[-1] if tokens else "the description"
        what = f"entry {name} of `{tokens[-2]}`" if name.isdigit() and len(tokens) > 1 else f"`{name}`"
        yield Finding(f"{what} must be {problem.expected}, not {_describe(problem.found)}", problem.pointer)
    for pointer, schema in subject.index.nodes["schema"]:
        yield from _texts(schema.get("required"), f"{pointer}/required")
    for pointer, operation in subject.index.nodes["operation"]:
        yield from _texts(operation.get("tags"), f"{pointer}/tags")


def _texts(items: Any, pointer: str) -> Iterator[Finding]:
    for position, item in enumerate(items if isinstance(items, list) else []):
        if not isinstance(item, str):
            message = f"entry {position} of `{split(pointer)[-1]}` must be text, not {_describe(item)}"
            yield Finding(message, f"{pointer}/{position}")


def _describe(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "text"
    if isinstance(value, list):
        return "a list"
    return "an object" if isinstance(value, dict) else f"the number {value}"
