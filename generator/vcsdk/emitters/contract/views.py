"""What the contract templates see of an operation: every decision made, every request spelled out."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

import msgspec

from vcsdk.copied.suite.lives import home_of
from vcsdk.copied.suite.operations import Catalogue, Effect
from vcsdk.copied.suite.refusals import is_of_what_is_asked
from vcsdk.copied.suite.sources import Source
from vcsdk.emitters.contract.candidates import chosen
from vcsdk.emitters.contract.cases import foreign_text, json_media, last_member, malformed, wellformed
from vcsdk.emitters.contract.contents import Content, content_of
from vcsdk.emitters.contract.facts import IN_SEQUENCES
from vcsdk.emitters.contract.fitting import Fitting
from vcsdk.emitters.contract.heads import has_head
from vcsdk.emitters.contract.identifiers import identifies, is_one_of_few, may_make, spelled
from vcsdk.emitters.contract.refusals import Refusal, refusal_of
from vcsdk.emitters.contract.requests import (
    Request,
    address_of,
    marks_of,
    needed_in_query,
    with_values,
    without_constants,
)
from vcsdk.emitters.contract.rows import Rows, malformed_rows, wellformed_rows
from vcsdk.emitters.contract.security import gives_tokens, refused
from vcsdk.emitters.contract.smallest import NoValueError
from vcsdk.emitters.filters import code_span, python_literal, reflow
from vcsdk.ir import Api, Body, In, Json, Kind, Operation, Parameter, Role, Safety, Scalar
from vcsdk.ir.conditions import revalidated_by
from vcsdk.ir.media import covers, essence
from vcsdk.ir.resolving import resolve

_FOREIGN_TYPES = ("text/plain", "application/xml", "application/x-www-form-urlencoded")
_WITH_BODY = ("POST", "PUT", "PATCH")
_RANGES = frozenset(("4XX", "default"))
_EXPECTATIONS = ("ANY_REFUSAL", "DOCUMENTED", "unless_refused", "unless_unknown")


class OperationView(msgspec.Struct, frozen=True):
    """One test class."""

    class_name: str
    name: str
    summary: str
    request_line: str
    method: str
    path: str
    marks: tuple[str, ...]
    fixture: str
    secured: bool
    free: bool
    successes: tuple[int, ...]
    body: str = ""
    body_type: str = ""
    body_needed: bool = False
    good_bodies: Rows | None = None
    bad_bodies: Rows | None = None
    last_member: dict[str, Json] = {}
    other_types: list[str] = []
    content: Content | None = None
    good_queries: list[Request] = msgspec.field(default_factory=list)
    bad_queries: list[Request] = msgspec.field(default_factory=list)
    altered: list[Request] = msgspec.field(default_factory=list)
    unknown: str = ""
    unknown_status: str = "404"
    refused: Refusal = Refusal((400,))
    conventional: bool = True
    below: bool = False
    content_type: str = "application/json"
    unknown_text: str = ""
    positive: bool = False
    reads: bool = False
    repeats: bool = False
    answers_json: bool = False
    documented: frozenset[str] = frozenset()
    validators: tuple[str, ...] = ()
    has_head: bool = False
    auth_marks: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    attempts: list[tuple[str, str]] = msgspec.field(default_factory=list)

    @property
    def doc(self) -> str:
        """The docstring of the test class."""
        summary = reflow(self.summary)
        return f"{summary}\n\n{code_span(self.request_line)}" if summary else code_span(self.request_line)

    @property
    def verb(self) -> str:
        """How the test calls it, up to the path: `post(`, or `request("DELETE", ` where only that takes a body."""
        if self.content is not None:
            return f"request({python_literal(self.method)}, "
        plain = self.method in _WITH_BODY or (self.method in ("GET", "DELETE") and not self.body)
        return f"{self.method.lower()}(" if plain else f"request({python_literal(self.method)}, "

    @property
    def call(self) -> str:
        """How the test calls it, path included: `post(self.PATH`."""
        return f"{self.verb}self.PATH"

    @property
    def states_path(self) -> bool:
        """True if a test of the class sends something to `PATH`, and not to a path of its own."""
        return bool(self.positive or self.bad_bodies or self.unknown or self.secured or self.attempts)

    @property
    def states_body(self) -> bool:
        """True if a test of the class sends `BODY`, or starts from it."""
        return bool(
            self.body and (self.positive or self.bad_bodies or ((self.unknown or self.attempts) and self.body_needed))
        )

    @property
    def sent(self) -> str:
        """The body of an ordinary call, as the test writes it."""
        return "self.BODY" if self.body_needed else "ABSENT"

    @property
    def auth_body(self) -> bool:
        """True if an unauthenticated request carries a malformed body, so that it has two reasons to be refused."""
        return self.fixture == "careful" and self.body_needed

    @property
    def refusal(self) -> str:
        """What the answer to a malformed request must be, as the test writes it."""
        return self._unless_unknown(self.refused)

    @property
    def refuses_types(self) -> bool:
        """True if a body of another content type must be refused: whoever does not say so may read it all the same."""
        return self.conventional or "415" in self.documented

    @property
    def type_refusal(self) -> str:
        """What the answer to a body of another content type may be, as the test writes it."""
        if self.refuses_types:
            return self._unless_unknown(self.refused.also(415))
        return self._or_success(self.refused.also(404, 415))

    @property
    def syntax_refusal(self) -> str:
        """The same for a body that is no JSON: frameworks answer 400 before any operation is reached (RFC 9110)."""
        return self._unless_unknown(self.refused.also(400))

    @property
    def bad_query_refusal(self) -> str:
        """The same where the path's parameter is unknown to the server, too: either may be noticed first."""
        if self.conventional:
            return self.refused.also(404).text if self.below else self.refused.text
        return self.refusal

    @property
    def accepted(self) -> str:
        """What the answer to a request that fits may be, as the test writes it."""
        if not self.successes:
            return "DOCUMENTED"
        if self._documented_refusals:
            return f"unless_refused({', '.join(map(str, self.successes))})"
        return str(self.successes if len(self.successes) > 1 else self.successes[0])

    @property
    def unless_forbidden(self) -> str:
        """The same of an account that may lack the privilege."""
        return str((*(self.successes or (200,)), 403))

    @property
    def _documented_refusals(self) -> list[int]:
        """What the operation documents for requests that fit their schemas, and are refused all the same."""
        exact = {int(status) for status in self.documented if status.isdecimal()}
        return [
            status
            for status in sorted(exact | ({*range(400, 500)} if self.documented & _RANGES else set()))
            if is_of_what_is_asked(status, free=self.free)
        ]

    @property
    def certain_queries(self) -> list[Request]:
        """Requests with a parameter that must be accepted."""
        return [request for request in self.good_queries if not request.free]

    @property
    def free_queries(self) -> list[Request]:
        """Requests with a text that may be refused as one of its kind."""
        return [request for request in self.good_queries if request.free]

    @property
    def either(self) -> str:
        """What the answer to those may be, as the test writes it."""
        refused = Refusal((), any_other=True) if self.documented & _RANGES else self.refused
        return self._or_success(refused.also(*self._documented_refusals))

    def _or_success(self, refused: Refusal) -> str:
        text = refused.text
        if not self.successes:
            return "DOCUMENTED"
        return f"({', '.join(map(str, self.successes))}, {text if text.isdecimal() else f'*{text}'})"

    @property
    def odd_refusal(self) -> str:
        """What may refuse an odd identifier besides 404, where that is not what servers of the profile do."""
        return "" if self.conventional else f", refused={self.refused.also(400, 414).text}"

    @property
    def expectations(self) -> set[str]:
        """The names of the suite that the expected answers mention."""
        texts = [self.refusal, self.syntax_refusal, self.type_refusal] if self.bad_bodies else []
        texts += [self.bad_query_refusal] if self.bad_queries else []
        texts += [self.either] if self.free_queries else []
        texts += [self.odd_refusal, self.unknown_status] if self.unknown else []
        texts += [self.accepted] if self.positive else []
        return {name for name in _EXPECTATIONS if any(name in text for text in texts)}

    @property
    def shown_by(self) -> str:
        """The lists that give what the path names, and the successes, as the test writes them."""
        return ", ".join((self.shown_in, *map(str, self.successes)))

    @property
    def shown_in(self) -> str:
        """The lists alone."""
        made = [f"Source({', '.join(_arguments(source))})" for source in self.sources]
        return f"({', '.join(made)}{',' if len(made) == 1 else ''})"

    @property
    def typed(self) -> str:
        """The argument for the body's content type, where it is not that of JSON itself."""
        return f", content_type={python_literal(self.content_type)}" if self.content_type != "application/json" else ""

    @property
    def always_typed(self) -> str:
        """The same for a body that is wrong, or missing: it must not be refused for its type."""
        return self.typed if self.conventional else f", content_type={python_literal(self.content_type)}"

    def _unless_unknown(self, refusal: Refusal) -> str:
        if self.conventional or not self.below:
            return refusal.text
        text = refusal.text
        # It takes a tuple, also of one.
        return f"unless_unknown({f'({text},)' if text.isdecimal() else text})"

    @property
    def unknown_name(self) -> str:
        """The last path parameter's name as a part of a test's name."""
        return re.sub(r"\W+", "_", self.unknown).strip("_").lower() or "item"


