"""Fault `duplicate-keys-accepted`."""

from __future__ import annotations

import json
from collections.abc import Callable

from generator.simulator.call import Call
from generator.simulator.errors import Refusal
from generator.simulator.faults.registry import Fault, fault


@fault("duplicate-keys-accepted", breaks="a body that names a member twice is accepted")
class DuplicateKeysAccepted(Fault):
    """Of two members with one name the last one counts."""

    def check_body(self, call: Call, proceed: Callable[[], None]) -> None:
        try:
            proceed()
        except Refusal:
            if not _names_twice(call.raw_body):
                raise
            call.body = json.loads(call.raw_body)


def _names_twice(content: bytes) -> bool:
    found = False

    def look(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal found
        found = found or len(dict(pairs)) < len(pairs)
        return dict(pairs)

    try:
        json.loads(content, object_pairs_hook=look)
    except ValueError:
        return False
    return found
