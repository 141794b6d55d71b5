"""Faults of keys and tokens, in descriptions without a session service."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from msgspec import structs

from vcsdk.ir import Api, SecurityScheme
from vcsdk.ir.operations import asked_for
from vcsdk.simulator.call import Call
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.faults.registry import Fault, fault
from vcsdk.simulator.security import cookies, key_of
from vcsdk.simulator.sessions import Caller

Proceed = Callable[[], Caller | None]
_KEYS = ("header", "query", "cookie")
_WORDS = ("bearer", "http", "basic")


def _asked(api: Api, kinds: tuple[str, ...]) -> bool:
    if api.profile == "vapi":
        return False
    asked = asked_for(api.operations)
    return any(scheme.kind in kinds and scheme.key in asked for scheme in api.security_schemes.values())


def _has_keys(api: Api) -> bool:
    return _asked(api, _KEYS)


def _has_tokens(api: Api) -> bool:
    return _asked(api, (*_KEYS, "bearer", "http"))


def _guards_members(api: Api) -> bool:
    return _has_tokens(api) and any(o.method == "GET" and o.path.endswith("}") and o.security for o in api.operations)


def _has_words(api: Api) -> bool:
    return _asked(api, _WORDS)


def _has_pairs(api: Api) -> bool:
    pairs = any(len(names) > 1 for operation in api.operations for names in operation.security)
    return pairs and _asked(api, (*_KEYS, *_WORDS))


@fault("reading-unguarded", breaks="who knows an identifier reads what it names without a key", shows=_guards_members)
class ReadingUnguarded(Fault):
    """The list asks for a key, and what it lists does not."""

    def authenticate(self, call: Call, proceed: Proceed) -> Caller | None:
        if call.operation is not None and call.target.method == "GET" and call.operation.path.endswith("}"):
            return Caller("anonymous", frozenset())
        return proceed()


@fault("key-missing-fails", breaks="a request without its key is answered 500", shows=_has_tokens)
class KeyMissingFails(Fault):
    """What is not sent is used all the same."""

    def answer(self, call: Call, reply: Reply) -> Reply:
        return replace(reply, status=500) if reply.status == 401 else reply


@fault("key-unchecked", breaks="any key or token is taken", shows=_has_tokens)
class KeyUnchecked(Fault):
    """That there is a key is looked at, and not which."""

    def authenticate(self, call: Call, proceed: Proceed) -> Caller | None:
        try:
            return proceed()
        except Refusal:
            if any(all(self._given(call, name) for name in names) for names in _alternatives(call)):
                return Caller("anonymous", frozenset())
            raise

    @staticmethod
    def _given(call: Call, name: str) -> bool:
        scheme = call.schemes.get(name)
        return scheme is not None and scheme.kind != "basic" and bool(key_of(scheme, call))


@fault("key-anywhere", breaks="a key is taken from a query, a header or a cookie alike", shows=_has_keys)
class KeyAnywhere(Fault):
    """Wherever the name of a key stands, what stands behind it is the key."""

    def authenticate(self, call: Call, proceed: Proceed) -> Caller | None:
        for names in _alternatives(call):
            for scheme in filter(None, map(call.schemes.get, names)):
                if scheme.kind in _KEYS and not key_of(scheme, call) and (key := self._elsewhere(call, scheme)):
                    _carry(call, scheme, key)
        return proceed()

    @staticmethod
    def _elsewhere(call: Call, scheme: SecurityScheme) -> str | None:
        kinds = (replaced for kind in _KEYS if (replaced := structs.replace(scheme, kind=kind)).kind != scheme.kind)
        return next((key for other in kinds if (key := key_of(other, call))), None)


@fault("one-key-enough", breaks="of several keys that are needed together one is enough", shows=_has_pairs)
class OneKeyEnough(Fault):
    """What is needed together is read as alternatives."""

    def authenticate(self, call: Call, proceed: Proceed) -> Caller | None:
        operation = call.operation
        if operation is None or not operation.security:
            return proceed()
        apart = tuple((name,) for names in operation.security for name in names)
        call.operation = structs.replace(operation, security=apart)
        try:
            return proceed()
        finally:
            call.operation = operation


@fault("scheme-word-ignored", breaks="a token is taken whatever scheme stands before it", shows=_has_words)
class SchemeWordIgnored(Fault):
    """Of the header Authorization only what stands behind the first word is looked at."""

    def authenticate(self, call: Call, proceed: Proceed) -> Caller | None:
        given = call.headers.get("authorization", "").partition(" ")[2]
        words = [
            {"bearer": "Bearer", "basic": "Basic"}.get(scheme.kind, scheme.wire_name)
            for names in _alternatives(call)
            for scheme in filter(None, map(call.schemes.get, names))
            if scheme.kind in _WORDS
        ]
        for word in words if given else ():
            call.headers = {**call.headers, "authorization": f"{word} {given}"}
            try:
                return proceed()
            except Refusal:
                continue
        return proceed()


def _alternatives(call: Call) -> Iterator[tuple[str, ...]]:
    yield from call.operation.security if call.operation is not None else ()


def _carry(call: Call, scheme: SecurityScheme, key: str) -> None:
    if scheme.kind == "header":
        call.headers = {**call.headers, scheme.wire_name.lower(): key}
    elif scheme.kind == "cookie":
        jar: Mapping[str, str] = {**cookies(call.headers), scheme.wire_name: key}
        call.headers = {**call.headers, "cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}
    else:
        call.target = replace(call.target, query=(*call.target.query, (scheme.wire_name, key)))
