"""A sample and what is changed in it: which bodies a test gets, and what is no change at all."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap

import pytest
from vcsdk.copied.suite.bodies import MISSING, with_bodies, with_broken_json, with_malformed_bodies
from vcsdk.copied.suite.target import ABSENT

from .modules import cases

SAMPLE = {"name": "text", "size": {"width": 1, "height": 2}, "on": True}


def test_bodies_that_are_written_whole():
    found = cases(with_bodies(ABSENT, None, "text", {"a": 1}, "x" * 59))

    assert list(found) == ["no body", "null", '"text"', '{"a": 1}', '"' + "x" * 56 + "..."]
    assert list(found.values()) == [ABSENT, None, "text", {"a": 1}, "x" * 59]


def test_a_row_changes_one_property_and_keeps_the_order():
    found = cases(
        with_malformed_bodies(
            SAMPLE,
            whole=[None],
            changed={"size.width": [MISSING, "1"], "name": [None, []], "more": [None], "size": ["text"]},
        )
    )

    assert [(name, json.dumps(body)) for name, body in found.items()] == [
        ("null", "null"),
        ("size.width missing", '{"name": "text", "size": {"height": 2}, "on": true}'),
        ('size.width = "1"', '{"name": "text", "size": {"width": "1", "height": 2}, "on": true}'),
        ("name = null", '{"name": null, "size": {"width": 1, "height": 2}, "on": true}'),
        ("name = []", '{"name": [], "size": {"width": 1, "height": 2}, "on": true}'),
        ("more = null", '{"name": "text", "size": {"width": 1, "height": 2}, "on": true, "more": null}'),
        ('size = "text"', '{"name": "text", "size": "text", "on": true}'),
    ]
    assert SAMPLE == {"name": "text", "size": {"width": 1, "height": 2}, "on": True}


def test_a_part_is_put_in_where_a_change_lies_inside_it():
    parts = {"owner": {"id": 1}, "owner.address": {"city": "text"}}
    changed = {"owner.id": [MISSING], "owner.address.city": [1], "owner": [[]], "name": [1]}

    found = cases(with_malformed_bodies({"name": "text"}, parts=parts, changed=changed))

    assert found == {
        "owner.id missing": {"name": "text", "owner": {}},
        "owner.address.city = 1": {"name": "text", "owner": {"id": 1, "address": {"city": 1}}},
        "owner = []": {"name": "text", "owner": []},
        "name = 1": {"name": 1},
    }


def test_a_tuple_takes_names_as_they_are():
    sample = {"a.b": {"": 1, "c": 2}, "a": {"b": 3}}

    found = cases(with_malformed_bodies(sample, changed={("a.b", "c"): [None], ("a.b", ""): [MISSING], "a.b": [None]}))

    assert found == {
        "a.b.c = null": {"a.b": {"": 1, "c": None}, "a": {"b": 3}},
        "a.b. missing": {"a.b": {"c": 2}, "a": {"b": 3}},
        "a.b = null": {"a.b": {"": 1, "c": 2}, "a": {"b": None}},
    }


def test_contents_that_are_no_json_are_none_for_a_strict_reader():
    name, contents = with_broken_json({'a"b': {"c": 1}}).mark.args

    assert name == "content"
    assert contents[:4] == [*with_broken_json().mark.args[1]]
    assert contents[4:] == [b'{"a\\"b": {"c": 1}, "a\\"b": {"c": 1}}', b'{"a\\"b": NaN}']
    for content in contents[:4]:
        with pytest.raises(ValueError):
            json.loads(content)


def test_true_is_not_one():
    assert cases(with_malformed_bodies(SAMPLE, changed={"on": [1]}))["on = 1"]["on"] == 1


@pytest.mark.parametrize(
    ("parts", "changed", "message"),
    [
        ({}, {"nmae": [MISSING]}, "nmae: what is not there cannot be taken away"),
        ({}, {"name": ["text"]}, 'name: "text" is its value in the sample'),
        ({}, {"size.height": ["2", 2]}, "size.height: 2 is its value in the sample"),
        ({}, {"name": []}, "name: no value is given"),
        ({}, {"owner.id": [None]}, "owner.id: neither the sample nor a part has owner"),
        ({}, {"name.first": [None]}, "name.first: the sample has no object that 'first' could be in"),
        ({}, {"name": [None], ("name",): [1]}, "name: there are two rows of it"),
        ({"owner": {}}, {"owner": [None]}, "owner: nothing is changed in this part"),
        ({"size": {}}, {"size.width": [None]}, "size.width: the sample has the part size already"),
    ],
)
def test_a_row_that_does_nothing_is_an_error(parts, changed, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        with_malformed_bodies(SAMPLE, parts=parts, changed=changed)


@pytest.mark.slow
def test_a_row_that_does_nothing_stops_the_collection(tmp_path):
    module = tmp_path / "test_typo.py"
    module.write_text(
        textwrap.dedent("""
        from vcsdk.copied.suite import MISSING, with_malformed_bodies

        @with_malformed_bodies({"planned": True}, changed={"plannde": [MISSING]})
        def test_a_malformed_body_is_refused(body):
            pass
        """)
    )

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", module],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == pytest.ExitCode.INTERRUPTED
    assert "ValueError: plannde: what is not there cannot be taken away" in done.stdout
    assert "1 error" in done.stdout
