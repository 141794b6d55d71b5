from __future__ import annotations

import pytest
from vcsdk.copied.suite.fields import beside


@pytest.mark.parametrize(
    ("needed", "given", "sent"),
    [
        ({"X-Trace": "1"}, {"Authorization": "a"}, {"X-Trace": "1", "Authorization": "a"}),
        ({"X-Trace": "1"}, {"x-trace": "2"}, {"x-trace": "2"}),
        ({"Cookie": "a=1"}, {}, {"Cookie": "a=1"}),
        ({"Cookie": "a=1"}, {"Cookie": "sid=t"}, {"Cookie": "sid=t; a=1"}),
        ({"Cookie": "a=1"}, {"cookie": "sid=t"}, {"cookie": "sid=t; a=1"}),
        ({}, {"Cookie": "sid=t"}, {"Cookie": "sid=t"}),
    ],
)
def test_what_is_given_counts_and_cookies_go_together(
    needed: dict[str, str], given: dict[str, str], sent: dict[str, str]
) -> None:
    assert beside(needed, given) == sent
