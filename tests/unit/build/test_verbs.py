from __future__ import annotations

import pytest
from vcsdk.build.verbs import meaning
from vcsdk.ir import Safety


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("check", Safety.READ),
        ("check compatibility", Safety.READ),
        ("check set", Safety.READ),
        ("check out", None),
        ("check in", None),
        ("check out cart", None),
        ("look up", Safety.READ),
        ("shut down", Safety.DESTRUCTIVE),
        ("power off", Safety.DESTRUCTIVE),
        ("roll back", Safety.DESTRUCTIVE),
        ("list users and groups", Safety.READ),
        ("list stops", Safety.READ),
        ("get or create", Safety.WRITE),
        ("get user or create", Safety.WRITE),
        ("find and replace", Safety.WRITE),
        ("find and delete", Safety.DESTRUCTIVE),
        ("stage and uninstall", Safety.DESTRUCTIVE),
        ("delete tags and policies", Safety.DESTRUCTIVE),
        ("create tags and policies", Safety.WRITE),
        ("evacuate and remove", Safety.DESTRUCTIVE),
        ("orders and list", None),
        ("force delete", Safety.DESTRUCTIVE),
        ("batch get", Safety.READ),
        ("batch", None),
        ("reset password", Safety.DESTRUCTIVE),
        ("apply", Safety.WRITE),
        ("resolve incident", None),
        ("verify email", None),
        ("and", None),
        ("", None),
    ],
)
def test_a_verb_is_read_whole(phrase: str, expected: Safety | None) -> None:
    assert meaning(phrase.split()) is expected


def test_a_profile_knows_verbs_of_its_own() -> None:
    assert meaning(["apply"], destroying={"apply"}) is Safety.DESTRUCTIVE
    assert meaning(["stage", "and", "install"], destroying={"install"}) is Safety.DESTRUCTIVE
    assert meaning(["enter", "maintenance", "mode"], destroying={"entermaintenance"}) is Safety.DESTRUCTIVE
    assert meaning(["export", "config"], reading={"export"}) is Safety.READ