def _arguments(source: Source) -> Iterator[str]:
    yield python_literal(source.operation)
    if source.items:
        yield f"items={source.items!r}"
    if source.key:
        yield f"key={python_literal(source.key)}"


def free_name(name: str, taken: set[str]) -> str:
    """The name, or with the lowest number behind it that makes it new; it is taken afterwards."""
    numbers = (f"{name}_{number}" for number in itertools.count(2))
    free = next(candidate for candidate in itertools.chain((name,), numbers) if candidate not in taken)
    taken.add(free)
    return free


def operation_view(
    api: Api,
    catalogue: Catalogue,
    operation: Operation,
    sequenced: frozenset[str],
    classes: set[str],
    fitting: Fitting,
) -> OperationView:
    """The view of one operation.

    `sequenced` names those whose success a sequence shows; `classes` are the names its module has already.
    """
    fact = catalogue.named(operation.python_path)
    if fact is None:
        raise KeyError(operation.python_path)
    needed = needed_in_query(api, operation)
    path = address_of(api, operation, (*operation.fixed_query, *(needed or {}).items()))
    marks = marks_of(catalogue, operation.method, path)
    in_path = [p for p in operation.parameters if p.location is In.PATH]
    refusal = refusal_of(api, operation)
    sequenced_elsewhere = operation.role in IN_SEQUENCES or operation.python_path in sequenced
    bodies = _bodies(api, operation, fitting)
    content = None
    if operation.body is not None and not bodies:
        content = content_of(operation.body, api.schemas, functools.partial(fitting.body, operation))
    has_none = operation.body is not None and operation.body.required and not bodies and content is None
    asks = in_path and not has_none and needed is not None
    without = in_path or needed is None or sequenced_elsewhere or has_none or fact.unanswerable
    # Signing in shows what it gives for a right password; a made-up one is refused.
    positive = not (without or gives_tokens(catalogue, operation))
    return OperationView(
        class_name=free_name("Test" + "".join(word.capitalize() for word in operation.name.split("_")), classes),
        name=operation.python_path,
        summary=operation.summary or operation.description,
        request_line=operation.request_line,
        method=operation.method,
        path=path,
        marks=marks,
        fixture="careful" if fact.effect is Effect.DESTRUCTIVE else "target",
        secured=bool(catalogue.session_header) and fact.secured,
        free=not fact.secured,
        successes=_successes(operation),
        **bodies,
        content=content,
        good_queries=[] if in_path or needed is None else with_values(api, catalogue, operation, needed, good=True),
        bad_queries=[] if has_none else with_values(api, catalogue, operation, needed or {}, good=False),
        altered=without_constants(api, catalogue, operation, needed or {}),
        unknown=in_path[-1].wire_name if asks and _may_be_missing(api, operation, in_path[-1]) else "",
        unknown_status=_unknown_status(api, operation, in_path[-1], refusal) if in_path else "404",
        unknown_text=spelled(in_path[-1], api.schemas, may_make(operation)) if in_path else "",
        refused=refusal,
        conventional=api.profile == "vapi",
        below=bool(in_path),
        positive=positive,
        reads=positive and fact.effect is Effect.READ and not marks and content is None,
        repeats=positive and fact.effect is Effect.READ and not marks and not operation.task and content is None,
        answers_json=_answers_json(operation),
        documented=frozenset(response.status for response in operation.responses),
        validators=revalidated_by(operation),
        has_head=has_head(api, operation),
        attempts=refused(api, operation, catalogue.schemes) if needed is not None and not has_none else [],
        auth_marks=() if operation.role is Role.SESSION_DELETE else marks,
    )


