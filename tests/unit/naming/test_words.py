from __future__ import annotations

import pytest
from vcsdk.naming.words import pascal, snake, upper, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HTTPServer.port-no", ["HTTP", "Server", "port", "no"]),
        ("vcenter.vcha.cluster_info", ["vcenter", "vcha", "cluster", "info"]),
        ("x\u202ey", ["x", "y"]),
        ('"); import os', ["import", "os"]),
        ("größe", ["größe"]),
        ("{{ x }}", ["x"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == tuple(expected)


@pytest.mark.parametrize(
    "text", ["", "3d", "class", "!", "None", "a\nb", "'''", "\u202e", "self", "ﬁ", "²", "a b", "__"]
)
def test_every_spelling_is_an_identifier(text: str) -> None:
    import keyword

    for spell in (snake, pascal, upper):
        name = spell(text)
        assert name.isidentifier(), (spell, name)
        assert not keyword.iskeyword(snake(text))


@pytest.mark.parametrize(
    ("text", "expected"), [("Std_Errors_Error", "StdErrorsError"), ("HT-condition", "HTCondition"), ("3d", "N3d")]
)
def test_pascal(text: str, expected: str) -> None:
    assert pascal(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("poweredOn", "POWERED_ON"), ("1", "VALUE_1"), ("-1", "MINUS_1"), ("", "EMPTY")]
)
def test_upper(text: str, expected: str) -> None:
    assert upper(text) == expected
