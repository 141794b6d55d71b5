"""Fault `trace-echoes`."""

from __future__ import annotations

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("trace-echoes", breaks="TRACE repeats the request, token included")
class TraceEchoes(Fault):
    """The method is served, as many servers do unless told otherwise."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.target.method != "TRACE":
            return reply
        lines = [f"TRACE {call.target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in call.headers.items())]
        return Reply(200, "\r\n".join(lines).encode(), "message/http", json=False)
