from __future__ import annotations

import time

import pytest
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.load import apply_overlay

from tests.unit.load.conftest import HEAD, read

LAMPS = (
    HEAD
    + """paths:
  /lamps:
    get: {operationId: list, tags: [lamps], summary: All}
    post: {operationId: add, tags: [lamps]}
  /lights:
    get: {operationId: lights, tags: [lights]}
"""
)


def overlay(write, actions: str, *, version: str = "1.0.0"):
    document = read(write("a.yaml", LAMPS))
    path = write("o.yaml", f"overlay: {version}\ninfo: {{title: O, version: '1'}}\nactions:\n{actions}")
    diagnostics = Diagnostics()
    apply_overlay([document], path, diagnostics)
    return document, [(d.level.value, d.rule, str(d.location)) for d in diagnostics]


def test_update_merges_objects_and_appends_to_lists(write) -> None:
    document, found = overlay(
        write,
        "- target: $.paths['/lamps'].*\n  update: {tags: [new], x-a: {b: 1}}\n"
        "- target: $.paths['/lamps'].get\n  update: {x-a: {c: 2}, summary: Every one}\n"
        "- target: $.paths['/lights'].get.tags\n  update: more\n",
    )
    assert found == []
    get, post = document.data["paths"]["/lamps"]["get"], document.data["paths"]["/lamps"]["post"]
    assert get == {"operationId": "list", "tags": ["lamps", "new"], "summary": "Every one", "x-a": {"b": 1, "c": 2}}
    assert post["x-a"] == {"b": 1}
    assert document.data["paths"]["/lights"]["get"]["tags"] == ["lights", "more"]


def test_what_an_overlay_adds_is_written_in_the_overlay(write) -> None:
    document, _ = overlay(write, "- target: $.paths['/lamps'].get\n  update:\n    x-a: {b: 1}\n    tags: [new]\n")
    assert str(document.locate(document.origin("/paths/~1lamps/get/x-a/b"))) == "o.yaml:6:14"
    assert str(document.locate(document.origin("/paths/~1lamps/get/tags/1"))) == "o.yaml:7:12"
    assert document.locate(document.origin("/paths/~1lamps/get/tags/0")).file == "a.yaml"


def test_remove_takes_every_match_away(write) -> None:
    document, found = overlay(
        write, "- target: $..[?@.operationId == 'list']\n  remove: true\n- target: $..tags[*]\n  remove: true\n"
    )
    assert found == []
    assert list(document.data["paths"]["/lamps"]) == ["post"]
    assert document.data["paths"]["/lights"]["get"]["tags"] == []


def test_a_target_that_names_nothing_is_a_warning(write) -> None:
    _, found = overlay(write, "- target: $.paths['/absent']\n  remove: true\n")
    assert found == [("warning", "overlay-target", "o.yaml:4:11")]


@pytest.mark.parametrize(
    ("actions", "version", "rule"),
    [
        ("- target: '$.paths['\n  remove: true\n", "1.0.0", "overlay-target"),
        ("- target: $.info.title\n  update: {a: 1}\n", "1.0.0", "overlay-target"),
        ("- remove: true\n", "1.0.0", "not-overlay"),
        ("- 5\n", "1.0.0", "not-overlay"),
        ("  {}\n", "1.0.0", "not-overlay"),
        ("- target: $\n  update: {}\n", "2.0.0", "not-overlay"),
    ],
)
def test_what_is_no_overlay_is_refused(write, actions: str, version: str, rule: str) -> None:
    with pytest.raises(InputError) as refused:
        overlay(write, actions, version=version)
    assert {d.rule for d in refused.value.diagnostics} == {rule}


@pytest.mark.slow
@pytest.mark.parametrize(
    "actions",
    [
        # Descents from every descendant.
        "- target: $..*..*..*..*..*..*..*..*..*..*\n  update: {}\n",
        "- target: $..[?$..[?$..[?$..[?$..a == 1]]]]\n  update: {}\n",
        "- target: $..[?count(@..*..*..*..*..*..*) > 1]\n  remove: true\n",
        f"- target: '$.paths{'[*,*]' * 60}'\n  update: {{}}\n",
        f"- target: '$.paths[?@{'[*,*]' * 60}]'\n  update: {{}}\n",
        f"- target: '$.paths{'.a' * 9000}'\n  update: {{}}\n",
        # What it walks grows.
        "- target: $..*\n  update: {a: {b: {c: {}}}, d: {e: [1, 2, 3]}}\n" * 12,
        "- target: $..a\n  update: {a: {a: {a: {}}}}\n" * 2
        + "- target: $.paths\n  update: {a: {}}\n"
        + "- target: $..a\n  update: {a: {a: {a: {}}}}\n" * 200,
    ],
)
def test_an_overlay_asks_for_bounded_work(write, actions: str) -> None:
    began = time.process_time()
    try:
        _, found = overlay(write, actions)
    except InputError as error:
        found = [(d.level.value, d.rule, str(d.location)) for d in error.diagnostics]
        assert {rule for _, rule, _ in found} <= {"too-large", "too-deep", "overlay-target"}
        assert all("o.yaml" in place for _, _, place in found)
    assert time.process_time() - began < 30


def test_patterns_take_linear_time_and_mean_what_the_rfc_says(write) -> None:
    text = "a" * 5000
    document, found = overlay(
        write,
        f"- target: $.info\n  update: {{title: {text}!}}\n"
        "- target: $[?search(@.title, '^(a+)+$')]\n  update: {x-all: 1}\n"
        "- target: $[?match(@.title, '(a+)+!')]\n  update: {x-whole: 1}\n"
        "- target: $[?search(@.title, 'a!')]\n  update: {x-part: 1}\n"
        "- target: $[?@.title =~ /(A+)+!/i]\n  update: {x-flagged: 1}\n",
    )
    assert [rule for _, rule, _ in found] == ["overlay-target"]
    assert {key for key in document.data["info"] if key.startswith("x-")} == {"x-whole", "x-part", "x-flagged"}
