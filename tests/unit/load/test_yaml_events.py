"""The quick way through YAML gives what the slow one gives, or leaves the text to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as some
from vcsdk import parallel
from vcsdk.load import yaml_data, yaml_events
from vcsdk.load.keys import UnquotedKey
from vcsdk.load.pointer import escape
from vcsdk.load.yaml_halves import middle
from vcsdk.load.yaml_positions import NodePositions, YamlPositions

SCALARS = """\
words: [no, on, yes, y, ~, null, Null, NULL, nul, true, True, tRue, FALSE, "true", 'null', "", '']
numbers: [0, -1, +7, 0777, 0o17, 0x1F, 12:30:00, 2024-01-01, 1e3, 1., .5, -.5e-2, 1_000, .inf, "1", '2']
empty:
block: |
  one
  - two: 3

folded: >-
  one
  two
"quoted key": {a: 1, 'b': [ ], c: {}}
emoji: "\\U0001F600 é"
"""
ODD = {
    "an anchor": "a: &x 1\nb: *x\n",
    "an anchor nobody uses": "a: &x {b: 1}\n",
    "a tag": "a: !!str 1\n",
    "a tag of its own": "a: !thing {}\n",
    "a merge key": "a: {<<: {b: 1}}\n",
    "a merge as value": "a: <<\n",
    "a duplicate key": "a: 1\nb: {c: 1, 'c': 2}\n",
    "a list as key": "? [a]\n: 1\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "no document": "# nothing\n",
    "a mistake": "a: [1\n",
    "a tab": "a:\n\tb: 1\n",
    "too deep": "[" * 300 + "]" * 300,
}


def pointers(data: Any, above: str = "") -> Iterator[str]:
    yield above
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in children:
        yield from pointers(value, f"{above}/{escape(str(key))}")


def same(text: str) -> yaml_events.Read:
    """What the quick way reads, which is what the slow one reads, at the same places."""
    read = yaml_events.parse(text)
    assert read is not None
    data, unquoted = yaml_data.parse(text)
    assert read.data == (yaml_data.plain_keys(data) if unquoted else data)
    assert repr(read.data) == repr(data)
    slow, quick = YamlPositions(text), NodePositions(read.nodes)
    for pointer in [*pointers(read.data), "/absent", "/absent/below"]:
        assert quick.find(pointer) == slow.find(pointer), pointer
    return read


def test_scalars_are_what_they_are_to_the_slow_way() -> None:
    same(SCALARS)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_is_odd_is_left_to_the_slow_way(text: str) -> None:
    assert yaml_events.parse(text) is None


@pytest.mark.parametrize("text", ["[a, {b: 1}]", "{a: [1, 2]}", "one", "", "'x'", "- - a\n  - b\n- c\n"])
def test_any_root_will_do(text: str) -> None:
    if text:
        same(text)


def test_only_statuses_that_were_no_text_are_told() -> None:
    read = same("responses:\n  200: {200: a}\n  '404': {}\n  default: {}\n")
    responses = read.data["responses"]
    assert [type(key) for key in responses] == [UnquotedKey, str, str]
    assert [type(key) for key in responses["200"]] == [str]


def test_a_number_that_is_too_long_is_an_error_here_too() -> None:
    with pytest.raises(ValueError, match="integer string conversion"):
        yaml_events.parse(f"a: {'9' * 5000}\n")


json_data = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(some.dictionaries(some.from_regex(r"[a-z]{1,8}", fullmatch=True), json_data, min_size=1), some.booleans())
def test_whatever_is_dumped_comes_back(data: dict[str, Any], flow: bool) -> None:
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    read = yaml_events.parse(text)
    slow, unquoted = yaml_data.parse(text)
    assert read is None or repr(read.data) == repr(yaml_data.plain_keys(slow) if unquoted else slow)


class TestTwoProcesses:
    """Halves are read by two processes where the text is large; here every text is."""

    @pytest.fixture(autouse=True)
    def _large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        if not hasattr(os, "fork"):
            pytest.skip("this system has no fork")
        monkeypatch.setattr(yaml_events, "_HALVED_FROM", 0)
        monkeypatch.setattr(parallel, "possible", lambda: True)
        forked: list[int] = []
        fork = os.fork
        monkeypatch.setattr(os, "fork", lambda: forked.append(1) or fork())
        self.forked = forked

    @pytest.mark.parametrize(
        "text",
        [
            "openapi: 3.0.3\npaths:\n  /a: {get: {}}\n  /b: [{c: é}]\ncomponents:\n  x: [a]\n  z: |+\n    t\n\n",
            "---\npaths:\n- a\n- b: c\n# between\n\ncomponents:\n- 1\n- {responses: {200: x}}\n",
            "openapi: 1\r\npaths:\r\n  a: 1\r\n  b: 2\r\ncomponents:\r\n  c: 3\r\n",
        ],
    )
    def test_two_halves_are_the_whole(self, text: str) -> None:
        assert middle(text) is not None
        same(text)
        assert self.forked

    @pytest.mark.parametrize(
        "text",
        [
            'paths: "one and two\ncomponents: three and four" \n',
            "paths: {a: one, b: two,\ncomponents: 2, d: three}\n",
            "paths:\n  '/a': 'it is\n\ncomponents: in here' \nlast: {a: 1}\n",
        ],
    )
    def test_what_only_looks_like_a_key_is_none(self, text: str) -> None:
        assert middle(text) is not None
        assert next(iter(same(text).data)) == "paths"
        assert self.forked

    @pytest.mark.parametrize(
        "text",
        [
            "paths:\n  a: [1, 2, 3]\npaths:\n  b: [1, 2, 3]\n",
            "paths: {a: 1, b: 2, c: 3}\n...\ncomponents: {a: 1, b: 2}\n",
            "  paths: {a: 1, b: 2, c: 3}\ncomponents: {a: 1, b: 2, c: 3}\n",
            "{paths: {a: 1, b: 2, c: 3}}\ncomponents: {a: 1, b: 2, c: 3}\n",
            "paths: &x {a: 1, b: 2, c: 3}\ncomponents: {a: *x, b: 2, c: 3}\n",
            "paths: {a: 1, b: 2, c: 3}\ncomponents: {a: 1, b: 2}\n---\nc: 1\n",
            "- paths\n- more and more\ncomponents: {a: 1, b: 2}\n",
        ],
    )
    def test_halves_that_are_no_whole_are_left_to_the_slow_way(self, text: str) -> None:
        assert middle(text) is not None
        assert yaml_events.parse(text) is None
        assert self.forked

    def test_without_a_key_near_the_middle_nothing_is_split(self) -> None:
        same("openapi: 1\npaths:\n" + "  a: [b, c]\n" + "".join(f"  k{n}: [b, c]\n" for n in range(20)))
        assert not self.forked
