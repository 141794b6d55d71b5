from __future__ import annotations

import json
import sys
import time
import tracemalloc

import pytest
from vcsdk.load import limits

from tests.unit.load.conftest import HEAD, problems, read


def test_json_and_yaml_give_the_same_data(write) -> None:
    data = {"openapi": "3.0.3", "info": {"title": "Lämps", "version": "1"}, "paths": {}, "x-list": [1, 2.5, None, True]}
    plain = read(write("a.json", json.dumps(data)))
    block = read(write("a.yaml", HEAD.replace("Lamps", "Lämps") + "paths: {}\nx-list: [1, 2.5, null, true]\n"))
    assert plain.data == block.data == data
    assert plain.file == "a.json"
    assert plain.version == "3.0.3"


def test_a_byte_order_mark_is_no_part_of_the_text(write) -> None:
    path = write("a.yaml", b"\xef\xbb\xbf" + HEAD.encode() + b"paths: {}\n")
    document = read(path)
    assert "openapi" in document.data
    assert document.locate(document.origin("/openapi")).column == 10


def test_json_may_have_any_name(write) -> None:
    document = read(write("description", '{"openapi": "3.0.3", "info": {}, "paths": {"\\ud83d\\ude00": {}}}'))
    assert "😀" in document.data["paths"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("y", "y"),
        ("2024-01-31", "2024-01-31"),
        ("2024-01-31T12:00:00Z", "2024-01-31T12:00:00Z"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("0777", 777),
        ("0x1F", 31),
        ("0o17", 15),
        ("1e3", 1000.0),
        ("3.0.0", "3.0.0"),
        (".inf", ".inf"),
        ("=", "="),
        ("~", None),
        ("", None),
        ("TRUE", True),
    ],
)
def test_scalars_follow_yaml_1_2(write, text: str, value: object) -> None:
    found = read(write("a.yaml", f"{HEAD}paths: {{}}\nx-value: {text}\n")).data["x-value"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_plain_text(write) -> None:
    text = f"{HEAD}paths: {{}}\nx-map: {{no: 1, 2024-01-31: 2, 5: 3, true: 4, null: 5, 1.5: 6}}\n"
    found = read(write("a.yaml", text)).data["x-map"]
    assert list(found) == ["no", "2024-01-31", "5", "true", "null", "1.5"]
    assert {type(key) for key in found} == {str}


def test_merged_keys_yield_to_own_ones(write) -> None:
    text = f"{HEAD}paths: {{}}\nx-a: &a {{size: 1, colour: red}}\nx-b: {{<<: *a, size: 2}}\n"
    assert read(write("a.yaml", text)).data["x-b"] == {"size": 2, "colour": "red"}


def test_aliases_are_written_out_so_that_mending_one_place_changes_no_other(write) -> None:
    data = read(write("a.yaml", f"{HEAD}paths: {{}}\nx-a: &a {{deep: {{size: 1}}}}\nx-b: *a\n")).data
    data["x-a"]["deep"]["size"] = 2
    assert data["x-b"] == {"deep": {"size": 1}}


def test_every_duplicate_key_is_found_in_yaml(write) -> None:
    text = "openapi: 3.0.3\na: {b: 1, b: 2, c: [{d: 1, d: 2}]}\nopenapi: 3.0.0\n"
    assert [(rule, line, column) for rule, line, column, _ in problems(write("a.yaml", text))] == [
        ("duplicate-key", 2, 11),
        ("duplicate-key", 2, 28),
        ("duplicate-key", 3, 1),
    ]


def test_every_duplicate_key_is_found_in_json(write) -> None:
    text = '{"openapi": "3.0.3",\n "a": {"b": 1, "b": [{"d": 1,\n "d": 2}]},\n "openapi": "3.0.0"}'
    found = problems(write("a.json", text))
    assert [(rule, line, column) for rule, line, column, _ in found] == [
        ("duplicate-key", 2, 16),
        ("duplicate-key", 3, 2),
        ("duplicate-key", 4, 2),
    ]
    assert found[1][3] == "the key `d` is already given in line 2"


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.yaml", "a: [1, 2\n", "not-yaml"),
        ("a.yaml", "a: 1\n---\nb: 2\n", "not-yaml"),
        ("a.yaml", "a: *missing\n", "not-yaml"),
        ("a.yaml", "a: !!binary aGVsbG8=\n", "not-yaml"),
        ("a.yaml", "a: !Custom {}\n", "not-yaml"),
        ("a.yaml", "? [a, b]\n: 1\n", "not-yaml"),
        ("a.yaml", "a: {<<: 5}\n", "not-yaml"),
        ("a.yaml", "a: \x01\n", "not-yaml"),
        ("a.yaml", 'a: "\\ud800"\n', "not-yaml"),
        ("a.json", "{", "not-json"),
        ("a.json", "", "not-json"),
        ("a.json", "openapi: 3.0.3\n", "not-json"),
        # Behind a repeated key.
        ("a.json", '{"a": {"b": 1, "b": 2},', "not-json"),
        ("a.json", '{"a": 1, "a": [2}', "not-json"),
        ("a.json", '{"a": 1, "a": 2} x', "not-json"),
        ("a.json", '{"a": [{"b": 1, "b": 2}], "c": 01}', "not-json"),
        ("a.yaml", '{"a": {"b": 1, "b": 2},', "not-yaml"),
        ("a.json", '{"a": 1, "a": 2, "b": ' + "[" * 100_000, "too-deep"),
        ("a.json", '{"a": NaN}', "not-a-value"),
        ("a.json", '{"a": ' + "9" * 5000 + "}", "not-a-value"),
        ("a.json", '{"openapi": "3.0.3", "a": "\\ud800"}', "not-utf8"),
        ("a.yaml", "a: é\n".encode("latin-1"), "not-utf8"),
        ("a.yaml", "openapi: 3.0.3\n".encode("utf-16") + b"x", "not-utf8"),
        ("a.yaml", "- openapi\n", "not-openapi"),
        ("a.yaml", "openapi\n", "not-openapi"),
        ("a.yaml", "openapi: 3.3.0\n", "unknown-version"),
        ("a.yaml", "openapi: [3]\n", "unknown-version"),
        ("a.yaml", "swagger: 3.0.0\n", "unknown-version"),
    ],
)
def test_what_cannot_be_read_is_named(write, name: str, content: str | bytes, rule: str) -> None:
    assert [found[0] for found in problems(write(name, content))] == [rule]


