"""Where `Link` leads (RFC 8288)."""

from __future__ import annotations

import pytest
from vcsdk.copied.suite.link_header import next_in


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ('</a?page=2>; rel="next"', "/a?page=2"),
        ("</a?page=2>;rel=next", "/a?page=2"),
        ('</a?page=1>; rel="prev", </a?page=3>; rel="next"', "/a?page=3"),
        ('</a?ids=1,2>; rel="next last"; title="a, b; rel=prev"', "/a?ids=1,2"),
        ('< /a >; REL = "Next"', "/a"),
        ('</a>; title="rel=next"; rel="last"', None),
        ('</b>; rel="next"; anchor="#x", </a>; rel=next', "/a"),
        ('</a>; rel="prev"; rel="next"', None),
        ('</a>; rel="nextish"', None),
        ("</a>", None),
        ("rel=next", None),
        ("string", None),
        ("", None),
    ],
)
def test_what_comes_next(value: str, target: str | None) -> None:
    assert next_in(value) == target
