"""Generated requests: schemathesis makes them and judges the answers, the run's gate sends them.

schemathesis is imported only where a fuzz test is collected: it takes a second to load.
"""

from __future__ import annotations

import datetime
import io
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from . import addresses, fuzz_document, newer, sampled, tasks, unwritable, vcha, vcha_rules
from .answers import Answer
from .checks import error_shape, error_type, secret_shown, stack_trace_shown, state_refusal
from .checks.status_documented import BEFORE_ANY_OPERATION
from .contract import Contract
from .credentials import Sent
from .description import Description
from .fields import beside
from .gate import NotExercised, RequestRefused
from .lenient import has_no_spelling, may_be_taken, says_what_it_likes
from .operations import SESSION_ROLES, Catalogue, Effect, Operation
from .refusals import USUAL
from .settings import Settings
from .untested import AWAY, OURS, Unarmed, Untested

if TYPE_CHECKING:
    from schemathesis.openapi import OpenApiSchema  # type: ignore[attr-defined]

    from .run import Run
    from .target import Target

# Refusals of a request that fits its schema: right at the wrong moment, or with fields beside the documented ones,
# which a schema allows and vAPI servers may refuse (VMware vAPI, "Standard Errors").
_EXCUSED = frozenset(
    {
        "ALREADY_EXISTS",
        "ALREADY_IN_DESIRED_STATE",
        "CONCURRENT_CHANGE",
        "FEATURE_IN_USE",
        "NOT_ALLOWED_IN_CURRENT_STATE",
        "RESOURCE_BUSY",
        "RESOURCE_IN_USE",
        "RESOURCE_INACCESSIBLE",
        "UNEXPECTED_INPUT",
        "UNSUPPORTED",
    }
)
_NEEDS_POWERLESS = (
    "malformed requests of a destructive operation are sent without the privilege only: pass --powerless-username"
)
_MOST_TASKS = 4
_settings: list[Settings] = []


def use(settings: Settings) -> None:
    """Generate with the seed and number of these settings from now on."""
    _settings[:] = [settings]
    # What an earlier run in this process left was made for its settings.
    sys.modules.pop(f"{__name__.rsplit('.', 2)[0]}.test_fuzz", None)


def schema(path: Path, catalogue: Catalogue) -> OpenApiSchema:
    """The bundled description as schemathesis reads it."""
    import schemathesis
    from schemathesis.config import SchemathesisConfig

    forget_local_constants()
    document = fuzz_document.prepared(Description(path), catalogue)
    settings = _settings[0] if _settings else Settings("http://localhost")
    config = SchemathesisConfig.from_dict(
        {
            "seed": settings.seed,
            "generation": {
                "max-examples": max(settings.fuzz_examples, 1),
                "database": "none",
                # Made-up tokens would only ever be answered 401; every request is sent in the run's own session.
                "with-security-parameters": False,
            },
            "phases": {
                "fuzzing": {"enabled": settings.fuzz_examples > 0},
                # A method the path does not document may be taken for anything; the suite tries those with care.
                "coverage": {"unexpected-methods": []},
            },
            "checks": {
                # These send requests of their own with other credentials; the suite's authentication tests cover them.
                "ignored_auth": {"enabled": False},
                "object_level_authorization": {"enabled": False},
            },
            "operations": list(_modes(catalogue, settings)),
        }
    )
    return schemathesis.openapi.from_dict(document, config=config)


def forget_local_constants() -> None:
    """Let the same seed give the same requests wherever the run is started.

    hypothesis mixes constants from the source of whatever modules the process has loaded into what it generates, and
    has no setting for that.
    """
    from hypothesis.internal.conjecture import providers

    if hasattr(providers, "_get_local_constants"):
        nothing = type(providers._get_local_constants())()
        providers._get_local_constants = lambda: nothing


def _modes(catalogue: Catalogue, settings: Settings) -> Iterator[dict[str, Any]]:
    """Which kinds of requests are generated for operations, where it is not all of them.

    Each entry names many operations: schemathesis goes through the entries for each operation, many times.
    """
    skipped = [o.label for o in catalogue.operations if _objection(o, settings) is not None]
    # The suite sends every well-formed request there is; what is left are malformed ones.
    finite = [o.label for o in catalogue.operations if o.finite]
    careful = [
        o.label
        for o in catalogue.operations
        if not o.finite and o.effect is Effect.DESTRUCTIVE and not settings.powerless_login[0]
    ]
    # What is made while tests are collected takes most of the time, and is for nothing where the test is skipped.
    nothing = {"examples": {"enabled": False}, "coverage": {"enabled": False}, "fuzzing": {"enabled": False}}
    for names, wanted in (
        (skipped, {"phases": nothing}),
        (finite, {"generation": {"mode": "negative"}}),
        (careful, {"generation": {"mode": "positive"}}),
    ):
        if names:
            yield {"include-name": names, **wanted}