def test_a_missing_file_is_named(tmp_path) -> None:
    assert [found[0] for found in problems(tmp_path / "absent.yaml")] == ["unreadable-file"]


def test_a_folder_is_no_description(tmp_path) -> None:
    assert [found[0] for found in problems(tmp_path)] == ["unreadable-file"]


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.0", "3.1.1", "3.2.0"])
def test_every_version_of_openapi_3_is_known(write, version: str) -> None:
    assert read(write("a.yaml", f"openapi: {version}\ninfo: {{}}\npaths: {{}}\n")).version == version


def test_a_version_written_as_a_number_is_understood(write) -> None:
    document = read(write("a.yaml", "openapi: 3.1\ninfo: {}\npaths: {}\n"))
    assert (document.version, document.data["openapi"], document.is_31) == ("3.1", "3.1", True)


@pytest.mark.parametrize("size", [2_000, 200_000])
@pytest.mark.parametrize(
    ("name", "opening", "closing"),
    [
        ("a.json", "[", "]"),
        ("a.json", '{"a":', "}"),
        ("a.yaml", "[", "]"),
        ("a.yaml", "{a: ", "}"),
        ("a.yaml", "- ", ""),
        ("a.yaml", "? ", ""),
    ],
)
def test_deep_nesting_ends_in_a_diagnostic(write, name: str, opening: str, closing: str, size: int) -> None:
    value = f"{opening * size}1{closing * size}"
    text = f'{{"x-a": {value}}}' if name == "a.json" else f"x-a:\n  {value}\n"
    assert [found[0] for found in problems(write(name, text))] == ["too-deep"]


