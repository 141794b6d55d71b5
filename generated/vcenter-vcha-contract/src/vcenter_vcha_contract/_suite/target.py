"""The server under test, as one account sees it."""

from __future__ import annotations

import enum
import functools
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, TypeVar

import httpx2
import pytest

from . import conformance, paths
from .answers import Answer
from .check import Finding, first_of
from .checks import expected_status, redirect_leaves, stack_trace_shown, status_documented
from .contract import Contract
from .credentials import NOTHING, Sent, basic_value, chosen, lacking, together
from .fields import beside
from .gate import NotExercised, RequestRefused
from .line import Line
from .needed import needed
from .signing import keys_of
from .untested import AWAY, OURS, REFUSED, UNARMED, UNSENDABLE, Unarmed, Unsendable, Untested


class Absent(enum.Enum):
    """Tells "no body" from the JSON body null."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "no body"


class Documented(enum.Enum):
    """Stands for every status that the operation documents."""

    DOCUMENTED = "documented"


DOCUMENTED_ONLY = "It fails where that is not so, or an answer is not as documented."
ABSENT = Absent.ABSENT
DOCUMENTED = Documented.DOCUMENTED
Expected = int | tuple[int, ...] | Documented | expected_status.UnlessRefused | Callable[[Answer], None]
"""What an answer must be: a status, one of several, any documented one, or what a check (`checks`) asks for."""


class Target:
    """Sends requests as one account and holds each answer to the contract.

    `credentials` are headers sent with every request; None signs in when the first request is made.
    """

    def __init__(
        self, run: Line, username: str = "", password: str = "", *, credentials: dict[str, str] | None = None
    ) -> None:
        self.run = run
        self.username = username
        self._password = password
        self._credentials = credentials
        self._signs_in = credentials is None
        self._keys: dict[str, str] | None = None
        self.may_be_forbidden = False

    def __repr__(self) -> str:
        return f"<Target {self.run.settings.url} as {self.username or 'nobody'}>"

    def get(self, path: str, *, expect: Expected = 200) -> Answer:
        """GET below the API's prefix; the answer has an expected status and keeps the contract."""
        return self.request("GET", path, expect=expect)

    def post(self, path: str, body: Any = ABSENT, *, content_type: str = "", expect: Expected = 200) -> Answer:
        """POST with a JSON body, or with none."""
        return self.request("POST", path, body, content_type=content_type, expect=expect)

    def put(self, path: str, body: Any = ABSENT, *, content_type: str = "", expect: Expected = 200) -> Answer:
        """PUT with a JSON body, or with none."""
        return self.request("PUT", path, body, content_type=content_type, expect=expect)

    def patch(self, path: str, body: Any = ABSENT, *, content_type: str = "", expect: Expected = 200) -> Answer:
        """PATCH with a JSON body, or with none."""
        return self.request("PATCH", path, body, content_type=content_type, expect=expect)

    def delete(self, path: str, *, expect: Expected = 204) -> Answer:
        """DELETE below the API's prefix."""
        return self.request("DELETE", path, expect=expect)

    def request(
        self,
        method: str,
        path: str,
        body: Any = ABSENT,
        *,
        content: bytes | None = None,
        content_type: str = "",
        headers: Mapping[str, str] | None = None,
        expect: Expected = 200,
    ) -> Answer:
        """Send a request and hold its answer to the contract.

        `content` replaces the JSON form of `body`.  `content_type` is that of either, and is sent without one, too; a
        body without it is `application/json`.  An account that may lack the privilege may also be answered 403 where
        a refusal is expected.

        Raises:
            AssertionError: The answer breaks the contract.
        """
        __tracebackhide__ = True
        how: dict[str, Any] = {"content": content, "content_type": content_type, "headers": headers}
        try:
            answer = self.send(method, path, body, **how)
            if answer.status == HTTPStatus.NOT_FOUND and isinstance(expect, expected_status.UnlessUnknown):
                own = self.run.existing(self, answer.operation, path)
                answer = self.send(method, own, body, **how) if own is not None else answer
        except httpx2.TransportError as error:
            if self.run.away_by_agreement:
                raise Untested(AWAY) from None
            pytest.fail(f"{method} {path}: no answer, {type(error).__name__}: {error}", pytrace=False)
        return self.hold(answer, expect=expect)

    def hold(self, answer: Answer, *, expect: Expected = 200) -> Answer:
        """Hold an answer to the contract, and return it.

        Raises:
            Finding: It breaks the contract, or is not an expected one.
            Untested: It is a documented refusal of a request whose values are made up, or (`Unarmed`) that of a request
                without the credential that the target asks for.
        """
        __tracebackhide__ = True
        if answer.is_stopped:
            raise Unarmed(answer.unarmed)
        self.run.expected = expected_status.told(expect) or DOCUMENTED_ONLY
        expected: tuple[int, ...] = ()
        refused = False
        if isinstance(expect, expected_status.UnlessRefused):
            refused = self.run.description.refuses(answer)
            expected = (answer.status,) if refused else expect.successes
        elif callable(expect):
            expect(answer)
            # A server that breaks has refused nothing, whatever the rule looks at.
            expected = (answer.status,) if answer.status < 500 or answer.status == HTTPStatus.NOT_IMPLEMENTED else ()
        elif not isinstance(expect, Documented):
            expected = self._allowed(expect)
        found = conformance.departures(
            answer,
            Contract(
                self.run.description,
                self.run.catalogue,
                self.run.secrets,
                self.run.settings.undocumented_fields == "fail",
                expected,
            ),
        )
        # One that shows a trace has broken: its status says the same.
        told = {
            status_documented.CHECK,
            redirect_leaves.CHECK,
            *([stack_trace_shown.CHECK] if answer.status >= 500 else []),
        }
        if not any(finding.check in told for finding in found):
            found += self._unexpected(answer, expected)
        if found:
            raise first_of(found)
        self.run.extra_check(answer)
        if refused:
            raise Untested(REFUSED)
        return answer

    def fits(self, answer: Answer) -> None:
        """Hold the body of an answer to what is documented of its status and content type, where that is.

        Raises:
            Finding: It breaks the contract.
        """
        __tracebackhide__ = True
        run = self.run
        closed = run.settings.undocumented_fields == "fail"
        contract = Contract(run.description, run.catalogue, run.secrets, closed)
        for rule in conformance.BODY_RULES:
            rule(answer, contract)

    @staticmethod
    def _unexpected(answer: Answer, expected: tuple[int, ...]) -> list[Finding]:
        """What is wrong with the status in this test; a wrong one is the cause of whatever else is wrong."""
        try:
            if expected:
                expected_status.hold(answer, expected)
            else:
                expected_status.is_no_failure(answer)
        except Finding as finding:
            return [finding]
        return []

    def send(
        self,
        method: str,
        path: str,
        body: Any = ABSENT,
        *,
        content: bytes | None = None,
        content_type: str = "",
        headers: Mapping[str, str] | None = None,
        credentials: Sent | None = None,
    ) -> Answer:
        """Send a request and return whatever comes; `credentials` are what it carries instead of the account's.

        Raises:
            Untested: It did not leave, or (`Unsendable`) cannot.
            httpx2.TransportError: No answer came.
        """
        __tracebackhide__ = True
        own = self.credentials_for(method, path) if credentials is None else credentials
        unarmed = self.unarmed_for(method, path) if credentials is None else ""
        place, _, query = path.partition("?")
        operation = self.run.catalogue.match(method, paths.as_sent(f"{self.run.catalogue.prefix}{place}"), query)
        asked = needed(operation) if operation is not None else {}
        sent = beside(asked, {**own.fields, **(headers or {})})
        if content is None and body is not ABSENT:
            content = json.dumps(body).encode()
        if (content is not None or content_type) and not any(name.lower() == "content-type" for name in sent):
            sent["Content-Type"] = content_type or "application/json"
        try:
            response = self.run.client.request(method, self.run.url(own.address(path)), content=content, headers=sent)
        except NotExercised as reason:
            raise Untested(str(reason)) from None
        except OURS:
            raise Unsendable(UNSENDABLE) from None
        except RequestRefused as refusal:
            pytest.fail(f"the suite tried to send what it may not: {refusal}", pytrace=False)
        return self.run.answer(response, path, credentials=own.values, unarmed=unarmed)

    def sign_in(self) -> str:
        """Make a session of its own and return the token.

        Raises:
            AssertionError: The server did not make one.
        """
        operation = self.run.catalogue.with_role("session-create")
        assert operation is not None, "the API has no sessions"
        response = self.run.client.request(
            operation.method, self.run.url(operation.path), headers=basic(self.username, self._password)
        )
        answer = self.run.answer(response, operation.path)
        assert response.is_success or self.username, (
            f"{operation.request_line} answers {answer.status}, and no account is named: "
            "pass --username and --password-env"
        )
        assert response.is_success, f"{self.username} cannot sign in\n{answer}"
        token = answer.result
        assert isinstance(token, str), "the token is not text"
        return token

    def forget_session(self) -> None:
        """Sign in again before the next request."""
        if self._signs_in:
            self._credentials = self._keys = None

    def credentials_for(self, method: str, path: str) -> Sent:
        """What a request carries to say who this account is, signed in first if it is not yet.

        Without sessions it is what the description asks for there, and nothing where it asks for nothing.

        Raises:
            AssertionError: The server does not let the account in.
        """
        if self._credentials is None and self.run.catalogue.with_role("session-create") is not None:
            with self.run.gate.interruption.awaited():
                token = self.sign_in()
                self.run.gate.protected.add(token)
                self._credentials = {self.run.catalogue.session_header: token}
        if self._credentials is not None:
            return Sent(headers=tuple(self._credentials.items()))
        place, _, query = path.partition("?")
        asked = self.run.catalogue.asked(method, paths.as_sent(self.run.catalogue.prefix + place), query)
        ways = self.run.catalogue.ways
        names = chosen(asked, ways, self.keys())
        return together(names, ways, self.keys()) if names is not None else NOTHING

    def unarmed_for(self, method: str, path: str) -> str:
        """Which credential the account lacks for a request; "" for none, and where accounts have sessions."""
        if self._credentials is not None or not self._signs_in:
            return ""
        place, _, query = path.partition("?")
        catalogue = self.run.catalogue
        asked = catalogue.asked(method, paths.as_sent(catalogue.prefix + place), query)
        told = lacking(asked, catalogue.ways, self.keys())
        return f"{UNARMED}: {told}" if told else ""

    def keys(self) -> dict[str, str]:
        """The account's credentials by their scheme, in an API without sessions."""
        if self._keys is None:
            self._keys = keys_of(self.run, self.username, self._password) if self._signs_in else {}
        return self._keys

    def _allowed(self, expect: int | tuple[int, ...]) -> tuple[int, ...]:
        expected = (expect,) if isinstance(expect, int) else expect
        if self.may_be_forbidden and 403 not in expected and all(status >= 400 for status in expected):
            return (*expected, 403)
        return expected


P = ParamSpec("P")
T = TypeVar("T")


def waits(function: Callable[Concatenate[Target, P], T]) -> Callable[Concatenate[Target, P], T]:
    """Marks what a function sends as repeated until something has happened; its first argument is a target."""

    @functools.wraps(function)
    def waiting(target: Target, /, *arguments: P.args, **options: P.kwargs) -> T:
        __tracebackhide__ = True
        with target.run.gate.waiting():
            return function(target, *arguments, **options)

    return waiting


def basic(username: str, password: str) -> dict[str, str]:
    """The header of HTTP Basic authentication (RFC 7617)."""
    return {"Authorization": f"Basic {basic_value(username, password)}"}
