"""Fault `error-not-json`."""

from __future__ import annotations

from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("error-not-json", breaks="errors are HTML pages")
class ErrorNotJson(Fault):
    """An error answers what a proxy in front of the service would."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if reply.status < 400:
            return reply
        page = f"<html><body><h1>{reply.status}</h1></body></html>".encode()
        return replace(reply, body=page, content_type="text/html", json=False)