def send(case: Any, run: Run) -> None:
    """Send a generated request through the run's gate and judge the answer.

    Raises:
        AssertionError: The answer breaks the contract.
    """
    __tracebackhide__ = True
    import requests

    if _is_in_the_suite(run, case) or _is_of_a_twin(run, case) or _has_read_only(run, case):
        return
    operation = run.catalogue.labelled(case.operation.label)
    if operation is not None and not _is_malformed(case) and not sampled.is_wellformed(run, operation, case):
        return
    if operation is not None and (_is_unwritable(run, operation, case) or _starts_too_many(run, operation, case)):
        return
    run.recover()
    account = _account(run, case)
    state = _state(run, case)
    failures = (requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL)
    unsendable: tuple[type[Exception], ...] = (*OURS, *failures)
    try:
        answer, response, sent = _sent(run, case, account)
    except unsendable:
        return  # no bytes say it
    if account is run.powerless and answer.status == HTTPStatus.FORBIDDEN:
        # Refused for the privilege: what the target makes of the request shows only to one who has it.
        answer, response, sent = _sent(run, case, run.target)
    _let_end(run, answer)
    # A generated value may be any: whether the answer's status is documented and its body fits, schemathesis says.
    contract = Contract(run.description, run.catalogue, run.secrets)
    for rule in (secret_shown.hold, stack_trace_shown.hold, error_shape.hold, error_type.hold):
        rule(answer, contract)
    excused = is_excused(answer, state, case.body) or gives_no_type(answer, run.description, run.catalogue)
    excluded = [_check("positive_data_acceptance")] if excused else []
    free = _is_refused_freely(case, answer, run)
    if free and not excused:
        excluded.append(_check("positive_data_acceptance"))
    if (case.media_type and not unwritable.is_json(str(case.media_type))) or _may_be_taken(case, run):
        # All is text in a form, and any bytes are an image: what breaks a schema may be the same as what fits it.
        excluded.append(_check("negative_data_rejection"))
    elif 400 <= answer.status < 500 or answer.status in BEFORE_ANY_OPERATION:
        # A refusal: schemathesis does not know of all that they are such.
        excluded.append(_check("negative_data_rejection"))
    if not unwritable.is_json(answer.content_type) or newer.error_type(answer, run.catalogue):
        # schemathesis reads whatever has a schema as JSON.
        excluded.append(_check("response_schema_conformance"))
    if answer.status == HTTPStatus.NOT_FOUND and case.path_parameters and not unwritable.is_json(answer.content_type):
        # No route leads to such an identifier: that is the page of what stands before every operation.
        excluded.append(_check("content_type_conformance"))
    refused = (excused or free or _is_malformed(case)) and _is_usual_refusal(answer, run.description)
    if refused or answer.status in BEFORE_ANY_OPERATION:
        # Few descriptions document the refusal of what their schemas exclude; it is the right answer all the same.
        excluded.append(_check("status_code_conformance"))
    case.validate_response(response, excluded_checks=excluded, headers=sent["headers"], transport_kwargs=sent)
    run.extra_check(answer)


def _is_unwritable(run: Run, operation: Operation, case: Any) -> bool:
    return run.description.is_unwritable(operation, case, malformed=_is_malformed(case))


def _starts_too_many(run: Run, operation: Operation, case: Any) -> bool:
    """True if what only looks has looked often enough: it may do so for minutes, each time in a task of its own."""
    may_start = operation.effect is Effect.READ and not _is_malformed(case)
    return may_start and run.gate.links.started(operation) >= _MOST_TASKS


def _sent(run: Run, case: Any, account: Target) -> tuple[Answer, Any, dict[str, Any]]:
    """The answer to a request that an account sends, the same as `requests` has it, and how it was sent."""
    import requests

    own = account.credentials_for(case.method, case.formatted_path)
    adapter, session = _adapter(run, own), requests.Session()
    for prefix in ("http://", "https://"):
        session.mount(prefix, adapter)
    cookies = "; ".join(f"{name}={value}" for name, value in (case.cookies or {}).items())
    fields = beside({"Cookie": cookies}, own.fields) if "Cookie" in own.fields else own.fields
    fields = {**(sampled.fresh_keys(case) if not _is_malformed(case) else {}), **fields}
    # The answer to the request is judged, and not that to where it points.
    sent = {"base_url": run.url(""), "session": session, "headers": fields, "allow_redirects": False}
    try:
        response = case.call(**sent)
    except httpx2.TransportError as error:
        if run.away_by_agreement and not isinstance(error, OURS):
            raise Untested(AWAY) from None
        raise
    unarmed = account.unarmed_for(case.method, case.formatted_path)
    answer = run.answer(adapter.last, case.formatted_path, credentials=own.values, unarmed=unarmed)
    if answer.is_stopped:
        raise Unarmed(unarmed)
    return answer, response, sent


