"""Faults of what is made, shown, changed and removed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from vcsdk.ir import Api
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.faults.registry import Fault, fault
from vcsdk.simulator.messages import Message
from vcsdk.simulator.store import Item, Store

Proceed = Callable[[], None]
_MEMBER = re.compile(r"/\{[^{}/]+\}/?$")


def _has(api: Api, *methods: str) -> bool:
    """Whether there are things that can be made and read, and with one of these methods."""
    if api.profile == "vapi":
        return False
    at = {(o.method, o.path) for o in api.operations if not o.fixed_query}
    members = {path for method, path in at if method == "GET" and _MEMBER.search(path)}
    made = {path for path in members if ("POST", _MEMBER.sub("", path)) in at}
    return any((method, path) in at for path in made for method in methods)


def _are_made(api: Api) -> bool:
    return _has(api, "GET")


def _are_listed(api: Api) -> bool:
    if api.profile == "vapi":
        return False
    paths = {o.path for o in api.operations if o.method == "GET" and not o.fixed_query}
    return any(_MEMBER.search(path) and _MEMBER.sub("", path) in paths for path in paths)


def _are_changed(api: Api) -> bool:
    return _has(api, "PUT", "PATCH")


def _are_patched(api: Api) -> bool:
    return _has(api, "PATCH")


def _are_deleted(api: Api) -> bool:
    return _has(api, "DELETE")


def _are_set(api: Api) -> bool:
    if api.profile == "vapi":
        return False
    at = {(o.method, o.path) for o in api.operations if not o.fixed_query and "{" not in o.path}
    return any(("GET", path) in at and ("POST", path) not in at for method, path in at if method in ("PUT", "PATCH"))


@fault("setting-ignored", breaks="what is set where no identifier stands is not kept", shows=_are_set)
class SettingIgnored(Fault):
    """The answer says that it was set, and nothing was."""

    def set(self, proceed: Proceed) -> None:
        """Nothing is kept."""


@fault("create-forgotten", breaks="what a create answered for is not there", shows=_are_made)
class CreateForgotten(Fault):
    """The answer says that it was made, and nothing was."""

    def keep(self, store: Store, item: Item, proceed: Proceed) -> None:
        """Nothing is kept."""


@fault("create-drops-a-property", breaks="a property that a create sent is lost", shows=_are_made)
class CreateDropsAProperty(Fault):
    """Of the texts that were sent the last one is stored as another one."""

    def keep(self, store: Store, item: Item, proceed: Proceed) -> None:
        texts = [name for name, value in item.value.items() if isinstance(value, str)]
        if texts:
            item.value = {**item.value, texts[-1]: "lost"}
        proceed()


@fault("create-twice", breaks="one create makes two things", shows=_are_made)
class CreateTwice(Fault):
    """A request is carried out once more behind the scenes."""

    def keep(self, store: Store, item: Item, proceed: Proceed) -> None:
        proceed()
        digits = item.identifier.isdecimal()
        twin = str(int(item.identifier) + 500_000) if digits else f"{item.identifier[:-1]}{_next(item.identifier[-1])}"
        store.add(replace(item, identifier=twin, value=dict(item.value)))


@fault("list-stale", breaks="what was made last is missing in lists", shows=_are_made)
class ListStale(Fault):
    """A list comes from a cache that is one behind."""

    def listed(self, items: list[Item], proceed: Callable[[], list[Item]]) -> list[Item]:
        made = [item for item in items if not item.described]
        return [item for item in items if not made or item is not made[-1]]


@fault("read-shows-another", breaks="reading one thing shows the one that was made last", shows=_are_made)
class ReadShowsAnother(Fault):
    """The identifier is looked for, and then not used."""

    def shown(self, store: Store, item: Item, proceed: Callable[[], Item]) -> Item:
        others = [other for other in store.members(item.collection, item.parents) if not other.described]
        return others[-1] if others else proceed()


@fault("listed-not-found", breaks="what a list shows is not found", shows=_are_listed)
class ListedNotFound(Fault):
    """The list comes from a copy that still has what is gone."""

    def shown(self, store: Store, item: Item, proceed: Callable[[], Item]) -> Item:
        if item.described:
            raise Refusal("NOT_FOUND", Message("api.not-found", (item.collection.parameter, item.identifier)))
        return proceed()


@fault("listed-shows-another", breaks="reading what a list shows gives another thing", shows=_are_listed)
class ListedShowsAnother(Fault):
    """A cache is asked by half of the key."""

    def shown(self, store: Store, item: Item, proceed: Callable[[], Item]) -> Item:
        if not item.described:
            return proceed()
        digits = item.identifier.isdecimal()
        other = str(int(item.identifier) + 1) if digits else f"{item.identifier[:-1]}{_next(item.identifier[-1])}"
        return replace(item, identifier=other)


@fault("location-wrong", breaks="Location names another identifier than that of what was made", shows=_are_made)
class LocationWrong(Fault):
    """The address is made before the identifier is known."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        place = reply.headers.get("Location")
        if place is None or reply.status != 201:
            return reply
        return replace(reply, headers={**reply.headers, "Location": f"{place.rpartition('/')[0]}/next"})


