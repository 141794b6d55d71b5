"""Fault `html-for-browsers`."""

from __future__ import annotations

import json
from dataclasses import replace

from generator.simulator.call import Call
from generator.simulator.errors import Reply
from generator.simulator.faults.registry import Fault, fault


@fault("html-for-browsers", breaks="a client that prefers HTML gets HTML")
class HtmlForBrowsers(Fault):
    """The header Accept is obeyed where only JSON is documented."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if not reply.json or reply.status >= 400 or not call.headers.get("accept", "").startswith("text/html"):
            return reply
        return replace(
            reply, body=f"<pre>{json.dumps(reply.body)}</pre>".encode(), content_type="text/html", json=False
        )