def _account(run: Run, case: Any) -> Target:
    """Who sends a request: what must be refused for its form is sent by one who may not do it either."""
    operation = run.catalogue.labelled(case.operation.label)
    if operation is None or operation.effect is not Effect.DESTRUCTIVE or not _is_malformed(case):
        return run.target
    if run.powerless is None:
        pytest.skip(_NEEDS_POWERLESS)
    return run.powerless


def _is_in_the_suite(run: Run, case: Any) -> bool:
    # The documented example comes along whatever kinds of requests are asked for.
    operation = run.catalogue.labelled(case.operation.label)
    return operation is not None and operation.finite and not _is_malformed(case)


def _has_read_only(run: Run, case: Any) -> bool:
    """Whether a request says what only answers should: it is neither well-formed nor to be refused."""
    operation = run.catalogue.labelled(case.operation.label)
    return operation is not None and run.description.has_read_only(operation, case.body)


def _is_of_a_twin(run: Run, case: Any) -> bool:
    """Whether a request lacks what tells its operation from another, and so is a request for that one."""
    operation = run.catalogue.labelled(case.operation.label)
    if operation is None or set(operation.presence) <= set(case.query or {}):
        return False
    twins = (o for o in run.catalogue.operations if (o.method, o.path) == (operation.method, operation.path))
    return any(set(o.presence) < set(operation.presence) and o.query == operation.query for o in twins)


def _is_usual_refusal(answer: Answer, description: Description) -> bool:
    """400; where the operation documents no refusal of a content, also what else servers use for it."""
    if answer.operation is None or answer.status not in USUAL:
        return answer.status == 400
    documented = description.statuses(answer.operation)
    return answer.status == 400 or {*map(str, USUAL)}.isdisjoint(documented)


NOTHING_MADE_UP = "not exercised: schemathesis can make up no request that fits the description"


def is_nothing_made_up(error: Exception) -> bool:
    """True for what hypothesis raises where no value meets all conditions, schemathesis where it knows of none."""
    hypothesis, errors = sys.modules.get("hypothesis.errors"), sys.modules.get("schemathesis.core.errors")
    known = (hypothesis.Unsatisfiable, hypothesis.FailedHealthCheck) if hypothesis is not None else ()
    return isinstance(error, (*known, *((errors.SchemathesisError,) if errors is not None else ())))


def _is_refused_freely(case: Any, answer: Answer, run: Run) -> bool:
    """Whether a request that fits its schema is refused, of which no schema can tell whether it is right."""
    operation = run.catalogue.labelled(case.operation.label)
    if not 400 <= answer.status < 500 or operation is None or _is_malformed(case):
        return False
    if run.description.refuses(answer):
        return True
    # VMware's say what is wrong with a text by an error type of its own.
    told = not run.catalogue.error_statuses and says_what_it_likes(case, operation, run.description)
    return told or has_no_spelling(case)


def _may_be_taken(case: Any, run: Run) -> bool:
    """Whether a request is malformed for strict readers only, and the API is not one of those that promise them."""
    operation = run.catalogue.labelled(case.operation.label)
    strict = operation is None or run.catalogue.error_statuses or not _is_malformed(case)
    return not strict and operation is not None and may_be_taken(case, operation, run.description)


def _is_malformed(case: Any) -> bool:
    return case.meta is not None and bool(case.meta.generation.mode.is_negative)


def _state(run: Run, case: Any) -> dict[str, Any] | None:
    """The cluster's state before a request that depends on it; None where there is none, or it does not matter."""
    operation = run.catalogue.labelled(case.operation.label)
    depending = (("PUT", addresses.SET_MODE), ("POST", addresses.FAILOVER))
    if operation is None or operation not in (addresses.operation(run.catalogue, *one) for one in depending):
        return None
    return vcha.cluster(run.target) if addresses.operation(run.catalogue, "POST", addresses.CLUSTER) else None


def is_excused(answer: Answer, state: dict[str, Any] | None, body: Any) -> bool:
    """True if a request that fits its schema may be refused like this, in this state.

    Raises:
        Finding: It is refused for a state that allows it.
    """
    if answer.status < 400 or "json" not in answer.content_type or not answer.content:
        return False
    error = answer.value
    kind = error.get("error_type") if isinstance(error, dict) else None
    if state is not None and answer.operation is not None and _allowed(answer.operation, state, body):
        state_refusal.accepted(answer, f"{state.get('mode')} and {state.get('health_state')}")
    return kind in _EXCUSED


