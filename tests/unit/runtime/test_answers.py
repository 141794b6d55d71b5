"""A success that says it is text: JSON where it is JSON, and never the envelope for the value."""

from __future__ import annotations

import httpx2
import pytest
from vcsdk.copied.runtime.answers import value_of
from vcsdk.copied.runtime.errors import UnexpectedAnswer
from vcsdk.copied.runtime.facts import ApiFacts, ErrorFacts
from vcsdk.copied.runtime.operation import Answer, Operation
from vcsdk.copied.runtime.raw import RawAnswer

FACTS = ApiFacts(errors=ErrorFacts(family={}))


def value(body: bytes, *, envelope: bool) -> object:
    operation = Operation(name="x", method="GET", path="/x", answers={"200": Answer(str, envelope=envelope)})
    return value_of(FACTS, operation, RawAnswer(200, httpx2.Headers({"content-type": "text/plain"}), body))


@pytest.mark.parametrize("envelope", [False, True])
def test_json_is_json_whatever_it_is_called(envelope: bool) -> None:
    assert value(b'{"value":"urn:1"}\n' if envelope else b'"urn:1"\n', envelope=envelope) == "urn:1"


def test_what_is_no_json_is_text() -> None:
    assert value(b"urn:1", envelope=False) == "urn:1"


@pytest.mark.parametrize("body", [b'{"value":5}', b"urn:1", b"{}"])
def test_an_envelope_is_never_the_value(body: bytes) -> None:
    with pytest.raises(UnexpectedAnswer):
        value(body, envelope=True)
