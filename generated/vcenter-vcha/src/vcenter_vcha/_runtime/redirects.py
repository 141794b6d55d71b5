"""Redirects that a caller asked to follow: where they lead, and what goes there (RFC 9110, 15.4).

Whoever answers decides where a redirect leads.  So nothing that authenticates goes to another origin than the one it
is for, not even by way of a third one that leads back, and nothing that has an effect is sent again by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import httpx2
import msgspec
from msgspec.structs import replace

from .answers import leads_to, unfit
from .effects import Flow
from .errors import ArgumentError, ConnectionFailed, OutcomeUnknown
from .facts import ApiFacts
from .log import led, logger
from .raw import LedAnswer, OpenAnswer, RawAnswer
from .request import Prepared
from .retry import how_to_find_out
from .secret import Secret
from .target import PORTS, joined, origin_of

_FOLLOWED = frozenset({301, 302, 303, 307, 308})
_OF_THE_BODY = frozenset(
    (
        *("content-digest", "content-disposition", "content-encoding", "content-language", "content-md5"),
        *("content-type", "repr-digest", "digest"),
    )
)
_FOR_ANYONE = _OF_THE_BODY | {"accept", "accept-language", "if-range", "range"}
"""What the server of another origin gets: what it needs to answer, and nothing that can be a credential."""


class Redirects(msgspec.Struct, frozen=True):
    """How many redirects of a call are followed, one after the other.

    A 303, and a 301 or 302 of a `POST`, is followed with a `GET`.  Any other asks for the same request once more, body
    included: what has an effect is sent on only where `effects` is your word that this is wanted.
    """

    count: int = 5
    effects: bool = False


def checked_redirects(redirects: Any) -> Redirects:
    """A `Redirects`; a whole number counts them.  Raises ArgumentError."""
    if isinstance(redirects, Redirects):
        return redirects
    if isinstance(redirects, bool) or not isinstance(redirects, int) or redirects < 0:
        raise ArgumentError("redirects: expected a whole number from 0 up, or Redirects(…)")
    return Redirects(count=redirects)


Sending = Callable[[Prepared, bool, bool], Flow[RawAnswer]]
"""Sends a request: whether it may be repeated, and whether it is for the origin that the credentials are for."""


def following(
    facts: ApiFacts,
    prepared: Prepared,
    base: str,
    answer: RawAnswer,
    allowed: Redirects,
    send: Sending,
    *,
    safe: bool,
    hidden: bool,
) -> Flow[RawAnswer]:
    """What the redirects lead to that begin with this answer to a request, whose path stands behind `base`.

    `safe` tells that the request has no effect, `hidden` that its body may hold a secret whatever its type says.
    Raises UnexpectedAnswer for a redirect that is not followed, and what sending does; OutcomeUnknown where nothing
    came after something that has an effect was answered with a redirect.
    """
    here, count, is_own, is_done = httpx2.URL(base + prepared.path), 0, True, False
    led.set(True)
    try:
        while answer.status in _FOLLOWED and answer.headers.get("location"):
            becomes_get = _becomes_get(answer.status, prepared.operation.method)
            there = joined(here, answer.headers["location"])
            is_own = is_own and there is not None and origin_of(there) == origin_of(here)
            refused = _unreachable(here, there)
            if count == allowed.count:
                refused = f"it is number {count + 1}"
            elif not (refused or becomes_get):
                refused = _unrepeatable(
                    prepared, again=safe or is_done or allowed.effects, away=not is_own, hidden=hidden
                )
            if refused or there is None:
                said = f"the redirect is not followed{leads_to(answer)}: {refused}"
                raise unfit(facts, prepared.operation, answer, said)
            is_done = is_done or (becomes_get and not safe)
            prepared, here, count = _moved(prepared, there, becomes_get=becomes_get, is_own=is_own), there, count + 1
            where = "" if is_own else " to another origin"
            logger.info("%s: redirect %d (%d)%s", prepared.operation.name, count, answer.status, where)
            answer = yield from _sent(send, prepared, safe=safe, is_done=is_done, is_own=is_own)
    finally:
        led.set(False)
    return answer if isinstance(answer, OpenAnswer) else LedAnswer(answer.status, answer.headers, answer.content)


def _sent(send: Sending, prepared: Prepared, *, safe: bool, is_done: bool, is_own: bool) -> Flow[RawAnswer]:
    try:
        return (yield from send(prepared, safe or is_done, is_own))
    except ConnectionFailed as error:
        if not is_done:
            raise
        reason, cause = error.reason, error.__cause__
    # Not "nothing was done": what has the effect was answered, with the redirect.
    operation = prepared.operation
    message = f"{operation.name}: {reason} behind a redirect\n  {operation.request_line}"
    unknown = OutcomeUnknown(message, operation=operation.name, reason=reason, hint=how_to_find_out(operation))
    unknown.__cause__ = cause
    raise unknown


def _becomes_get(status: int, method: str) -> bool:
    """Whether another method takes the place of this one; HEAD stays, for it is GET without a body."""
    return (status == 303 and method not in ("GET", "HEAD")) or (status in (301, 302) and method == "POST")


def _unreachable(here: httpx2.URL, there: httpx2.URL | None) -> str | None:
    """Why nothing is sent there; None where something may be."""
    if there is None or there.scheme not in PORTS or not there.host or not 0 < (there.port or 1) < 65536:
        return "it leads to no address of http or https"
    if there.userinfo:
        return "its address has a user in it"
    if here.scheme == "https" and there.scheme == "http":
        return "it leads from https to http"
    return None


def _unrepeatable(prepared: Prepared, *, again: bool, away: bool, hidden: bool) -> str | None:
    """Why a request is not sent again, `away` to another origin; None where it may be."""
    if not again:
        return "it asks for the same once more, which has an effect; Redirects(effects=True) allows that"
    if not prepared.repeatable:
        return "it asks for the same once more, and the body can be read only once"
    if away and prepared.content is not None and (hidden or _holds_secret(prepared)):
        return "it leads to another origin, and the body holds a secret"
    return None


def _holds_secret(prepared: Prepared) -> bool:
    body = prepared.operation.body
    return any(_is_secret(each.type, set()) for each in (body if isinstance(body, tuple) else (body,)) if each)


def _is_secret(kind: Any, seen: set[Any]) -> bool:
    """Whether a value of this type is a secret, or can have one in it."""
    if isinstance(kind, type) and issubclass(kind, Secret):
        return True
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind not in seen:
        seen.add(kind)
        return any(_is_secret(field.type, seen) for field in msgspec.structs.fields(kind))
    return any(_is_secret(part, seen) for part in get_args(kind))


def _moved(prepared: Prepared, there: httpx2.URL, *, becomes_get: bool, is_own: bool) -> Prepared:
    """The request to the other address."""
    operation, headers, content = prepared.operation, prepared.headers, prepared.content
    if becomes_get:
        gone = _OF_THE_BODY | operation.keys
        headers = {name: text for name, text in headers.items() if name not in gone and not name.startswith("if-")}
        operation, content = replace(operation, method="GET", body=None), None
    if not is_own:
        headers = {name: text for name, text in headers.items() if name in _FOR_ANYONE}
    origin = f"{there.scheme}://{there.netloc.decode('ascii')}"
    return Prepared(operation, there.raw_path.decode("ascii"), headers, content, origin)
