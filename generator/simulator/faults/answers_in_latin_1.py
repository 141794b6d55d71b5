"""Fault `answers-in-latin-1`."""

from __future__ import annotations

import json
from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("answers-in-latin-1", breaks="German answers are Latin-1 instead of UTF-8")
class AnswersInLatin1(Fault):
    """JSON is UTF-8 (RFC 8259, 8.1); this server follows the language instead."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.language != "de" or not reply.json or reply.body is None:
            return reply
        return replace(reply, body=json.dumps(reply.body, ensure_ascii=False).encode("latin-1", "replace"), json=False)
