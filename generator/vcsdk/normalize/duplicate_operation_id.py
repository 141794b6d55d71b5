"""The rule `duplicate-operation-id`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import join
from vcsdk.normalize.registry import Context, Repair, rule


@rule("duplicate-operation-id", level="note", of_the_api=True)
def lead_with_the_tag(context: Context) -> Iterator[Repair]:
    """An operationId repeats (`get` in every tag): all but the first get their tag in front (`vcha.cluster_get`).

    Where that is taken too, method and path follow.  First is what comes first by path, wherever it stands: a file in
    another order gives the same names.  What an operation is called never depends on those with other ids.
    """
    operations = sorted(_operations(context.document.data.get("paths")), key=lambda row: (row[2], row[1]))
    taken = {operation["operationId"] for _, _, _, operation in operations}
    met: set[str] = set()
    for pointer, method, path, operation in operations:
        old = operation["operationId"]
        if old not in met:
            met.add(old)
            continue
        tags = operation.get("tags")
        tag = tags[0] if isinstance(tags, list) and tags and isinstance(tags[0], str) else path.partition("?")[0]
        new = f"{tag.strip('/').replace('/', '.')}_{old}"
        if new in taken:
            new = f"{new}_{method}_{path}"
        number = 1
        while new in taken:
            number += 1
            new = f"{new}_{number}"
        taken.add(new)
        operation["operationId"] = new
        context.document.original_ids[new] = old
        origin = context.document.origin(f"{pointer}/operationId")
        yield Repair(origin, f"`{old}` is the operationId of an operation before it; this one is `{new}`")


def _operations(paths: Any) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for path, item in entries(paths):
        for tokens, operation in operations_in(item):
            if isinstance(operation, dict) and isinstance(operation.get("operationId"), str):
                yield join("/paths", path, *tokens), tokens[-1].lower(), path, operation
