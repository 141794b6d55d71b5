"""The one door through which every request of a run leaves: suite, sequences and fuzz alike."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import httpx2

from . import paths, patience, simulated
from .description import Description
from .interruption import Interruption
from .ledger import Ledger
from .limits import Limits
from .links import Links, starts_task, value_of
from .made import Made
from .masking import Secrets
from .operations import SESSION_ROLES, Catalogue, Effect, Operation
from .shared import Shared
from .twins import Twins

_SAFE = ("GET", "HEAD", "OPTIONS")


class RequestRefused(Exception):
    """A request was not sent because the run's level does not allow it."""


class NotExercised(RequestRefused):
    """A request was not sent, which is no fault of the suite: what it is about is not exercised; the text says why."""


class LimitReached(NotExercised):
    """A request was not sent because the operation has been accepted as often as the run allows."""


class Hurried(NotExercised):
    """A request was not sent because the run was interrupted once more while it ended."""


class OutOfTime(NotExercised):
    """A request was not sent because the time of the run, or of the operation, is over."""


class NotSimulated(RequestRefused):
    """A request was not sent because the run allows everything, and the target is no simulator."""


class MistakenFor(NotExercised):
    """A request was not sent because the target may take it for one that the run's level does not allow."""


@dataclass(frozen=True)
class Policy:
    """What a run may do: its level, and the destructive operations named on the command line.

    With `simulated`, nothing may be changed unless the target proves to be a simulator.
    """

    level: Effect = Effect.READ
    allowed: frozenset[str] = frozenset()
    simulated: bool = False

    def objection(self, effect: Effect, operations: tuple[Operation, ...]) -> str | None:
        """What to pass so that a request with this effect may leave; None if it may already."""
        missing = [f"--level {effect}"] if effect.rank > self.level.rank else []
        missing += [
            f"--allow {operation.name}"
            for operation in operations
            if operation.effect is Effect.DESTRUCTIVE and not self.allowed & {operation.name, operation.operation_id}
        ]
        return " ".join(missing) or None


@dataclass(frozen=True)
class Exchange:
    """One request that left; `status` is 0 where no answer came.  `seconds` until the whole answer was there.

    `request` and `response` are what went over the wire, secrets included: see `recording`.  `waiting` marks a request
    that was repeated until something had happened, so that how often depends on the target.  `follows` names the
    operation whose answer (a task's identifier) the request used, "" for none.  `at` is when it left, in seconds since
    1970.
    """

    operation: str
    status: int
    seconds: float
    request: httpx2.Request | None = field(default=None, repr=False, compare=False)
    response: httpx2.Response | None = field(default=None, repr=False, compare=False)
    waiting: bool = False
    follows: str = ""
    at: float = 0.0


class Keeper(Protocol):
    """Remembers what requests set on the target (`kept.Kept`)."""

    def before(self, request: httpx2.Request, operation: Operation | None) -> Any:
        """Whatever has to be known of it afterwards, None for nothing.

        Raises:
            NotExercised: It is not to be sent.
            httpx2.TransportError: The target did not answer.
        """

    def after(self, record: Any, request: httpx2.Request, response: httpx2.Response | None) -> None:
        """What `before` gave, and the answer; None for none."""

    def left_alone(self, operation: str) -> contextlib.AbstractContextManager[None]:
        """Set nothing back of what an operation sets, while who is within does so."""


