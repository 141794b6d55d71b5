from __future__ import annotations

import json

import pytest
from vcsdk.diagnostics import Level, Origin
from vcsdk.load.pointer import escape, find, from_fragment, join, split
from vcsdk.load.positions import JsonPositions
from vcsdk.load.source import Source
from vcsdk.load.yaml_positions import YamlPositions

from tests.unit.load.conftest import HEAD, read

TEXT = """{
  "openapi": "3.0.3",
  "paths": {
    "/a/~b": {"get": [10, {"x": "y"}, []]},
    "": null
  }
}
"""


def places(positions, pointers: list[str]) -> list[str]:
    return [TEXT[positions.find(pointer).offset :][:6] for pointer in pointers]


@pytest.mark.parametrize("kind", [JsonPositions, YamlPositions])
def test_leaves_are_found_at_their_value_and_holders_at_their_key(kind) -> None:
    pointers = ["/openapi", "/paths", "/paths/~1a~1~0b", "/paths/~1a~1~0b/get/0", "/paths/~1a~1~0b/get/1/x", "/paths/"]
    assert places(kind(TEXT), pointers) == ['"3.0.3', '"paths', '"/a/~b', '10, {"', '"y"}, ', "null\n "]


@pytest.mark.parametrize("kind", [JsonPositions, YamlPositions])
def test_a_node_that_is_not_there_is_found_at_the_nearest_above(kind) -> None:
    positions = kind(TEXT)
    assert positions.find("/paths/absent/deep") == positions.find("/paths")
    assert positions.find("/paths/~1a~1~0b/get/9/x") == positions.find("/paths/~1a~1~0b/get")
    assert positions.find("/absent").offset == 0


def test_positions_of_a_minified_text_agree_with_those_of_yaml() -> None:
    data = {"a": [{"b": 'é"\\,{'}, 1.5, {"c": {"d": [[], {}, ""]}}], "e": {"f": None}}
    text = json.dumps(data, ensure_ascii=False)
    plain, block = JsonPositions(text), YamlPositions(text)
    for pointer in ("", "/a/0/b", "/a/1", "/a/2/c/d/0", "/a/2/c/d/2", "/e/f", "/e"):
        assert plain.find(pointer) == block.find(pointer)


def test_columns_count_characters_and_lines_end_at_line_feeds() -> None:
    source = Source("a.yaml", b"", "ä: 1\r\nb: \u2028 ü\n")
    assert str(source.at(source.text.index("ü"))) == "a.yaml:2:6"
    assert source.line(1) == "ä: 1"
    assert source.line(9) is None


def test_origins_follow_what_is_moved(write) -> None:
    document = read(write("a.yaml", HEAD + "paths:\n  /a?b=c:\n    get: {x-a: 1}\n"))
    document.added("/paths/~1a?b=c/get/x-new", Origin("b.yaml", "/new"))
    document.moved("/paths/~1a#d", "/paths/~1a?b=c")
    assert document.origin("/paths/~1a#d/get/x-a") == Origin("a.yaml", "/paths/~1a?b=c/get/x-a")
    assert document.origin("/paths/~1a#d/get/x-new/deep") == Origin("b.yaml", "/new/deep")
    assert document.locate(document.origin("/paths/~1a#d")).line == 4


def test_a_finding_carries_its_line(write) -> None:
    document = read(write("a.yaml", HEAD + "paths: {}\n"))
    found = document.diagnose(Level.ERROR, "some-rule", "bad", "/info/title", "better")
    assert str(found.location) == "a.yaml:2:15"
    assert found.excerpt == 'info: {title: Lamps, version: "1"}'
    assert found.hint == "better"
    assert document.diagnose(Level.ERROR, "some-rule", "bad", "/info/title", key=True).location.column == 8


def test_pointers_escape_and_decode() -> None:
    assert join("/paths", "/a~b", 0) == "/paths/~1a~0b/0"
    assert split("/paths/~1a~0b/0") == ["paths", "/a~b", "0"]
    assert split("") == []
    assert escape("~1") == "~01"
    assert from_fragment("/a%20b/%7Ec") == "/a b/~c"
    assert find({"": [{"~": 1}]}, "//0/~0") == 1
    for pointer in ("/absent", "//7", "//0/~0/deep", "//-1"):
        with pytest.raises(KeyError):
            find({"": [{"~": 1}]}, pointer)


@pytest.mark.parametrize("name", ["a.b", "a$b", "a b", "a~b", "a/b", "ä"])
def test_references_reach_odd_names(write, name: str) -> None:
    document = read(write("a.json", json.dumps({"openapi": "3.0.3", "components": {"schemas": {name: {"x": 1}}}})))
    token = escape(name)
    for spelled in (token, token.replace("~", "%7E").replace(" ", "%20").replace("$", "%24")):
        pointer, node = document.resolve(f"#/components/schemas/{spelled}")
        assert node == {"x": 1}
        assert pointer == f"/components/schemas/{token}"
    with pytest.raises(KeyError):
        document.resolve("other.yaml#/a")
