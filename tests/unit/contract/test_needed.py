"""The headers that a request to an operation must have: with a new key each time, and of the state that was shown."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.copied.suite.needed import asks_for_state, current, needed
from vcsdk.copied.suite.operations import Effect, Operation


def operation(*headers: tuple[str, str]) -> Operation:
    return Operation("things.put", "put", "PUT", "/things/{id}", (), "#/paths/x/put", Effect.WRITE, headers=headers)


@pytest.mark.parametrize("name", ["Idempotency-Key", "idempotency-key", "X-Idempotency-Key"])
def test_no_two_requests_have_the_same_key(name: str) -> None:
    asked = operation((name, "text"), ("X-Tenant", "text"))

    first, second = needed(asked), needed(asked)

    assert first["X-Tenant"] == second["X-Tenant"] == "text"
    assert len({first[name], second[name], "text"}) == 3


@pytest.mark.parametrize(
    ("headers", "statuses", "asks"),
    [
        ((), ("200", "412"), False),
        ((), ("200", "428"), True),
        ((("If-Match", "*"),), ("200",), True),
        ((("if-unmodified-since", "text"),), ("200",), True),
        ((("X-Tenant", "text"),), ("200",), False),
    ],
)
def test_who_has_to_say_which_state_is_meant(headers: Any, statuses: Any, asks: bool) -> None:
    assert asks_for_state(operation(*headers), statuses) is asks


@pytest.mark.parametrize(
    ("headers", "shown", "fields"),
    [
        ((), {"etag": '"a"'}, {"If-Match": '"a"'}),
        ((("If-Match", "*"),), {"etag": 'W/"a"'}, {"If-Match": 'W/"a"'}),
        ((("If-Match", "*"),), {}, {"If-Match": "*"}),
        ((("If-Unmodified-Since", "text"),), {"last-modified": "D", "etag": '"a"'}, {"If-Unmodified-Since": "D"}),
        ((("If-Unmodified-Since", "text"),), {"etag": '"a"'}, {}),
    ],
)
def test_the_state_is_that_which_was_shown(headers: Any, shown: Any, fields: Any) -> None:
    assert current(operation(*headers), shown) == fields
