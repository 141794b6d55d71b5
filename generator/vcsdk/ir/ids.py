"""What an operationId says of its operation, in VMware's spellings and in everybody else's."""

from __future__ import annotations

import re

_TASK_SUFFIX = re.compile(r"\$task$", re.IGNORECASE)
_VENDOR = re.compile(r"(?:[A-Za-z0-9]+\.)+[A-Za-z0-9]+_(?P<tail>.+)|[A-Z][A-Za-z0-9]*_(?P<short>.+)")


def verb_phrase(operation_id: str) -> str:
    """The part that names the action: `failover` of `Vcenter.Vcha.Cluster_failover$Task` and of `failover$task`."""
    bare = _TASK_SUFFIX.sub("", operation_id)
    vendor = _VENDOR.fullmatch(bare)
    return (vendor["tail"] or vendor["short"]) if vendor else bare