@fault("change-ignored", breaks="a change is accepted and not made", shows=_are_changed)
class ChangeIgnored(Fault):
    """The answer says that it was changed, and nothing was."""

    def change(self, store: Store, item: Item, value: dict[str, Any], proceed: Proceed) -> None:
        """Nothing is changed."""


@fault("read-stale", breaks="the first reading after a change shows what was before", shows=_are_changed)
class ReadStale(Fault):
    """A cache is emptied only once it was asked."""

    def __init__(self) -> None:
        self._before: dict[str, Item] = {}

    def change(self, store: Store, item: Item, value: dict[str, Any], proceed: Proceed) -> None:
        self._before[item.identifier] = replace(item, value=dict(item.value))
        proceed()

    def shown(self, store: Store, item: Item, proceed: Callable[[], Item]) -> Item:
        return self._before.pop(item.identifier, None) or proceed()


@fault("change-empties-the-rest", breaks="a change in part empties what it does not name", shows=_are_patched)
class ChangeEmptiesTheRest(Fault):
    """A PATCH is carried out like a PUT."""

    def perform(self, call: Call, proceed: Callable[[], Reply]) -> Reply:
        self._named = {*call.body} if call.target.method == "PATCH" and isinstance(call.body, dict) else None
        return proceed()

    def change(self, store: Store, item: Item, value: dict[str, Any], proceed: Proceed) -> None:
        rest = {*value} - {item.collection.parameter, "id"} - self._named if self._named is not None else set()
        value.update({name: "" for name in rest if isinstance(value[name], str)})
        proceed()


@fault("change-touches-all", breaks="changing one thing changes every other one", shows=_are_changed)
class ChangeTouchesAll(Fault):
    """The statement lacks its condition."""

    def change(self, store: Store, item: Item, value: dict[str, Any], proceed: Proceed) -> None:
        for other in store.members(item.collection, item.parents):
            other.value = dict(value)
        proceed()


@fault("delete-ignored", breaks="a deletion is accepted and not made", shows=_are_deleted)
class DeleteIgnored(Fault):
    """The answer says that it was deleted, and nothing was."""

    def remove(self, store: Store, item: Item, proceed: Proceed) -> None:
        """Nothing is removed."""


@fault("delete-again-fails", breaks="deleting what is gone already is answered 500", shows=_are_deleted)
class DeleteAgainFails(Fault):
    """What is not there is used all the same."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.target.method != "DELETE" or reply.status != 404 or call.operation is None:
            return reply
        return replace(reply, status=500)


@fault("delete-carried-out-twice", breaks="a deletion is tried twice, the second is answered", shows=_are_deleted)
class DeleteCarriedOutTwice(Fault):
    """What was sent again on the way counts as a request of its own."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        if call.target.method != "DELETE" or not 200 <= reply.status < 300 or call.operation is None:
            return reply
        return replace(reply, status=404, body=None, json=False)


@fault("delete-takes-all", breaks="deleting one thing deletes every other one", shows=_are_deleted)
class DeleteTakesAll(Fault):
    """The statement lacks its condition."""

    def remove(self, store: Store, item: Item, proceed: Proceed) -> None:
        for other in store.members(item.collection, item.parents):
            store.remove(other)


def _next(char: str) -> str:
    return chr(ord(char) + 1) if char.isalnum() and char not in "9zZ" else "0"
