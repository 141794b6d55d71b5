"""State for any description: what a create makes can be read, listed, changed and deleted; the rest is not found."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from vcsdk.ir import In, Operation
from vcsdk.simulator.answers import Answers
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.kinds import Collection, Does, Kinds, Step
from vcsdk.simulator.messages import Message
from vcsdk.simulator.planted import Planted
from vcsdk.simulator.properties import as_text, is_stepwise, patched, stepped
from vcsdk.simulator.representation import Representation, address
from vcsdk.simulator.store import Item, Store, StoreSeams
from vcsdk.simulator.transitions import Transitions
from vcsdk.simulator.validation import Requests
from vcsdk.simulator.written import Settings

Otherwise = Callable[[Call], Reply]
_CREATED = 201
_STARTS_TASK = "task.start"
_DONE = ("200", "201", "204")
# Identifiers that clients chose may stand in the way of numbers.
_MOST_TRIES = 100


class Resources:
    """Does what an operation does to the resources of its path, and answers with them.

    Args:
        operations: All that is served.
        requests: What the description says of requests.
        answers: What makes replies of values.
        profile: `vapi` has conventions of its own.
        faults: What is planted where things are kept.
        seed: Seed of identifiers.
    """

    def __init__(
        self,
        operations: tuple[Operation, ...],
        requests: Requests,
        answers: Answers,
        profile: str,
        seed: int = 0,
        faults: Planted[StoreSeams] | None = None,
    ) -> None:
        self._faults: Planted[StoreSeams] = faults if faults is not None else Planted(())
        self._answers = answers
        self._show = Representation(requests, answers, seed, envelopes=profile != "vapi")
        self._kinds = Kinds(operations, vapi=profile == "vapi", makes=self._show.makes_member)
        self._store = Store(self._kinds, self._show.documented)
        self._transitions = Transitions(operations if profile == "vapi" else (), self._show)
        self._settings = Settings(self._show)

    def clear(self) -> None:
        """Back to what the description begins with."""
        self._store.clear()
        self._settings.clear()

    def perform(self, call: Call, otherwise: Otherwise) -> Reply:
        """The answer to a valid, authorised call; `otherwise` answers what has nothing to do with resources.

        Raises:
            Refusal: 404 where the path names what is not there, and the operation documents that.
        """
        operation = call.operation
        step = self._kinds.step(operation) if operation is not None else None
        if operation is None or step is None:
            return otherwise(call)
        collection, context = step.collection, self._context(call, step)
        if step.setting is not None and call.behaviour in ("", _STARTS_TASK):
            return self._set(call, operation, step.does, step.setting, context, otherwise)
        if collection is None:
            return otherwise(call)
        match step.does:
            case Does.LIST:
                return self._list(call, operation, collection, context, otherwise)
            case Does.CREATE:
                return self._create(call, operation, collection, context, otherwise)
            case Does.USE:
                return self._use(call, operation, collection, context, otherwise)
        identifier = context.get(collection.kind, "")
        item = self._store.find(collection, identifier, context)
        if item is None:
            if step.does is Does.REPLACE:
                return self._place(call, operation, Item(identifier, collection, context), otherwise)
            return otherwise(call)
        if step.does is Does.DELETE:
            gone = item
            self._faults.around(
                lambda planted, go: planted.remove(self._store, gone, go), lambda: self._store.remove(gone)
            )
            self._settings.forget(collection.kind, identifier)
        elif step.does is Does.REPLACE:
            return self._place(call, operation, replace(item, described=False, states={}), otherwise)
        elif step.does is Does.UPDATE:
            steps = call.body if is_stepwise(call.body) else None
            said = self._show.said(call.body, collection)
            self._change(item, patched(item.value, said) if steps is None else stepped(item.value, steps))
        elif step.does is Does.READ:
            wanted = item
            item = self._faults.around(lambda planted, go: planted.shown(self._store, wanted, go), lambda: wanted)
        return self._shown(call, operation, item, otherwise)

    def _keep(self, item: Item) -> None:
        self._faults.around(lambda planted, go: planted.keep(self._store, item, go), lambda: self._store.add(item))

    def _change(self, item: Item, value: dict[str, Any]) -> None:
        def carry_out() -> None:
            item.value = value

        self._faults.around(lambda planted, go: planted.change(self._store, item, value, go), carry_out)

    def _context(self, call: Call, step: Step) -> dict[str, str]:
        """The identifiers in the path by kind, each of which was looked for."""
        operation = call.operation
        assert operation is not None  # noqa: S101 - it has a step
        context: dict[str, str] = {}
        made = step.does is Does.REPLACE and self._may_be_made(operation)
        for position in step.positions:
            collection = position.collection
            identifier = as_text(call.parameters.get(position.parameter, ""))
            is_target = made and position is step.positions[-1]
            above = {kind: name for kind, name in context.items() if kind != collection.kind}
            is_there = is_target or self._store.is_there(collection, identifier, above)
            if not is_there and _says(operation, "404"):
                raise Refusal("NOT_FOUND", Message("api.not-found", (collection.parameter, identifier)))
            context[collection.kind] = identifier
        return context

    def _may_be_made(self, operation: Operation) -> bool:
        return any(response.status == "201" for response in operation.responses) or not _says(operation, "404")

    def _use(
        self, call: Call, operation: Operation, collection: Collection, context: Mapping[str, str], otherwise: Otherwise
    ) -> Reply:
        reply = otherwise(call)
        item = self._store.find(collection, context.get(collection.kind, ""), context)
        if item is None:
            return reply
        item.states.update((each.enumeration, each.value) for each in self._transitions.of(operation))
        if not reply.json or not item.states:
            return reply
        value = self._show.stated(self._show.opened(operation, reply.body), self._show.schema(operation), item)
        return replace(reply, body=self._show.closed(operation, value))

    def _list(
        self, call: Call, operation: Operation, collection: Collection, context: Mapping[str, str], otherwise: Otherwise
    ) -> Reply:
        reply = otherwise(call)
        if not reply.json or self._show.schema(operation) is None:
            return reply
        members = self._store.members(collection, context)
        shown = self._faults.around(lambda planted, go: planted.listed(members, go), lambda: members)
        items = [item for item in shown if _asked_for(item, call, operation)]
        links = {item.identifier: address(call.target.path, collection, item.identifier) for item in items}
        value = self._show.many(items, operation, collection, self._show.opened(operation, reply.body), links)
        return replace(reply, body=self._show.closed(operation, value))

    def _create(
        self, call: Call, operation: Operation, collection: Collection, context: Mapping[str, str], otherwise: Otherwise
    ) -> Reply:
        said = self._show.said(call.body, collection)
        chosen = self._show.chosen_identifier(collection, said)
        identifier = chosen or self._unused(operation, collection, context)
        parents = {kind: name for kind, name in context.items() if kind != collection.kind}
        item = Item(identifier, collection, parents, said)
        if call.behaviour == _STARTS_TASK:
            call.carried_out = functools.partial(self._made, call, operation, item)
            return otherwise(call)
        self._keep(item)
        reply = otherwise(call)
        link = address(call.target.path, collection, identifier)
        headers = {name: value for name, value in reply.headers.items() if name.lower() != "location"}
        if reply.status == _CREATED or _has_location(operation):
            headers["Location"] = self._answers.location(operation, link, call.headers.get("host", ""))
        schema = self._show.schema(operation)
        if schema is None or not reply.json:
            return replace(reply, headers=headers)
        value = self._show.one(item, schema, self._show.opened(operation, reply.body), link)
        return replace(reply, body=self._show.closed(operation, value), headers=headers)

    def _made(self, call: Call, operation: Operation, item: Item) -> Any:
        """Keep what a task made; its identifier, the task's result.

        Raises:
            Refusal: 404, what it belongs to is gone by now.
        """
        step = self._kinds.step(operation)
        if step is not None:
            self._context(call, step)
        self._store.add(item)
        return self._show.identifier(item)

    def _set(
        self, call: Call, operation: Operation, does: Does, reader: Operation, context: dict[str, str], other: Otherwise
    ) -> Reply:
        """Read or write what has no identifier."""

        def write() -> Any:
            self._faults.around(
                lambda planted, go: planted.set(go),
                lambda: self._settings.write(reader, context, does, call.body),
            )
            return ...

        if does is not Does.READ:
            if call.behaviour == _STARTS_TASK:
                call.carried_out = write
                return other(call)
            write()
        reply = other(call)
        alike = self._show.alike(operation, reader)
        if not alike or reply.content_type is None or not reply.json:
            return reply
        value = self._settings.shown(reader, context, self._show.opened(operation, reply.body))
        return replace(reply, body=self._show.closed(operation, value))

    def _unused(self, operation: Operation, collection: Collection, context: Mapping[str, str]) -> str:
        """A new identifier.  A schema may leave little choice, so that one in use is taken in the end."""
        for _ in range(_MOST_TRIES):
            identifier = self._show.new_identifier(collection, operation, self._store.number())
            if self._store.find(collection, identifier, context) is None:
                break
        return identifier

    def _place(self, call: Call, operation: Operation, item: Item, otherwise: Otherwise) -> Reply:
        """Put what the body says where the path says."""
        item.parents = {kind: name for kind, name in item.parents.items() if kind != item.collection.kind}
        item.value = self._show.said(call.body, item.collection)
        there = self._store.find(item.collection, item.identifier, item.parents)
        is_new = there is None
        if there is None:
            self._keep(item)
        else:
            self._faults.around(
                lambda planted, go: planted.change(self._store, there, item.value, go), lambda: self._store.add(item)
            )
        codes = [int(response.status) for response in operation.responses if response.status in _DONE]
        if len(codes) > 1:
            status = next((code for code in codes if (code == _CREATED) is is_new), codes[0])
            reply = self._answers.success(operation, status=status)
            return self._shown(call, operation, item, lambda _: reply)
        return self._shown(call, operation, item, otherwise)

    def _shown(self, call: Call, operation: Operation, item: Item, otherwise: Otherwise) -> Reply:
        reply = otherwise(call)
        schema = self._show.schema(operation)
        if (
            schema is None
            or reply.content_type is None
            or not reply.json
            or not self._show.shows_members(operation, item.collection)
        ):
            return reply
        value = self._show.one(item, schema, self._show.opened(operation, reply.body), call.target.path)
        return replace(reply, body=self._show.closed(operation, value))


def _says(operation: Operation, status: str) -> bool:
    """Whether the operation documents the status; `default` is any that no other answer has."""
    known = {response.status.upper() for response in operation.responses}
    return bool(known & {status, f"{status[0]}XX"}) or (len(known) > 1 and "DEFAULT" in known)


def _has_location(operation: Operation) -> bool:
    success = operation.success
    return success is not None and any(header.wire_name.lower() == "location" for header in success.headers)


def _asked_for(item: Item, call: Call, operation: Operation) -> bool:
    """False if the query asks for another value of a property (`category_id`, `filter.names`) than the item has."""
    for parameter in operation.parameters:
        wanted = call.parameters.get(parameter.wire_name)
        if parameter.location is not In.QUERY or wanted is None:
            continue
        word = parameter.wire_name.rpartition(".")[2]
        name = word if word in item.value else word.removesuffix("s")
        if name in item.value and item.value[name] not in (wanted if isinstance(wanted, list) else [wanted]):
            return False
    return True
