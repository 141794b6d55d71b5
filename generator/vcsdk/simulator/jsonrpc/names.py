"""vAPI's names: of services and operations by operationId, of structures by the names of schemas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_ROOT = "com.vmware"
_OPERATION_ID = re.compile(r"([A-Z]\w*(?:\.\w+)+|[A-Z][A-Za-z0-9]*)_([A-Za-z]\w*(?:\$[Tt]ask)?)")
# `NodeInfo` is `node_info`; letters that stand in capitals stay so: `GuestOS` is `guest_OS`.
_CAPITALS = re.compile(r"[A-Z]|[A-Z]{2,}\d*")
_WORD = re.compile(r"[A-Z]{2,}(?![a-z])\d*|[A-Z]?[a-z0-9]+|[A-Z]")


def fold(identifier: str) -> str:
    """An identifier without what its spellings differ in: `Vcenter.VmTemplate`, `vcenter.vm_template`."""
    return identifier.replace("_", "").replace("-", "").lower()


def service_and_operation(operation_id: str) -> tuple[str, str] | None:
    """The folded names of an operation: `Vcenter.Vcha.Cluster_failover$Task` is `failover$task` of a service.

    None for an operationId that is not vAPI's.
    """
    found = _OPERATION_ID.fullmatch(operation_id)
    return (fold(f"{_ROOT}.{found[1]}"), fold(found[2])) if found is not None else None


class Structures:
    """The names of structures (`com.vmware.vcenter.vcha.cluster.info`) by those of schemas.

    VMware's pages of 8.0 leave the first word out: `Vcha_Cluster_Info`, `Std_Errors_Error`.  It is found again as the
    word in front of the second one in the name of a service.
    """

    def __init__(self, operation_ids: Iterable[str]) -> None:
        self._first: set[str] = {"vapi"}
        self._above = {"std": "vapi"}
        for words in _packages(operation_ids):
            self._first.add(words[0])
            if len(words) > 1:
                self._above.setdefault(words[1], words[0])

    def name(self, schema: str) -> str:
        """The structure that a schema of this name describes."""
        words = [_snake(word) for word in re.split(r"[._]", schema)]
        if words[0] not in self._first and words[0] in self._above:
            words.insert(0, self._above[words[0]])
        return ".".join((_ROOT, *words))


def _packages(operation_ids: Iterable[str]) -> Iterator[list[str]]:
    for operation_id in operation_ids:
        if (found := _OPERATION_ID.fullmatch(operation_id)) is not None:
            yield [_snake(word) for word in found[1].split(".")]


def _snake(word: str) -> str:
    parts = _WORD.findall(word)
    return "_".join(part if _CAPITALS.fullmatch(part) else part.lower() for part in parts)