def _successes(operation: Operation) -> tuple[int, ...]:
    """What an ordinary request may be answered with; nothing where a range says so.

    A redirection is what some operations are for; 304 answers a condition that no ordinary request has.
    """
    if operation.success is None or any(response.status == "2XX" for response in operation.responses):
        return ()
    exact = (int(response.status) for response in operation.responses if response.status.isdecimal())
    return tuple(sorted(status for status in exact if 200 <= status < 400 and status != HTTPStatus.NOT_MODIFIED))


def _bodies(api: Api, operation: Operation, fitting: Fitting) -> dict[str, Any]:
    """What a view has of an operation's JSON body; nothing where no body ends."""
    body, media = operation.body, json_media(operation.body)
    if body is None or media is None or media.type is None:
        return {}
    fits, exact = fitting.body(operation, media), api.profile == "vapi"
    try:
        smallest = chosen(media, api.schemas, fits)
    except NoValueError:
        return {}
    bad = malformed(body, api.schemas, fits, exact=exact)
    return {
        "body": python_literal(smallest),
        "body_type": "dict[str, object]" if isinstance(smallest, dict) else "object",
        "body_needed": body.required or not exact,
        "content_type": media.content_type,
        "good_bodies": wellformed_rows(wellformed(body, api.schemas, fits, exact=exact), smallest),
        "bad_bodies": malformed_rows(bad, smallest) if bad else None,
        # What servers make of a name that comes twice, or of more than JSON allows, is theirs (RFC 8259, 4 and 9).
        "last_member": last_member(body, api.schemas) if exact else {},
        "other_types": _other_types(api, operation, body),
    }


