"""What must hold of every answer, whichever test it belongs to.

Each check is a function that raises `AssertionError` with the answer in its text.
"""

from __future__ import annotations

import json
import re

from .answers import Answer
from .description import Description
from .masking import Secrets
from .operations import Catalogue

GAPS = {
    400: "a malformed request is refused, whether or not the description says so",
    401: "a request without a valid session is refused, whether or not the description says so",
    404: "a path or constant that the server does not know is refused before any operation is reached",
    405: "a method that the path does not have is refused before any operation is reached",
    415: "a body of a foreign content type is refused before any operation is reached",
    429: "a server under load asks for patience before any operation is reached",
    503: "a server whose service is still starting says so before any operation is reached",
}
"""Statuses a server may answer although an operation does not document them, each with the reason."""

_STACK_TRACE = re.compile(
    r"Traceback \(most recent call last\)"
    r"|File \"[^\"\n]+\", line \d+"
    r"|\bat [\w$.<>]+\([\w$]+\.(?:java|kt|scala):\d+\)"
    r"|(?:^|\\n|\n)\s*at [\w$.]+ \([^)\n]+:\d+:\d+\)"
    r"|goroutine \d+ \[running\]"
)


def check(
    answer: Answer, description: Description, catalogue: Catalogue, secrets: Secrets, *, closed: bool = True
) -> None:
    """Every check below, in an order that names the cause before its symptoms."""
    shows_no_secret(answer, catalogue, secrets)
    shows_no_stack_trace(answer)
    is_documented(answer, description)
    has_the_documented_content(answer, description, closed=closed)
    if answer.status >= 400:
        is_an_error(answer, description, catalogue)


def shows_no_secret(answer: Answer, catalogue: Catalogue, secrets: Secrets) -> None:
    """Only the answer that makes a session may hold its token; none may hold the credentials it was asked with."""
    made = catalogue.with_role("session-create")
    if made is not None and answer.operation == made and answer.status < 300:
        return
    text = answer.text + "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    if secrets.shown_in(text) or any(value in text for value in answer.credentials if value):
        raise AssertionError(f"the answer shows a password or session token\n{secrets.mask(str(answer))}")


def shows_no_stack_trace(answer: Answer) -> None:
    """An answer must not show the server's insides."""
    if _STACK_TRACE.search(answer.text):
        raise AssertionError(f"the answer shows a stack trace\n{answer}")


def is_documented(answer: Answer, description: Description) -> None:
    """The status is one the operation documents, or one of `GAPS`."""
    operation = answer.operation
    if operation is None or answer.status in GAPS:
        return
    if description.response(operation, answer.status) is None:
        documented = ", ".join(description.statuses(operation))
        raise AssertionError(f"{answer.status} is not among the documented answers ({documented})\n{answer}")


def has_the_documented_content(answer: Answer, description: Description, *, closed: bool = True) -> None:
    """Content type, headers and body are the documented ones; with `closed`, no field is undocumented."""
    operation = answer.operation
    response = description.response(operation, answer.status) if operation is not None else None
    if response is None:
        return
    for name, header in response.get("headers", {}).items():
        if header.get("required") and name.lower() not in answer.headers:
            raise AssertionError(f"the documented header {name} is missing\n{answer}")
    content = response.get("content", {})
    if not content:
        # Of an error many descriptions give the status only; a body that explains it is no departure from that.
        if answer.content and answer.status < 400:
            raise AssertionError(f"{answer.status} is documented to have no body\n{answer}")
        return
    media = next((m for t, m in content.items() if t.partition(";")[0].strip().lower() == answer.content_type), None)
    if media is None:
        raise AssertionError(f"content type {answer.content_type!r} is not documented ({', '.join(content)})\n{answer}")
    if "json" not in answer.content_type or "schema" not in media:
        return
    _fits(answer, description, media["schema"], closed=closed)


def is_an_error(answer: Answer, description: Description, catalogue: Catalogue) -> None:
    """An error has the API's error shape, says something, and its `error_type` agrees with the status."""
    if not catalogue.error_schema:
        return
    if answer.method == "HEAD":
        return
    if "json" not in answer.content_type:
        raise AssertionError(f"an error must be JSON, not {answer.content_type!r}\n{answer}")
    _fits(answer, description, {"$ref": catalogue.error_schema}, closed=False)
    error = answer.value
    if not error.get("messages"):
        raise AssertionError(f"an error must say what is wrong: `messages` is empty\n{answer}")
    usual = dict(catalogue.error_statuses).get(error.get("error_type"))
    if usual is not None and usual != answer.status:
        raise AssertionError(f"error_type {error['error_type']} belongs to {usual}, not {answer.status}\n{answer}")


def _fits(answer: Answer, description: Description, schema: dict[str, object], *, closed: bool) -> None:
    try:
        value = json.loads(answer.content)
    except ValueError:
        raise AssertionError(f"the body is not JSON\n{answer}") from None
    departures = description.departures(schema, value)
    if not departures and closed:
        departures = description.departures(schema, value, closed=True)
    if departures:
        raise AssertionError("the body departs from its schema: " + "; ".join(departures[:5]) + f"\n{answer}")
