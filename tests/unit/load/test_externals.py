from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from vcsdk.checks import check
from vcsdk.diagnostics import Diagnostics, InputError, Level
from vcsdk.load import load
from vcsdk.load.externals import refers_outside

from tests.unit.load.conftest import HEAD, problems, read

MAIN = (
    HEAD
    + """paths:
  /lamps:
    get:
      parameters: [{$ref: "parts/common.yaml#/size"}]
      responses:
        "200":
          description: All lamps
          content:
            application/json:
              schema: {$ref: "parts/lamps.json#/definitions/Lamp"}
components:
  schemas:
    Lamp: {type: string}
    Maker: {$ref: "parts/lamps.json#/definitions/Maker"}
"""
)
LAMPS = """{
  "definitions": {
    "Lamp": {"type": "object", "properties": {
      "maker": {"$ref": "#/definitions/Maker"},
      "next": {"$ref": "#/definitions/Lamp"},
      "name": {"$ref": "../a.yaml#/components/schemas/Lamp"},
      "$ref": {"type": "string"}
    }},
    "Maker": {"type": "object", "properties": {"best": {"$ref": "#/definitions/Lamp"}},
      "example": {"$ref": "not a reference"}}
  }
}
"""
COMMON = "size: {name: size, in: query, schema: {$ref: 'whole.yaml'}}\n"


def test_nodes_of_other_files_are_brought_into_components(write) -> None:
    write("parts/lamps.json", LAMPS)
    write("parts/common.yaml", COMMON)
    write("parts/whole.yaml", "type: integer\n")
    document = read(write("a.yaml", MAIN))
    get = document.data["paths"]["/lamps"]["get"]
    components = document.data["components"]
    assert get["parameters"] == [{"$ref": "#/components/parameters/size"}]
    assert components["parameters"]["size"]["schema"] == {"$ref": "#/components/schemas/whole"}
    assert components["schemas"]["whole"] == {"type": "integer"}
    schema = get["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/Lamp_lamps"}
    assert components["schemas"]["Lamp"] == {"type": "string"}
    assert components["schemas"]["Lamp_lamps"]["properties"] == {
        "maker": {"$ref": "#/components/schemas/Maker"},
        "next": {"$ref": "#/components/schemas/Lamp_lamps"},
        "name": {"$ref": "#/components/schemas/Lamp"},
        "$ref": {"type": "string"},
    }
    assert components["schemas"]["Maker"] == {
        "type": "object",
        "properties": {"best": {"$ref": "#/components/schemas/Lamp_lamps"}},
        "example": {"$ref": "not a reference"},
    }
    assert set(document.sources) == {"a.yaml", "parts/lamps.json", "parts/common.yaml", "parts/whole.yaml"}


def test_what_was_brought_in_knows_its_file(write) -> None:
    write("parts/lamps.json", LAMPS)
    write("parts/common.yaml", COMMON)
    write("parts/whole.yaml", "type: integer\n")
    document = read(write("a.yaml", MAIN))
    origin = document.origin("/components/schemas/Lamp_lamps/properties/next")
    assert (origin.file, origin.pointer) == ("parts/lamps.json", "/definitions/Lamp/properties/next")
    assert str(document.locate(origin)) == "parts/lamps.json:5:7"
    assert str(document.locate(document.origin("/components/schemas/whole/type"))) == "parts/whole.yaml:1:7"


def test_files_may_refer_to_each_other_without_end(write) -> None:
    write("b.yaml", 'B: {properties: {c: {$ref: "c.yaml#/C"}}}\n')
    write("c.yaml", 'C: {properties: {b: {$ref: "./b.yaml#/B"}}}\n')
    document = read(write("a.yaml", HEAD + 'paths: {}\ncomponents: {schemas: {A: {$ref: "b.yaml#/B"}}}\n'))
    assert document.data["components"]["schemas"] == {
        "A": {"properties": {"c": {"$ref": "#/components/schemas/C"}}},
        "C": {"properties": {"b": {"$ref": "#/components/schemas/A"}}},
    }


def test_names_do_not_depend_on_the_names_of_others(write) -> None:
    for name in ("x", "y", "z"):
        write(f"{name}/lamp.yaml", f"Lamp: {{title: {name}}}\n")
    schemas = "".join(f'    {n.upper()}: {{items: {{$ref: "{n}/lamp.yaml#/Lamp"}}}}\n' for n in ("x", "y", "z"))
    document = read(write("a.yaml", HEAD + f"paths: {{}}\ncomponents:\n  schemas:\n{schemas}"))
    titles = {name: node.get("title") for name, node in document.data["components"]["schemas"].items()}
    assert titles == {"X": None, "Y": None, "Z": None, "Lamp": "x", "Lamp_lamp": "y", "Lamp_lamp_2": "z"}


