"""Which requests are generated at all: none where the test would be skipped, since making them takes seconds."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.copied.suite import fuzz
from vcsdk.copied.suite.operations import Catalogue, Effect, Operation
from vcsdk.copied.suite.settings import Settings


def made(name: str, effect: Effect, **more: Any) -> Operation:
    return Operation(name, name, "POST", f"/{name}", (), f"#/paths/~1{name}/post", effect, **more)


CATALOGUE = Catalogue(
    (
        made("reads", Effect.READ),
        made("bare", Effect.READ, bare=True),
        made("few", Effect.READ, finite=True),
        made("writes", Effect.WRITE),
        made("destroys", Effect.DESTRUCTIVE),
        made("login", Effect.READ, role="session-create"),
    )
)


@pytest.mark.parametrize(
    ("settings", "nothing", "negative", "positive"),
    [
        (Settings(""), {"bare", "writes", "destroys", "login"}, {"few"}, {"destroys"}),
        (
            Settings("", level=Effect.WRITE, allowed=frozenset({"writes"})),
            {"bare", "destroys", "login"},
            {"few"},
            {"destroys"},
        ),
        (
            Settings("", level=Effect.DESTRUCTIVE, allowed=frozenset({"destroys"}), powerless_login=("guest", "p")),
            {"bare", "writes", "login"},
            {"few"},
            set(),
        ),
    ],
    ids=["read", "write", "destructive"],
)
def test_nothing_is_made_for_a_test_that_is_skipped(
    settings: Settings, nothing: set[str], negative: set[str], positive: set[str]
) -> None:
    found = {"nothing": set[str](), "negative": set[str](), "positive": set[str]()}
    for entry in fuzz._modes(CATALOGUE, settings):
        kind = entry["generation"]["mode"] if "generation" in entry else "nothing"
        assert kind != "nothing" or not any(phase["enabled"] for phase in entry["phases"].values())
        found[kind] = {label.removeprefix("POST /") for label in entry["include-name"]}

    assert found == {"nothing": nothing, "negative": negative, "positive": positive}
