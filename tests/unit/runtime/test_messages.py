"""Localised messages: both wire forms, filling in, nesting without end."""

from __future__ import annotations

from typing import Any

import pytest
from vcsdk.copied.runtime.vapi.messages import (
    DEPTH,
    LENGTH,
    LocalizableMessage,
    LocalizationParam,
    parse_message,
    parse_messages,
)


def text(**raw: Any) -> str:
    return str(parse_message({"id": "the.id", **raw}))


def test_the_localised_text_wins() -> None:
    assert text(localized="Verboten.", default_message="Forbidden.") == "Verboten."


@pytest.mark.parametrize(
    ("template", "args", "expected"),
    [
        ("Mode is {0}, not {1}.", ["A", "B"], "Mode is A, not B."),
        ("{1} before {0}", ["A", "B"], "B before A"),
        ("Mode is %s, not %s.", ["A", "B"], "Mode is A, not B."),
        ("%2$s before %1$s at 100%%", ["A", "B"], "B before A at 100%"),
        ("%d of %s", [1, 2], "1 of 2"),
        ("{0} and {5}", ["A"], "A and {5}"),
        ("%s and %s", ["A"], "A and %s"),
        ("100%s sure {}", [], "100%s sure {}"),
        ("{0}", ["{1}"], "{1}"),
    ],
)
def test_positional_arguments(template: str, args: list[Any], expected: str) -> None:
    assert text(default_message=template, args=args) == expected


PARAM_CASES = [
    ({"s": "text"}, "text"),
    ({"i": 3}, "3"),
    ({"d": 2.5}, "2.5"),
    ({"d": 2.0 / 3, "precision": 2}, "0.67"),
    ({"d": 1.0, "precision": 10**9}, "1.00000000000000000"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "SHORT_DATE"}, "2024-01-31"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "MED_DATE"}, "31 Jan 2024"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "LONG_DATE"}, "31 January 2024"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "FULL_DATE"}, "Wednesday, 31 January 2024"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "SHORT_TIME"}, "14:05"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "MED_TIME"}, "14:05:09"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "LONG_TIME"}, "14:05:09 UTC"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "FULL_TIME"}, "14:05:09.000000 UTC"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "SHORT_DATE_TIME"}, "2024-01-31 14:05"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "MED_DATE_TIME"}, "31 Jan 2024 14:05:09"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "LONG_DATE_TIME"}, "31 January 2024 14:05:09 UTC"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "FULL_DATE_TIME"}, "Wednesday, 31 January 2024 14:05:09.000000 UTC"),
    ({"dt": "2024-01-31T14:05:09Z"}, "2024-01-31T14:05:09Z"),
    ({"dt": "yesterday", "format": "SHORT_DATE"}, "yesterday"),
    ({"dt": "2024-01-31T14:05:09Z", "format": "ODD"}, "2024-01-31T14:05:09Z"),
    ({"l": {"id": "nested", "params": {"x": {"s": "y"}}}}, "nested (x=y)"),
    ({"l": {"id": "nested"}}, "nested"),
    ({}, ""),
]


@pytest.mark.parametrize("as_list", [False, True])
@pytest.mark.parametrize(("value", "expected"), PARAM_CASES)
def test_named_parameters_in_both_wire_forms(value: dict[str, Any], expected: str, as_list: bool) -> None:
    params: Any = [{"key": "p", "value": value}] if as_list else {"p": value}
    assert text(default_message="<{p}>", params=params) == f"<{expected}>"


def test_a_missing_parameter_leaves_its_place() -> None:
    assert text(default_message="{p} {q}", params={"p": {"i": 1}}) == "1 {q}"


def test_nesting_without_end_ends() -> None:
    message: dict[str, Any] = {"id": "deep"}
    message["params"] = {"p": {"l": message}}
    rendered = text(default_message="{p}", params=message["params"])
    assert rendered.startswith("deep (p=deep (p=")
    assert "…" in rendered
    assert len(rendered) < 1000


def test_messages_nested_by_hand_end_too() -> None:
    message = LocalizableMessage(id="n")
    for _ in range(200):
        message = LocalizableMessage(id="n", params={"a": LocalizationParam(l=message)})
    assert str(message).count("n (a=") == DEPTH
    assert "…" in str(message)


def test_a_text_that_grows_with_every_level_is_cut() -> None:
    message: dict[str, Any] = {"default_message": "x" * 10}
    for _ in range(DEPTH - 2):
        message = {"default_message": "{a}" * 10, "params": {"a": {"l": message}}}
    rendered = text(**message)
    assert len(rendered) == LENGTH + 1
    assert rendered.endswith("x…")


@pytest.mark.parametrize("raw", [None, 3, "x", [], [None, 3, "x", []]])
def test_what_is_no_message_is_left_out(raw: Any) -> None:
    assert parse_messages(raw) == ()


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"id": 3, "default_message": [], "args": "x", "params": 3, "localized": {}},
        {"params": [3, {"key": 1, "value": {}}, {"key": "a", "value": 3}]},
        {"params": {"a": {"s": 1, "dt": 2, "i": "3", "d": [], "l": 5, "format": 6, "precision": "7"}}},
    ],
)
def test_odd_messages_do_not_raise(raw: Any) -> None:
    assert isinstance(str(parse_message(raw)), str)