def _other_types(api: Api, operation: Operation, body: Body) -> list[str]:
    """Content types that a body must not have; none where a server that reads it all the same may do harm."""
    must = api.profile == "vapi" or any(response.status == "415" for response in operation.responses)
    if not must and operation.safety is Safety.DESTRUCTIVE:
        return []
    documented = [essence(media.content_type) for media in body.content]
    return [each for each in _FOREIGN_TYPES if not any(covers(declared, each) for declared in documented)]


def rules_of(views: list[OperationView], methods: list[Request]) -> dict[str, list[str]]:
    """The modules of `checks` and of `probes` that a module of these tests calls; a package without any is left out."""
    reads = [view for view in views if view.reads]
    used: dict[str, dict[str, Sequence[object]]] = {
        "checks": {
            "unknown_id": [view for view in views if view.unknown and view.unknown_status == "unknown_id.hold"],
            "authentication": [view for view in views if view.secured],
            "constants_significant": [view for view in views if view.altered],
            "foreign_method": methods,
        },
        "probes": {
            "repeats_agree": [view for view in reads if view.repeats],
            "time_limit": reads,
            "json_only": [view for view in reads if view.answers_json],
            "not_acceptable": [view for view in reads if "406" in view.documented],
            "not_modified": [view for view in reads if view.validators],
            "head_as_get": [view for view in reads if view.has_head],
            "media_type": [view for view in reads if view.body and not view.typed],
            "credentials_needed": [view for view in views if view.attempts],
            "listed_found": [view for view in views if view.sources],
            "body_on_get": [view for view in reads if not view.body and view.method == "GET"],
        },
    }
    found = {package: sorted(name for name, users in rules.items() if users) for package, rules in used.items()}
    return {package: names for package, names in found.items() if names}


def _may_be_missing(api: Api, operation: Operation, last: Parameter) -> bool:
    """Whether a path ends in an identifier and the operation documents 404."""
    statuses = {response.status for response in operation.responses}
    documented = "404" in statuses or (api.profile == "vapi" and not statuses.isdisjoint(("4XX", "default")))
    ends = operation.path.endswith("}") or bool(home_of(operation.path))
    return documented and ends and identifies(api, operation, last) and not is_one_of_few(last, api.schemas)


def _unknown_status(api: Api, operation: Operation, last: Parameter, refused: Refusal) -> str:
    """What an unknown identifier is answered: 404 where it is well-formed and the operation says so."""
    if api.profile == "vapi":
        return "unknown_id.hold" if _is_text(last, api) else "(400, 404)"
    exact = any(response.status == "404" for response in operation.responses)
    return (
        "unknown_id.hold" if exact and isinstance(resolve(last.type, api.schemas), Scalar) else refused.also(404).text
    )


def _answers_json(operation: Operation) -> bool:
    success = operation.success
    content = success.content if success is not None else ()
    return bool(content) and all("json" in media.content_type for media in content)


def _is_text(parameter: Parameter, api: Api) -> bool:
    """True if any text is a value of the parameter, so that an unknown one is well-formed."""
    return parameter.type == Scalar(Kind.STRING) and foreign_text(parameter.type, api.schemas) is None
