"""`with_options(body=…)`: members that the description lacks, added to the JSON objects that are sent."""

from __future__ import annotations

import json
import math
import re
import traceback
from typing import Any

import pytest

from tests.unit.emitters.conftest import Generates
from tests.wire.generated.calling import Reply, both, operation, sync
from tests.wire.generated.test_bodies import NUMBER, TEXT, content, form

FRACTION = {"type": "number"}

OBJECT = {"type": "object", "properties": {"name": TEXT, "size": FRACTION}}
ANSWERS = {"200": {"description": "It.", "content": {"application/json": {"schema": {}}}}}


def described(**body: Any) -> dict[str, Any]:
    return operation(body=content(**body), answers=ANSWERS)


@pytest.mark.parametrize("kind", ["application__json", "application__merge_patch+json", "application__vnd.x+json"])
def test_they_stand_beside_what_the_call_sends(kind: str, generate: Generates) -> None:
    package = generate(**described(**{kind: OBJECT}))
    more = {"dry_run": True, "tags": ["a", {"b": None}], "name": "hidden", "ü": package.Secret("p")}
    seen, _ = both(
        package, lambda client: client.with_options(body=more).x.call(name="n", size=1.0), lambda _: Reply(json=1)
    )
    for request in seen:
        sent = json.loads(request.body)
        assert sent == {"name": "n", "size": 1.0, "dry_run": True, "tags": ["a", {"b": None}], "ü": "p"}
        assert b'"size":1.0' in request.body
        assert request.headers["content-length"] == str(len(request.body))


def test_they_add_up_and_leave_the_first_client_as_it_is(generate: Generates) -> None:
    package = generate(**described(application__json=OBJECT))
    with sync(package, lambda _: Reply(json=1)) as (client, server):
        one = client.with_options(body={"a": 1, "b": 1})
        one.with_options(body={"b": 2}, headers={"x": "y"}).x.call(name="n")
        one.x.call()
        client.x.call(name="n")
        one.with_options(body={}).x.call(name="n")
    assert [json.loads(request.body) for request in server.seen if request.body] == [
        {"name": "n", "a": 1, "b": 2},
        {"a": 1, "b": 1},
        {"name": "n"},
        {"name": "n", "a": 1, "b": 1},
    ]


@pytest.mark.parametrize(
    ("body", "given"),
    [
        ({"application__json": {"type": "array", "items": NUMBER}}, {"body": [1]}),
        ({"application__json": TEXT}, {"body": "t"}),
        ({"application__octet_stream": {"type": "string", "format": "binary"}}, {"body": b"{}"}),
        ({"application__x_www_form_urlencoded": form(name=TEXT)}, {"name": "n"}),
        ({"multipart__form_data": form(name=TEXT)}, {"name": "n"}),
    ],
)
def test_what_is_no_object_gets_none(body: Any, given: Any, generate: Generates) -> None:
    package = generate(**described(**body))
    with sync(package, lambda _: Reply(json=1)) as (client, server):
        client.x.call(**given)
        client.with_options(body={"secret": "hunter2"}).x.call(**given)
    plain, more = (re.sub(rb"[0-9a-f]{32}", b"", request.body) for request in server.seen)
    assert plain == more


def test_a_call_without_a_body_stays_without(generate: Generates) -> None:
    with sync(generate(**operation(answers=ANSWERS)), lambda _: Reply(json=1)) as (client, server):
        client.with_options(body={"a": 1}).x.call()
    assert (server.seen[0].body, "content-type" in server.seen[0].headers) == (b"", False)


@pytest.mark.parametrize(
    "body", [[("a", 1)], "a", {1: 2}, {"a": math.nan}, {"a": object()}, {"a\ud800": 1}, {"a": "hunter2\ud800"}, 0]
)
def test_what_cannot_be_sent_is_refused_at_once(body: Any, generate: Generates) -> None:
    package = generate(**described(application__json=OBJECT))
    with sync(package, lambda _: Reply(json=1)) as (client, server):
        with pytest.raises(package.ArgumentError, match=r"^body") as refused:
            client.with_options(body=body)
        assert server.seen == []
    assert "hunter2" not in "".join(traceback.format_exception(refused.value))