def test_deep_block_nesting_ends_in_a_diagnostic(write) -> None:
    text = "".join(" " * depth + "a:\n" for depth in range(1_500))
    assert [found[0] for found in problems(write("a.yaml", text))] == ["too-deep"]


@pytest.mark.parametrize("factor", [10, 1_000])
def test_aliases_that_multiply_end_in_a_diagnostic(write, factor: int) -> None:
    lines = ["x-0: &n0 [lol]"]
    lines += [f"x-{i}: &n{i} [{', '.join([f'*n{i - 1}'] * factor)}]" for i in range(1, 9)]
    path = write("a.yaml", HEAD + "paths: {}\n" + "\n".join(lines))
    tracemalloc.start()
    assert [found[0] for found in problems(path)] == ["too-large"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000_000


def test_merges_that_multiply_stay_small(write) -> None:
    lines = ["x-0: &n0 {a: 1}"]
    lines += [f"x-{i}: &n{i} {{<<: [{', '.join([f'*n{i - 1}'] * 10)}]}}" for i in range(1, 12)]
    started = time.process_time()
    assert read(write("a.yaml", HEAD + "paths: {}\n" + "\n".join(lines))).data["x-11"] == {"a": 1}
    assert time.process_time() - started < 5


def test_a_large_file_is_not_read_to_its_end(write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["vcsdk.load.read"], "MAX_BYTES", 1024)
    assert [found[0] for found in problems(write("a.yaml", HEAD + "#" * 2048))] == ["too-large"]


def test_an_alias_inside_its_own_node_is_named(write) -> None:
    assert problems(write("a.yaml", "openapi: 3.0.3\nx-a: &a\n  b: [*a]\n"))[0][:2] == ("alias-cycle", 2)


def test_limits_leave_room_for_the_largest_description() -> None:
    assert limits.MAX_BYTES > 10 * 3_000_000
    assert limits.MAX_DEPTH < 500


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-be", "twice"])
@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_byte_order_marks_are_no_part_of_a_text(write, name: str, encoding: str) -> None:
    text = '{"openapi": "3.0.3", "info": {"title": "Lämp", "version": "1"}, "paths": {}}'
    marked = "\ufeff" + text if encoding in ("utf-16-be", "twice") else text
    content = marked.encode("utf-8-sig" if encoding == "twice" else encoding)
    document = read(write(name, content))
    assert document.data["info"]["title"] == "Lämp"
    assert document.locate(document.origin("/info")).column == 22


@pytest.mark.parametrize(
    ("name", "content", "place", "message"),
    [
        ("a.json", '{"a": "NaN",\n "b": [1, NaN]}', (2, 11), "NaN is not a JSON value"),
        ("a.json", '{"a": "\\"Infinity",\n "b": -Infinity}', (2, 7), "-Infinity is not a JSON value"),
        ("a.json", '{"a": "' + "9" * 5000 + '",\n "b": ' + "9" * 5000 + "}", (2, 7), "more than 4300 digits"),
        ("a.yaml", "a: 1\nb: " + "9" * 5000 + "\n", (2, 4), "more than 4300 digits"),
        ("a.yaml", "a: 1\nb: [-" + "9" * 5000 + "]\n", (2, 6), "more than 4300 digits"),
    ],
)
def test_what_is_no_value_is_found_where_it_stands(
    write, name: str, content: str, place: tuple[int, int], message: str
) -> None:
    ((rule, line, column, told),) = problems(write(name, content))
    assert (rule, (line, column)) == ("not-a-value", place)
    assert message in told
