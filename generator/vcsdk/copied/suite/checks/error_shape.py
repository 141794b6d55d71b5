"""An error is JSON, has the API's error shape, and says what is wrong (VMware vAPI, "Standard Errors")."""

from __future__ import annotations

from .. import newer
from ..answers import Answer
from ..check import Check, Finding, first_of
from ..contract import Contract
from ..departing import of_departures
from ..reading import read_json

CHECK = Check("error-shape", __doc__, ("error-not-json", "error-without-messages"), severity="content")


def hold(answer: Answer, contract: Contract) -> None:
    """The body of an error is one of the error model, with at least one message."""
    schema = contract.catalogue.error_schema
    if answer.status < 400 or not schema or answer.method == "HEAD":
        return
    if "json" not in answer.content_type:
        raise Finding(
            CHECK,
            f"an error must be JSON, not {answer.content_type!r}",
            answer,
            path="content-type",
            observed=answer.content_type or "missing",
        )
    try:
        value = read_json(answer.content)
    except ValueError:
        raise Finding(CHECK, "the error is not JSON", answer, path="$", observed="not JSON") from None
    departed = contract.description.departures({"$ref": schema}, value)
    departures = newer.but_for_it(answer, contract.catalogue, departed)
    if departures:
        raise first_of(of_departures(CHECK, "the error departs from the error model", answer, departures))
    if not value.get("messages"):
        raise Finding(
            CHECK, "an error must say what is wrong: `messages` is empty", answer, path="$.messages", observed="empty"
        )
