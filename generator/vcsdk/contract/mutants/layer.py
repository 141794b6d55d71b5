"""The layer that every request and answer passes: it keeps them, and lets a mutant at them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from vcsdk.contract.mutants import kinds
from vcsdk.contract.mutants.choosing import Mutant
from vcsdk.contract.mutants.kinds import ANSWER_KINDS, HEADER_KINDS, MEMBER_KINDS
from vcsdk.contract.mutants.messages import Exchange, Given, Sent

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Layer:
    """An ASGI application around another; `passed` are the exchanges in the order of their answers.

    `earlier` are those of a run without a mutant, from which it takes what it answers in the server's place.
    """

    def __init__(self, inner: ASGIApp, mutant: Mutant | None = None, earlier: Sequence[Exchange] = ()) -> None:
        self._inner = inner
        self._mutant = mutant
        self._accepted = [e for e in earlier if mutant is not None and e.sent.scope == mutant.scope]
        self._accepted = [e for e in self._accepted if mutant is not None and e.given.status == mutant.status]
        self._first: dict[tuple[str, str, str], Given] = {}
        self._before: bytes | None = None
        self.passed: list[Exchange] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request pass."""
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        sent = await _read(scope, receive)
        if sent is None:
            return
        mutant = self._mutant
        if mutant is not None and sent.scope == mutant.scope:
            exchange = await self._mutated(scope, sent, mutant)
        else:
            clean = await self._ask(scope, sent)
            exchange = Exchange(sent, clean, clean) if clean is not None else None
        if exchange is not None:
            self.passed.append(exchange)
            await _answer(send, exchange.given, sent.method)

    async def _mutated(self, scope: Scope, sent: Sent, mutant: Mutant) -> Exchange | None:
        if mutant.kind in kinds.REQUEST_KINDS[:5]:
            return await self._instead(scope, sent, mutant)
        clean = await self._ask(scope, sent)
        if clean is None:
            return None
        given = self._changed(sent, clean, mutant) if clean.status == mutant.status else None
        if mutant.kind is kinds.DELAY_ANSWER and clean.status == mutant.status:
            await asyncio.sleep(kinds.DELAY)
            return Exchange(sent, clean, clean, touched=True)
        return Exchange(sent, clean, given or clean, touched=given is not None and given != clean)

    def _changed(self, sent: Sent, clean: Given, mutant: Mutant) -> Given | None:
        kind = mutant.kind
        if kind in MEMBER_KINDS:
            return MEMBER_KINDS[kind](clean, mutant.place)
        if kind in ANSWER_KINDS:
            return ANSWER_KINDS[kind](clean)
        if kind in HEADER_KINDS:
            return HEADER_KINDS[kind](clean, mutant.name)
        if kind is kinds.REPEAT_ANSWER:
            return self._first.setdefault((sent.method, sent.path, sent.query), clean)
        if kind is kinds.SWAP_ANSWERS:
            before, self._before = self._before, clean.body
            return clean.with_body(before) if before is not None else None
        return None

    async def _instead(self, scope: Scope, sent: Sent, mutant: Mutant) -> Exchange | None:
        """What comes of a request that does not reach the server as it was sent."""
        if mutant.kind is kinds.IGNORE_REQUEST:
            return Exchange(sent, None, self._accepted[0].given, touched=True) if self._accepted else None
        other = self._altered(sent, mutant)
        if mutant.kind is kinds.REPEAT_REQUEST:
            await self._ask(scope, sent)
        # Of a reading nobody notices that it was made as well as it was meant.
        clean = await self._ask(scope, sent) if sent.is_safe and other != sent else None
        given = await self._ask(scope, other)
        if given is None:
            return None
        touched = other != sent or mutant.kind is kinds.REPEAT_REQUEST
        return Exchange(sent, clean if touched else given, given, touched)

    def _altered(self, sent: Sent, mutant: Mutant) -> Sent:
        if mutant.kind is kinds.IGNORE_HEADER:
            return replace(sent, headers=tuple(pair for pair in sent.headers if pair[0] != mutant.name))
        if mutant.kind is kinds.IGNORE_QUERY:
            pairs = [pair for pair in parse_qsl(sent.query, keep_blank_values=True) if pair[0] != mutant.name]
            return replace(sent, query=urlencode(pairs))
        if mutant.kind is kinds.IGNORE_BODY and self._accepted:
            body = self._accepted[0].sent.body
            headers = tuple((k, str(len(body)) if k == "content-length" else v) for k, v in sent.headers)
            return replace(sent, body=body, headers=headers)
        return sent

    async def _ask(self, scope: Scope, sent: Sent) -> Given | None:
        """The server's answer; None where it gives none."""
        start: list[Message] = []
        parts: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": sent.body, "more_body": False}

        async def send(message: Message) -> None:
            await asyncio.sleep(0)
            if message["type"] == "http.response.start":
                start.append(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.headers]
        passed = {**scope, "query_string": sent.query.encode("latin-1"), "headers": fields}
        await self._inner(passed, receive, send)
        if not start:
            return None
        pairs = start[0].get("headers", ())
        headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in pairs)
        return Given(start[0]["status"], headers, b"".join(parts))


async def _read(scope: Scope, receive: Receive) -> Sent | None:
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            break
    path = bytes(scope.get("raw_path") or scope["path"].encode()).partition(b"?")[0].decode("latin-1")
    headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"])
    return Sent(scope["method"], path, scope["query_string"].decode("latin-1"), headers, b"".join(parts))


async def _answer(send: Send, given: Given, method: str) -> None:
    fields = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in given.headers]
    await send({"type": "http.response.start", "status": given.status, "headers": fields})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else given.body})