@dataclass
class Gate(httpx2.BaseTransport):
    """Lets a request out if the policy and the limit allow it, and remembers what became of it.

    `protected` holds tokens that no request may log out, `sign_in_at` the addresses that give out
    tokens.  `disturbed` is set once an answer went missing or a
    disruptive operation was accepted: the target may be away, and sessions may be gone.  `timeout` is how many
    seconds a whole answer may take, `limits` what is left of the run.  `unanswered` says that the last got none,
    `last_answered` is the last that did.  `proven` says that the target has proved to be a simulator, and nothing spoke
    against it since.  `keeper` is told of every request, before and after, and may keep one back.
    `interruption` waits for what may change something.
    A request that is answered 429 with Retry-After is sent again when that time is over; 503 alike where it is not what
    a failover does.
    """

    inner: httpx2.BaseTransport
    catalogue: Catalogue
    policy: Policy
    ledger: Ledger
    secrets: Secrets
    shared: Shared
    description: Description
    timeout: float = 30.0
    limits: Limits | None = None
    protected: set[str] = field(default_factory=set)
    sign_in_at: set[str] = field(default_factory=set)
    exchanges: list[Exchange] = field(default_factory=list)
    disturbed: bool = False
    unanswered: bool = False
    last_answered: str = ""
    proven: bool = False
    keeper: Keeper | None = None
    interruption: Interruption = field(default_factory=Interruption)
    _waiting: int = 0
    links: Links = field(init=False)
    made: Made = field(init=False)
    _twins: Twins = field(init=False)

    def __post_init__(self) -> None:
        self.links = Links(self.catalogue)
        self.made = Made(self.catalogue)
        self._twins = Twins(self.description, self.catalogue)

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """Mark what is sent inside as repeated until something has happened."""
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1

    @property
    def is_waiting(self) -> bool:
        """True inside `waiting`."""
        return self._waiting > 0

    def prove(self, url: str) -> None:
        """Let the target prove that it is a simulator, where the run needs one; `url` is its origin.

        Raises:
            NotSimulated: It is none.
            httpx2.TransportError: No answer came.
        """
        if not self.policy.simulated or self.proven:
            return
        self.proven = simulated.is_one(self.inner, url, self.catalogue.prefix)
        if not self.proven:
            raise NotSimulated(f"{url} is not `vcsdk serve`, the only target that --allow-all is for: pass --allow")

    def left_alone(self, operation: str) -> contextlib.AbstractContextManager[None]:
        """What an operation sets is set back by who is within."""
        return contextlib.nullcontext() if self.keeper is None else self.keeper.left_alone(operation)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request.

        Raises:
            RequestRefused: It did not leave.
            httpx2.TransportError: No answer came.
        """
        if self.interruption.hurried:
            raise Hurried("not tried: the run was interrupted once more while it ended")
        self.interruption.look()
        if request.method in _SAFE:
            return self._handle(request)
        with self.interruption.awaited():
            return self._handle(request)

    def _handle(self, request: httpx2.Request) -> httpx2.Response:
        path, query = paths.as_sent(request.url.raw_path.decode()), request.url.query.decode()
        effect, operations = self.catalogue.effect(request.method, path, query)
        if not operations:
            effect, operations = self.catalogue.effect(request.method, paths.loosened(path), query)
        operation = self.catalogue.match(request.method, path, query)
        self._bound(request)
        places = self._admit(request, effect, operations, operation)
        kept = self.keeper.before(request, operation) if self.keeper is not None else None
        patient = patience.Patience(
            self._left(), starting=not self.catalogue.error_statuses, sleep=self.interruption.sleep
        )
        try:
            while patient.waits_for(response := self._send(request, operation, places)):
                continue
        except (httpx2.TransportError, KeyboardInterrupt) as trouble:
            if self.keeper is not None and kept is not None:
                self.keeper.after(kept, request, None)
            if isinstance(trouble, KeyboardInterrupt) and operation is not None and self.made.may_make(operation):
                place = f"{request.method} {request.url.path}"
                self.shared.leave([self.secrets.mask(f"{place}: its answer was not waited for")])
            raise
        if self.keeper is not None and kept is not None:
            self.keeper.after(kept, request, response)
        if not response.is_success:
            self._release(places)
        elif places and any(o.disrupts or o.effect is Effect.DESTRUCTIVE for o in operations):
            self.disturbed = True
            self.shared.disturb()
        if response.is_success and (places or any(starts_task(o, self.catalogue) for o in operations)):
            self.links.opened(_text_of(response))
        self.made.note(operation, request, response)
        if operation is not None and operation.role == "session-create" and response.is_success:
            self._learn_token(response)
        return response

    def _left(self) -> float:
        return self.limits.left() if self.limits is not None else float("inf")

    def _bound(self, request: httpx2.Request) -> None:
        """Let no request wait for longer than there is time left."""
        objection = self.limits.objection() if self.limits is not None else ""
        if objection:
            raise OutOfTime(f"not sent: {objection}")
        left = max(self._left(), 0.1)
        if left < self.timeout:
            request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), left)

    def _send(self, request: httpx2.Request, operation: Operation | None, places: list[Path]) -> httpx2.Response:
        started = time.monotonic()
        try:
            response = self.inner.handle_request(request)
            patience.bound(response, request, started + min(self.timeout, max(self._left(), 0.1)))
            response.read()
        except httpx2.ConnectError:
            self._release(places)
            self._missed(operation, started, request)
            raise
        except httpx2.TransportError:
            self._missed(operation, started, request)
            raise
        self.proven = self.proven and simulated.answers_as_one(response)
        self._record(operation, started, request, response)
        return response

    def close(self) -> None:
        """Close the connections."""
        self.inner.close()

    def _admit(
        self, request: httpx2.Request, effect: Effect, operations: tuple[Operation, ...], operation: Operation | None
    ) -> list[Path]:
        role = operation.role if operation is not None else ""
        if role == "session-delete":
            # Ending a session is a write to whoever shares it; a throw-away session is nobody else's.
            if request.headers.get(self.catalogue.session_header) in self.protected:
                raise RequestRefused("a request would log out the session that the run itself uses")
            return []
        if role == "session-create" or (request.method == "POST" and str(request.url) in self.sign_in_at):
            return []
        if effect is Effect.DESTRUCTIVE and self.made.owns(request):
            # What the run made itself, it may remove as it may make it.
            effect, operations = Effect.WRITE, ()
        objection = self.policy.objection(effect, operations)
        reads = operation if operation is not None and operation.effect is Effect.READ else None
        if reads is not None and (objection is None or self.catalogue.has_twin(reads, self._path(request))):
            self._tell_apart(request, reads)
        if objection is not None:
            raise RequestRefused(f"{request.method} {request.url.path} is {effect}: pass {objection}")
        if effect is not Effect.READ:
            self.prove(f"{request.url.scheme}://{request.url.netloc.decode()}")
        places: list[Path] = []
        for candidate in operations:
            if candidate.effect is not Effect.DESTRUCTIVE:
                continue
            place = self.ledger.take(candidate.name)
            if place is None:
                self._release(places)
                raise LimitReached(
                    f"{candidate.name} was accepted {self.ledger.limit} times already; --max-accepted allows no more"
                )
            places.append(place)
        return places

    def _tell_apart(self, request: httpx2.Request, operation: Operation) -> None:
        """Let a reading request pass if no server, or not this one, carries out more than it asks for."""
        twins = [
            other
            for other in self.catalogue.standing_at(self._path(request))
            if (other.method, other.path) == (operation.method, operation.path)
            and other.name != operation.name
            and other.role not in SESSION_ROLES
            and self.policy.objection(other.effect, (other,)) is not None
        ]
        reason = self._twins.objection(request, operation, twins, self._ask) if twins else None
        if reason is not None:
            raise MistakenFor(reason)

    @staticmethod
    def _path(request: httpx2.Request) -> str:
        return paths.as_sent(request.url.raw_path.decode())

    def _ask(self, request: httpx2.Request) -> httpx2.Response | None:
        patient = patience.Patience(self._left(), sleep=self.interruption.sleep)
        try:
            while patient.waits_for(response := self._send(request, None, [])):
                continue
        except httpx2.TransportError:
            return None
        return response

    def _release(self, places: list[Path]) -> None:
        for place in places:
            self.ledger.give_back(place)

    def _missed(self, operation: Operation | None, started: float, request: httpx2.Request) -> None:
        self.disturbed, self.proven = True, False
        self._record(operation, started, request, None)

    def _record(
        self, operation: Operation | None, started: float, request: httpx2.Request, response: httpx2.Response | None
    ) -> None:
        name = operation.name if operation is not None else ""
        status = response.status_code if response is not None else 0
        seconds = round(time.monotonic() - started, 4)
        self.unanswered = response is None
        if response is not None:
            self.last_answered = f"{request.method} {request.url.raw_path.decode()}"
        content = response.content if response is not None else b""
        follows = self.links.follow(operation, request.url.raw_path.decode().partition("?")[0], status, content)
        at = time.time() - seconds
        self.exchanges.append(Exchange(name, status, seconds, request, response, self.is_waiting, follows, at))

    def _learn_token(self, response: httpx2.Response) -> None:
        token = _text_of(response)
        if token is not None:
            self.secrets.add(token)


def _text_of(response: httpx2.Response) -> str | None:
    """The text that an answer consists of: a token, or a task's identifier."""
    value = value_of(response.content)
    return value if isinstance(value, str) else None
