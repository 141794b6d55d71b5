"""Removes at the end of a run what it has made on the target, and names what it could not."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import httpx2

from .fields import beside
from .gate import RequestRefused
from .made import Thing, hung_kind
from .needed import asks_for_state, current, needed
from .operations import Operation
from .reading import read_json
from .target import Target

_LONGEST, _PATIENCE, _PAUSE = 30.0, 2.0, 0.1


def remove_all(target: Target) -> Iterator[str]:
    """Delete each thing that shows that it is the run's own; those that stay, as `path: why`, in order.

    Nothing is deleted that shows other values than were sent, and nothing more is tried once the target is lost, or
    after half a minute.
    """
    deadline = time.monotonic() + _LONGEST
    for thing in target.run.gate.made.things:
        if target.run.gate.made.at(thing.path) is None:
            # It went with what it belonged to.
            continue
        if target.run.shared.lost or time.monotonic() > deadline:
            reason = "there was no time left" if not target.run.shared.lost else "the target went away"
        else:
            reason = _remove(target, thing, min(deadline, time.monotonic() + _PATIENCE))
        if reason:
            yield target.run.secrets.mask(f"{thing.path}: {reason}")


def remove_fresh(target: Target) -> None:
    """Delete what was made since the last time; what stays is tried again, and named, at the end of the run."""
    for thing in target.run.gate.made.things:
        if not thing.tried and not target.run.shared.lost:
            thing.tried = True
            _remove(target, thing)


def _remove(target: Target, thing: Thing, until: float = 0.0) -> str:
    """Why it is still there, "" where it is not; for what comes later it waits until then."""
    catalogue, made = target.run.catalogue, target.run.gate.made
    remover, reader = catalogue.named(thing.life.delete), catalogue.named(thing.life.read)
    if remover is None or reader is None:
        return "the description says of no way to delete it"
    try:
        if not thing.own:
            shown = _shown(target, reader, thing, until)
            if shown.status_code in (404, 410):
                return "it was accepted, and is not there yet" if thing.is_later else ""
            if not made.confirm(thing.path, _value(shown), marked=False):
                return "it does not show that the run made it"
        conditions = {}
        if asks_for_state(remover, target.run.description.statuses(remover)):
            conditions = current(remover, _send(target, reader, thing.path).headers)
        answer = _send(target, remover, thing.path, conditions)
    except (httpx2.TransportError, AssertionError) as trouble:
        return f"no answer ({type(trouble).__name__})"
    except RequestRefused as refusal:
        return str(refusal)
    gone = answer.is_success or answer.status_code in (404, 410)
    return "" if gone else f"{remover.method} was answered {answer.status_code}"


def _shown(target: Target, reader: Operation, thing: Thing, until: float) -> httpx2.Response:
    kind = hung_kind(thing.life)
    while (shown := _send(target, reader, thing.path)).status_code in (404, 410) and thing.is_later:
        if time.monotonic() > until or target.run.shared.has_hung(kind):
            break
        time.sleep(_PAUSE)
    return shown


def _send(
    target: Target, operation: Operation, path: str, conditions: Mapping[str, str] = MappingProxyType({})
) -> httpx2.Response:
    below = path.removeprefix(target.run.catalogue.prefix)
    own = target.credentials_for(operation.method, below)
    headers = beside(needed(operation), {**own.fields, **conditions})
    return target.run.client.request(operation.method, target.run.url(own.address(below)), headers=headers)


def _value(answer: httpx2.Response) -> object:
    try:
        return read_json(answer.content)
    except ValueError:
        return None