def test_mappings_of_discriminators_are_followed(write) -> None:
    write("b.yaml", "Lamp: {type: object}\n")
    text = """paths: {}
components:
  schemas:
    Light:
      oneOf: [{$ref: "b.yaml#/Lamp"}]
      discriminator: {propertyName: kind, mapping: {lamp: "b.yaml#/Lamp", torch: Torch}}
"""
    light = read(write("a.yaml", HEAD + text)).data["components"]["schemas"]["Light"]
    assert light["discriminator"]["mapping"] == {"lamp": "#/components/schemas/Lamp", "torch": "Torch"}


@pytest.mark.parametrize(
    ("reference", "rule"),
    [
        ("https://example.com/a.yaml", "ref-network"),
        ("//example.com/a.yaml", "ref-network"),
        ("file:///etc/passwd", "ref-network"),
        ("../b.yaml#/B", "ref-outside"),
        ("parts/../../b.yaml", "ref-outside"),
        ("%2e%2e/b.yaml", "ref-outside"),
        ("/etc/passwd", "ref-outside"),
        ("link.yaml", "ref-outside"),
        ("absent.yaml", "dangling-ref"),
        ("http://[::1/a", "dangling-ref"),
        ("//[/a.yaml", "dangling-ref"),
        ("a" * 5000 + ".yaml", "dangling-ref"),
        ("a%00b.yaml", "dangling-ref"),
        ("broken.yaml#/A", "not-yaml"),
        ("good.yaml#/Absent", "dangling-ref"),
        ("good.yaml#/A/b/c", "dangling-ref"),
    ],
)
def test_what_cannot_be_followed_is_refused(write, tmp_path, reference: str, rule: str) -> None:
    write("b.yaml", "B: {}\n")
    write("folder/broken.yaml", "A: [\n")
    write("folder/good.yaml", "A: {}\n")
    (tmp_path / "folder" / "link.yaml").symlink_to(tmp_path / "b.yaml")
    path = write("folder/a.yaml", HEAD + f'paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: "{reference}"}}}}}}\n')
    assert [found[0] for found in problems(path)] == [rule]


def test_other_folders_are_reached_where_that_is_allowed(write) -> None:
    write("b.yaml", "B: {type: string}\n")
    path = write("folder/a.yaml", HEAD + 'paths: {}\ncomponents: {schemas: {A: {$ref: "../b.yaml#/B"}}}\n')
    assert read(path, allow_outside=[Path()]).data["components"]["schemas"]["A"] == {"type": "string"}


@pytest.mark.parametrize("folder", ["folder", "other", "c", "../elsewhere"])
def test_a_folder_that_is_allowed_allows_no_other(write, folder: str) -> None:
    write("common/b.yaml", "B: {$ref: '../c/c.yaml#/C'}\n")
    write("c/c.yaml", "C: {type: string}\n")
    text = HEAD + 'paths: {}\ncomponents: {schemas: {A: {$ref: "../common/b.yaml#/B"}}}\n'
    path = write("folder/a.yaml", text)
    diagnostics = Diagnostics()
    load(path, diagnostics, allow_outside=[Path(folder)])
    [found] = diagnostics
    assert (found.rule, found.location.line) == ("ref-outside", 4)
    assert found.hint is not None
    assert found.hint.startswith("`--allow-outside common`")
    allowed = Diagnostics()
    load(path, allowed, allow_outside=[Path("common")])
    assert [d.location.file for d in allowed] == ["folder/../common/b.yaml"]
    assert read(path, allow_outside=[Path("common"), Path("c")]).data["components"]["schemas"]


def test_a_link_that_leads_outside_is_refused_without_a_way_around(write, tmp_path) -> None:
    write("b.yaml", "B: {}\n")
    path = write("folder/a.yaml", HEAD + 'paths: {}\ncomponents: {schemas: {A: {$ref: "l.yaml#/B"}}}\n')
    (tmp_path / "folder" / "l.yaml").symlink_to(tmp_path / "b.yaml")
    diagnostics = Diagnostics()
    load(path, diagnostics)
    assert [(d.rule, d.hint) for d in diagnostics] == [("ref-outside", None)]


def test_in_swagger_2_a_place_is_told_once_and_where_it_is(write) -> None:
    text = (
        'swagger: "2.0"\ninfo: {title: A, version: "1"}\nproduces: [application/json, text/json]\npaths:\n'
        '  /a:\n    get:\n      operationId: a\n      responses:\n        "200":\n          description: A\n'
        '          schema: {$ref: "../b.yaml#/B"}\n'
    )
    diagnostics = Diagnostics()
    document = load(write("folder/a.yaml", text), diagnostics)
    with contextlib.suppress(InputError):
        check(document, diagnostics)
    assert [(d.rule, str(d.location)) for d in diagnostics] == [("ref-outside", "folder/a.yaml:11:26")]


