"""The check `operation-id`."""

from __future__ import annotations

from collections.abc import Iterator

from vcsdk.checks.registry import Finding, Subject, check


@check("operation-id")
def operation_ids_differ(subject: Subject) -> Iterator[Finding]:
    """Every operation has an operationId of its own; one lacks only where the repairs that see to it are off."""
    first: dict[str, str] = {}
    for pointer, operation in subject.index.nodes["operation"]:
        name = operation.get("operationId")
        if not pointer.startswith("/paths/") or "/callbacks/" in pointer:
            continue
        if not isinstance(name, str) or not name:
            yield Finding("the operation has no operationId", pointer)
        elif name in first:
            other = subject.document.locate(subject.document.origin(first[name]))
            here = subject.document.origin(pointer).file
            place = f"line {other.line}" if other.file == here else str(other)
            yield Finding(f"the operationId `{name}` is already given in {place}", f"{pointer}/operationId")
        else:
            first[name] = f"{pointer}/operationId"
