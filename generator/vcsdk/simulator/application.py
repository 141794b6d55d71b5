"""The way of a request through the simulator: outage, routing, authentication, validation, privilege, state, answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import unquote_plus

from vcsdk.instances.schemas import Schemas
from vcsdk.instances.values import UnboundedError
from vcsdk.ir import Api, Operation
from vcsdk.ir.media import is_form
from vcsdk.simulator.answers import Answers
from vcsdk.simulator.behaviour import Behaviours, State, behaviours, privilege_needed
from vcsdk.simulator.call import Call
from vcsdk.simulator.clock import Agenda, Clock
from vcsdk.simulator.conditions import Conditions, without_conditions
from vcsdk.simulator.errors import Refusal, Reply
from vcsdk.simulator.faults import Faults
from vcsdk.simulator.jsonrpc import Endpoint
from vcsdk.simulator.keys import Grants, Keys
from vcsdk.simulator.messages import Message, choose_language
from vcsdk.simulator.options import SimulatorOptions
from vcsdk.simulator.outage import Outage, Phase
from vcsdk.simulator.paging import Paging, with_members
from vcsdk.simulator.parameters import ParameterSource
from vcsdk.simulator.resources import Resources
from vcsdk.simulator.routing import Match, Router, Target
from vcsdk.simulator.security import Security, cookies
from vcsdk.simulator.sessions import Sessions
from vcsdk.simulator.tasks import Tasks
from vcsdk.simulator.validation import Requests, parse_json
from vcsdk.simulator.vcha import Cluster

_PASSWORD = re.compile(r"passw(?:or)?d|passphrase|secret", re.IGNORECASE)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class Document(Protocol):
    """A normalised document: valid OpenAPI 3.x in the fragment form (`docs/architecture.md`)."""

    @property
    def data(self) -> dict[str, Any]:
        """The document as a parsed JSON value."""

    @property
    def undescribed(self) -> dict[str, Any]:
        """Path items that the profile knows of and the document does not have."""


class Description(Protocol):
    """What the pipeline makes of a description (`vcsdk.pipeline.Described`)."""

    @property
    def document(self) -> Document:
        """The normalised document."""

    @property
    def api(self) -> Api:
        """The intermediate representation, named."""


class Application:
    """Serves one description.  Knows nothing of sockets; everything runs in one thread."""

    def __init__(self, description: Description, options: SimulatorOptions, clock: Clock | None = None) -> None:
        self.api = description.api
        self.options = options
        operations = (*self.api.operations, *self.api.undescribed)
        self.faults = Faults(options.faults)
        self.agenda = Agenda(clock or Clock())
        self.schemas = Schemas(_served(description.document))
        self.sessions = Sessions(options, self.agenda.clock)
        self.outage = Outage(options, self.agenda, self._end_sessions)
        self.tasks = Tasks(self.agenda, options.seed)
        self.cluster = Cluster(options, self.tasks, self.faults, self.outage.begin)
        own = {key: server.path for key, server in self.api.servers.items()}
        self._router = Router(operations, self.api.prefix, own)
        self._keys = Keys(options.key)
        self._grants = Grants(description.document.data, self.api.prefix, self._keys, self.sessions)
        schemes = self.api.security_schemes.values()
        self._secret_names = {"access_token", *(scheme.wire_name for scheme in schemes if scheme.kind == "query")}
        self._security = Security(self.api, self.sessions, self._keys)
        self._requests = Requests(
            self.schemas, reject_unknown_fields=self.api.profile == "vapi", strict_query=options.strict_query
        )
        self._answers = Answers(self.api, self.schemas, options.seed)
        self._paging = Paging(self.api, self.schemas, self._answers)
        self._conditions = Conditions(operations, lambda reply: encode(reply)[0], self._read, lambda: datetime.now(UTC))
        self._behaviours = Behaviours(State(options, self.sessions, self.tasks, self.cluster), self._answers)
        self._behaviour_of = behaviours(self.api.profile, operations)
        self._resources = Resources(
            operations, self._requests, self._answers, self.api.profile, options.seed, self.faults
        )
        self._jsonrpc = Endpoint(self.api, self.schemas, self._requests, self._answers, self._answer)

    def _end_sessions(self) -> None:
        self.faults.around(lambda planted, go: planted.end_sessions(go), self.sessions.clear)

    def reset(self) -> None:
        """Back to the beginning: no sessions, no tasks, the cluster as the options describe it, no outage."""
        self.agenda.clear()
        self.outage.reset()
        self.sessions.clear()
        self.tasks.clear()
        self.cluster.reset()
        self._resources.clear()
        self._keys.clear()
        self._conditions.clear()

    def serve(self, target: Target, headers: Mapping[str, str], body: bytes) -> tuple[Reply, str | None]:
        """Answer a request; also returns the name of its operation (`operation_name`) if it was found.

        Args:
            target: Method, raw path and query.
            headers: By lower-case name.
            body: As sent.
        """
        self.agenda.run_due()
        if self.outage.phase is Phase.UP and self._jsonrpc.takes(target):
            return self._jsonrpc.serve(headers, body)
        return self._answer(target, headers, body)

    def _answer(self, target: Target, headers: Mapping[str, str], body: bytes) -> tuple[Reply, str | None]:
        call = Call(target, headers, body, choose_language(headers.get("accept-language")))
        call.schemes = self.api.security_schemes
        try:
            reply = self._serve(call)
        except Refusal as refusal:
            reply = self._answers.error(refusal, call.operation, call.language)
        except UnboundedError:
            failed = Refusal(None, Message("api.no-value"), status=HTTPStatus.NOT_IMPLEMENTED)
            reply = self._answers.error(failed, call.operation, call.language)
        for planted in self.faults:
            starting = self.outage.phase is Phase.STARTING
            reply = planted.answer_starting(reply) if starting else planted.answer(call, reply)
        return reply, operation_name(call.operation)

    def _serve(self, call: Call) -> Reply:
        if self.outage.phase is not Phase.UP:
            raise Refusal("SERVICE_UNAVAILABLE", Message("api.unavailable"), headers={"Retry-After": "1"})
        given = self._grants.answer(call.target, call.headers, call.raw_body)
        if given is not None and not self._router.candidates(call.target):
            return given
        match = self._route(call.target, call.headers)
        operation = call.operation = match.operation
        call.path_values = match.path_values
        call.listing = self._paging.listing(operation)
        call.behaviour = self._behaviour_of[operation.key]
        call.success_schema = self._answers.success_schema(operation)
        if call.behaviour.startswith("session.") and self.outage.sessions_out:
            status = self.options.session_outage_status
            kind = "SERVICE_UNAVAILABLE" if status == 503 else "INTERNAL_SERVER_ERROR"
            raise Refusal(kind, Message("api.unavailable"))
        around = self.faults.around
        call.caller = around(
            lambda planted, go: planted.authenticate(call, go), lambda: self._security.authenticate(call)
        )
        around(lambda planted, go: planted.check_parameters(call, go), lambda: self._check_parameters(call, operation))
        if self.options.order == "privilege-first":
            # What a caller may do can depend on what the body says, whether it is valid or not.
            call.body = _glance(call.raw_body)
            self._check_privilege(call)
            self._read_body(call, operation)
        else:
            self._read_body(call, operation)
            self._check_privilege(call)
        return around(lambda planted, go: planted.perform(call, go), lambda: self._perform(call))

    def _check_privilege(self, call: Call) -> None:
        self.faults.around(lambda planted, go: planted.authorize(call, go), lambda: _authorize(call))

    def _perform(self, call: Call) -> Reply:
        self._conditions.require(call)
        reply = self._conditions.as_get(call)
        if reply is None:
            reply = self._paging.shown(call, self._resources.perform(call, self._behaviours.perform))
        return self._conditions.finished(call, reply)

    def _read(self, call: Call, target: Target) -> Reply:
        """What a GET of the same caller is answered; raises what refuses it."""
        reading = Call(target, without_conditions(call.headers), b"", call.language, schemes=call.schemes)
        return self._serve(reading)

    def shown(self, path: str, query: str) -> str:
        """The target of a request as a log may have it: without what proves who calls, and without passwords."""
        pairs = [pair.partition("=") for pair in query.split("&")] if query else []
        told = [
            f"{name}=***" if value and self._is_secret(unquote_plus(name)) else name + sign + value
            for name, sign, value in pairs
        ]
        return self.sessions.mask(f"{path}?{'&'.join(told)}" if query else path)

    def _is_secret(self, name: str) -> bool:
        return name in self._secret_names or _PASSWORD.search(name) is not None

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Names of operations that are answered, each with one that no request can mean instead."""
        return [(operation_name(first) or "", operation_name(other) or "") for first, other in self._router.hidden]

    def _route(self, target: Target, headers: Mapping[str, str]) -> Match:
        candidates = self._router.candidates(target) if self.faults.ids else []
        return self.faults.around(
            lambda planted, go: planted.route(target, candidates, go), lambda: self._router.find(target, headers)
        )

    def _check_parameters(self, call: Call, operation: Operation) -> None:
        source = ParameterSource(call.path_values, call.target.query, call.headers, cookies(call.headers))
        given = self._requests.parameters(operation, source)
        call.parameters = with_members(given) if call.listing is not None else given

    def _read_body(self, call: Call, operation: Operation) -> None:
        required, content = self._requests.media(operation)
        if not content:
            return
        around = self.faults.around
        if not call.raw_body:
            if required:
                around(lambda planted, go: planted.check_body(call, go), _refuse_missing_body)
            return
        media_type = around(
            lambda planted, go: planted.check_content_type(call, go),
            lambda: self._requests.choose_media(operation, call.headers.get("content-type")),
        )
        media = content.get(media_type) or next(iter(content.values()))

        def check() -> None:
            call.body = self._requests.parse(media_type, call.raw_body, call.headers.get("content-type", ""))
            if is_form(media_type):
                if self._requests.is_renamed(media):
                    return  # its fields have other names on the wire
                call.body = self._requests.coerce_form(media, call.body)
            self._requests.check_body(media, call.body)

        around(lambda planted, go: planted.check_body(call, go), check)


