from __future__ import annotations

import pytest
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.load import apply_overlay, selecting
from vcsdk.load import overlay as overlays

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


@pytest.mark.parametrize(
    ("actions", "message"),
    [
        ("- target: $.paths[?match(@.get.summary, '(a+)+b')]\n  remove: true\n", "exponential"),
        ("- target: $.paths[?search(@.get.summary, '^(a|a)*$')]\n  remove: true\n", "exponential"),
        ('- target: "$.paths[?@.get.summary =~ /(a+)+b/]"\n  remove: true\n', "exponential"),
        ("- target: $..*\n  update: {x-a: 1}\n" * 3, "names more than 30 nodes"),
        ("- target: $.paths.*.*\n  update: {x-a: [1, 2, 3, 4, 5, 6, 7, 8, 9]}\n", "adds more than 30 nodes"),
        ("- target: $..[?count(@..[?count(@..*) > 0]) > 0]\n  remove: true\n", "takes more than"),
    ],
)
def test_the_work_of_an_action_is_bounded(write, monkeypatch: pytest.MonkeyPatch, actions: str, message: str) -> None:
    monkeypatch.setattr(selecting, "MAX_MATCHES", 30)
    monkeypatch.setattr(selecting, "MAX_SECONDS", 0.0005 if "takes" in message else 20.0)
    monkeypatch.setattr(overlays, "MAX_NODES", 30 if "adds" in message else 10**6)
    with pytest.raises(InputError) as refused:
        overlay(write, actions)
    assert message in "".join(d.message for d in refused.value.diagnostics)
    assert all(d.location is not None for d in refused.value.diagnostics)


def test_patterns_in_filters_are_found(write) -> None:
    document, found = overlay(write, "- target: $.paths[?match(@.get.summary, 'A.*')]\n  remove: true\n")
    assert found == []
    assert list(document.data["paths"]) == ["/lights"]
