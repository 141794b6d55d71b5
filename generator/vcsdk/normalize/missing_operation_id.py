"""The rule `missing-operation-id`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.pointer import join
from vcsdk.normalize.registry import Context, Repair, rule


@rule("missing-operation-id", level="note", of_the_api=True)
def name_by_method_and_path(context: Context) -> Iterator[Repair]:
    """An operation has no operationId: method and path make one (`get_cis_tasks_task`)."""
    for path, item in entries(context.document.data.get("paths")):
        for tokens, operation in operations_in(item):
            if not isinstance(operation, dict) or operation.get("operationId") not in (None, ""):
                continue
            words = re.findall(r"[A-Za-z0-9]+", path)
            operation["operationId"] = "_".join([*re.findall(r"[a-z0-9]+", tokens[-1].lower()), *words])
            origin = context.document.origin(join("/paths", path, *tokens))
            context.document.added(join("/paths", path, *tokens, "operationId"), origin)
            yield Repair(origin, f"no operationId; took `{operation['operationId']}`")