def _served(document: Document) -> dict[str, Any]:
    """The document with what the profile knows of and the description does not say."""
    if not document.undescribed:
        return document.data
    return {**document.data, "paths": {**document.data.get("paths", {}), **document.undescribed}}


def _glance(raw_body: bytes) -> Any:
    """The body as a JSON value where it is one, else None."""
    try:
        return parse_json(raw_body)
    except Refusal:
        return None


def _refuse_missing_body() -> None:
    raise Refusal("INVALID_ARGUMENT", Message("api.body-missing"))


def _authorize(call: Call) -> None:
    needed = privilege_needed(call)
    if needed is not None and call.caller is not None and needed not in call.caller.privileges:
        raise Refusal("UNAUTHORIZED", Message("api.privilege", (needed,)))


def operation_name(operation: Operation | None) -> str | None:
    """How the log and the counters name an operation: its Python path, else its operationId."""
    return operation.label if operation is not None else None


def _field(value: str) -> bytes:
    return "".join(c if c.isprintable() else " " for c in value).strip().encode("latin-1", "replace")


def encode(reply: Reply) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """The body and headers of a reply as they go on the wire."""
    body = b""
    if reply.content_type is not None:
        # Half of a surrogate pair, which JSON may hold and UTF-8 may not, leaves as it came: escaped.
        text = json.dumps(reply.body, ensure_ascii=False) if reply.json else ""
        body = text.encode("utf-8", "backslashreplace") if reply.json else reply.body
    # What a description calls a header may be none (RFC 9110, 5.1 and 5.5).
    headers = [
        (name.lower().encode(), _field(value)) for name, value in reply.headers.items() if _TOKEN.fullmatch(name)
    ]
    if reply.content_type is not None:
        headers.append((b"content-type", _field(reply.content_type)))
    if reply.status not in (204, 304):
        headers.append((b"content-length", str(len(body)).encode()))
    return body, headers