def gives_no_type(answer: Answer, description: Description, catalogue: Catalogue) -> bool:
    """True for a documented refusal without `error_type` in an API whose errors have one: it cannot say why."""
    media = description.media(answer.operation, answer) if answer.status >= 400 and catalogue.error_statuses else None
    return media is not None and "schema" in media and "error_type" not in description.properties(media["schema"])


def _allowed(operation: Operation, state: dict[str, Any], body: Any) -> bool:
    if ("action", "failover") in operation.query:
        return vcha_rules.allows_failover(state)
    wanted = body.get("mode") if isinstance(body, dict) else None
    return wanted is not None and vcha_rules.allows_mode(state, wanted)


def _let_end(run: Run, answer: Answer) -> None:
    """Wait for what an accepted request started, so that the next one meets a target at rest."""
    operation = answer.operation
    if operation is None or operation.effect is Effect.READ or run.catalogue.with_role("task-get") is None:
        return
    started = 200 <= answer.status < 300 and answer.content_type == "application/json"
    if started and isinstance(answer.result, str) and not tasks.is_hopeless(run.target, answer.result):
        tasks.wait_out(run.target, answer.result)


def _check(name: str) -> Any:
    from schemathesis.checks import CHECKS, load_all_checks

    load_all_checks()
    return CHECKS.get_one(name)


def objection(item: pytest.Item, catalogue: Catalogue, settings: Settings) -> str | None:
    """Why the fuzz test of an operation is skipped; None if it may run, or the item is no fuzz test."""
    operation = _operation(item, catalogue)
    return _objection(operation, settings) if operation is not None else None


def _objection(operation: Operation, settings: Settings) -> str | None:
    if operation.role in SESSION_ROLES:
        return "sessions are tested with throw-away ones, not fuzzed"
    named = settings.allowed & {operation.name, operation.operation_id}
    if operation.indistinct:
        return "another operation has the same method, path and query: nothing tells which of them a request means"
    if operation.effect.rank > settings.level.rank:
        return f"{operation.effect}: pass --level {operation.effect} --allow {operation.name}"
    if operation.effect is not Effect.READ and not named:
        return f"{operation.effect}: fuzzed only if named, pass --allow {operation.name}"
    if operation.unanswerable:
        return "no finite value fits the documented success: no server can answer it"
    if operation.bare:
        return "takes no input: there is nothing to generate"
    if operation.effect is Effect.DESTRUCTIVE and operation.finite and not settings.powerless_login[0]:
        return _NEEDS_POWERLESS
    return None


def rank(item: pytest.Item, catalogue: Catalogue) -> int:
    """Where a fuzz test stands in the order of a run: behind the suite's tests of the same effect."""
    operation = _operation(item, catalogue)
    return 0 if operation is None else operation.effect.rank * 2 + 1


def operation_name(item: pytest.Item, catalogue: Catalogue) -> str:
    """The name of the operation that a fuzz test is about, "" for any other test."""
    operation = _operation(item, catalogue)
    return operation.name if operation is not None else ""


def _operation(item: pytest.Item, catalogue: Catalogue) -> Operation | None:
    label = getattr(item, "operation_label", None)
    if label is None:
        return None
    return catalogue.labelled(label)


def _adapter(run: Run, own: Sent) -> Any:
    import requests
    from requests.adapters import BaseAdapter
    from urllib3 import HTTPHeaderDict, HTTPResponse

    class GateAdapter(BaseAdapter):
        """Sends what `requests` prepared through the run's client, and so through its gate."""

        last: Any = None

        def send(self, request: Any, *_: Any, **__: Any) -> requests.Response:
            sent = run.client.build_request(
                request.method, own.address(request.url), content=request.body, headers=list(request.headers.items())
            )
            try:
                answer = run.client.send(sent)
            except NotExercised as reason:
                raise Untested(str(reason)) from None
            except RequestRefused as refusal:
                pytest.fail(f"the fuzz tried to send what it may not: {refusal}", pytrace=False)
            self.last = answer
            response = requests.Response()
            response.status_code = answer.status_code
            response.reason = answer.reason_phrase
            response.headers.update(answer.headers)
            response.raw = HTTPResponse(
                body=io.BytesIO(answer.content),
                headers=HTTPHeaderDict([(k, v) for k, v in answer.headers.multi_items() if k.lower() not in _DECODED]),
                status=answer.status_code,
                reason=answer.reason_phrase,
                version=11,
                preload_content=False,
            )
            response.url, response.request = request.url, request
            response.encoding = answer.encoding
            response.elapsed = datetime.timedelta(seconds=run.gate.exchanges[-1].seconds)
            return response

        def close(self) -> None:
            """Nothing to close: the connections are the client's."""

    return GateAdapter()


_DECODED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