@pytest.mark.parametrize("address", ["./", ".", "/", "../folder/", "%2E/"])
def test_a_folder_means_the_file_that_refers_to_it(write, address: str) -> None:
    new = HEAD + f'paths: {{}}\ncomponents: {{schemas: {{A: {{$ref: "{address}#/components/schemas/B"}}, B: {{}}}}}}\n'
    old = (
        'swagger: "2.0"\ninfo: {title: A, version: "1"}\npaths: {}\n'
        f'definitions: {{A: {{$ref: "{address}#/definitions/B"}}, C: {{$ref: "{address}#/definitions/B"}}, B: {{}}}}\n'
    )
    for text in (new, old):
        diagnostics = Diagnostics()
        document = load(write("folder/a.yaml", text), diagnostics)
        assert [(d.level, d.rule) for d in diagnostics] == [(Level.WARNING, "ref-to-folder")]
        assert document.data["components"]["schemas"]["A"] == {"$ref": "#/components/schemas/B"}


def test_a_broken_file_is_reported_once_however_often_it_is_named(write) -> None:
    write("b.yaml", "B: [\n")
    text = HEAD + 'paths: {}\ncomponents: {schemas: {A: {$ref: "b.yaml#/B"}, C: {$ref: "b.yaml#/C"}}}\n'
    diagnostics = Diagnostics()
    load(write("a.yaml", text), diagnostics)
    assert [str(d.location) for d in diagnostics] == ["b.yaml:2:1"]


@pytest.mark.parametrize(
    ("data", "outside"),
    [
        ({"a": [{"$ref": "b.yaml#/B"}]}, True),
        ({"a": {"$ref": "#/b"}, "description": "See `b.yaml` and b.json."}, False),
        ({"discriminator": {"mapping": {"x": "b.yaml"}}}, True),
        ({"discriminator": {"mapping": {"x": "#/b"}}}, False),
        ({"properties": {"$ref": {"type": "string"}, "mapping": {"type": "b.yaml"}}}, False),
        ({"properties": {"discriminator": {"type": "string"}, "a": {"discriminator": "kind"}}}, False),
        ({"properties": {"$ref": {"description": "as in b.yaml"}}}, False),
    ],
)
def test_a_file_that_is_only_mentioned_is_no_reference(data: dict[str, object], outside: bool) -> None:
    assert refers_outside(data) is outside


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("x.yaml#B", "`x.yaml#B` does not exist; took `/B` of the file"),
        ("parts\\\\y.yaml#/B", "`parts\\y.yaml` has backslashes; took slashes"),
        ("B", "there is no file `B`; took `#/components/schemas/B`"),
        ("x.yaml#/B/", "`x.yaml#/B/` does not exist; took `/B` of the file"),
    ],
)
def test_what_a_reference_can_only_mean_is_taken(write, reference: str, said: str) -> None:
    write("x.yaml", "B: {type: string}\n")
    write("parts/y.yaml", "B: {type: string}\n")
    schemas = f'  schemas:\n    B: {{type: string}}\n    A: {{properties: {{b: {{$ref: "{reference}"}}}}}}\n'
    path = write("a.yaml", HEAD + f'paths: {{}}\ncomponents:\n{schemas}    C: {{$ref: "{reference}"}}\n')
    diagnostics = Diagnostics()
    document = load(path, diagnostics)
    assert {(d.level, d.rule, d.message) for d in diagnostics} == {(Level.WARNING, "misspelt-ref", said)}
    places = document.data["components"]["schemas"]
    written = places["A"]["properties"]["b"]["$ref"]
    assert document.resolve(written)[1] == {"type": "string"}


def test_a_file_that_is_called_as_a_component_is_the_file(write) -> None:
    write("B", "type: integer\n")
    path = write("a.yaml", HEAD + "paths: {}\ncomponents:\n  schemas: {B: {type: string}, A: {items: {$ref: B}}}\n")
    document = load(path, Diagnostics())
    assert document.resolve(document.data["components"]["schemas"]["A"]["items"]["$ref"])[1] == {"type": "integer"}


def test_a_bare_name_of_swagger_2_is_a_definition(write) -> None:
    head = 'swagger: "2.0"\ninfo: {title: T, version: "1"}\npaths: {}\n'
    path = write("a.yaml", head + "definitions: {B: {type: string}, A: {items: {$ref: B}}}\n")
    diagnostics = Diagnostics()
    document = load(path, diagnostics)
    assert document.data["components"]["schemas"]["A"]["items"] == {"$ref": "#/components/schemas/B"}
    assert [d.message for d in diagnostics] == ["there is no file `B`; took `#/definitions/B`"]
