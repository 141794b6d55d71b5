"""Reading a configuration: what it gives, and how each mistake is shown."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from vcsdk.config.model import Config, OperationSettings, PackageNames
from vcsdk.config.read import Configuration, read
from vcsdk.diagnostics import Diagnostics
from vcsdk.ir import Outcome, Safety
from vcsdk.reporting import render_text

TITLED = {"info": {"title": "Pet Store"}}


@pytest.fixture(autouse=True)
def _in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def parse(text: str | bytes) -> tuple[Configuration, str]:
    """The configuration, and its findings as a user sees them."""
    path = Path("api.toml")
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    diagnostics = Diagnostics()
    configuration = read(path, TITLED, diagnostics)
    return configuration, render_text(diagnostics)


FULL = """
[package]
distribution = "vcenter-vcha"
module = "vcenter_vcha"
client = "VCenter"
version = "1.2.0rc1"

[api]
profile = "vapi"
strip = ["vcenter", "cis"]
overlays = ["a.yaml", "b.yaml"]

[repairs]
off = ["query-in-path"]

[operations."vcha.cluster.failover"]
safety = "destructive"
disrupts_connection = true

[operations."vcha.cluster.failover".outcome]
operation = "Cluster_get"
properties = ["node1", "node2"]
path = "runtime.role"
equals = "ACTIVE"

[operations.Cluster_get]
name = "fetch"
safety = "read"
"""


def test_everything_that_can_be_said() -> None:
    configuration, findings = parse(FULL)
    assert findings == ""
    assert configuration.config == Config(
        package=PackageNames("vcenter-vcha", "vcenter_vcha", "VCenter", "1.2.0rc1"),
        profile="vapi",
        strip=("vcenter", "cis"),
        operations={
            "vcha.cluster.failover": OperationSettings(
                Safety.DESTRUCTIVE, True, Outcome("Cluster_get", ("node1", "node2"), "runtime.role", "ACTIVE")
            ),
            "Cluster_get": OperationSettings(Safety.READ, name="fetch"),
        },
        repairs_off=("query-in-path",),
        overlays=("a.yaml", "b.yaml"),
        file="api.toml",
    )
    assert configuration.sha256 == hashlib.sha256(FULL.encode()).hexdigest()


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "[package]\n", "[api]\n[operations]\n"], ids=repr)
def test_everything_may_be_left_out(text: str) -> None:
    configuration, findings = parse(text)
    assert findings == ""
    assert configuration.config == Config(PackageNames("pet-store", "pet_store", "PetStore"), file="api.toml")
    assert configuration.config.profile == "auto"


def test_without_a_file_there_is_no_hash() -> None:
    diagnostics = Diagnostics()
    configuration = read(None, TITLED, diagnostics)
    assert configuration == Configuration(Config(PackageNames("pet-store", "pet_store", "PetStore")))
    assert len(diagnostics) == 0


@pytest.mark.parametrize(
    ("package", "names"),
    [
        ('distribution = "my.pets"', ("my.pets", "my_pets", "PetStore")),
        ('module = "my_pets"', ("my-pets", "my_pets", "PetStore")),
        ('client = "Pets"', ("pet-store", "pet_store", "Pets")),
    ],
)
def test_one_name_gives_the_others(package: str, names: tuple[str, str, str]) -> None:
    configuration, findings = parse(f"[package]\n{package}\n")
    assert findings == ""
    assert configuration.config.package == PackageNames(*names)


MISTAKES = {
    "unknown section": (
        '[pakage]\nclient = "X"\n',
        "api.toml:1:1: error: there is no setting `pakage` [config-key]\n"
        "    1 | [pakage]\n"
        "      | ^ did you mean `package`?\n",
    ),
    "unknown key": (
        "[api]\n  stripp = []\n",
        "api.toml:2:3: error: there is no setting `api.stripp` [config-key]\n"
        "    2 |   stripp = []\n"
        "      |   ^ did you mean `strip`?\n",
    ),
    "unknown key without a near one": (
        "[repairs]\nxyz = 1\n",
        "api.toml:2:1: error: there is no setting `repairs.xyz` [config-key]\n"
        "    2 | xyz = 1\n"
        "      | ^ known here are `off`\n",
    ),
    "number for text": (
        "[package]\nclient = 3\n",
        "api.toml:2:1: error: `package.client` must be text, not a number [config-type]\n"
        "    2 | client = 3\n"
        "      | ^\n",
    ),
    "text for a list": (
        '[api]\nstrip = "vcenter"\n',
        "api.toml:2:1: error: `api.strip` must be a list, not text [config-type]\n"
        '    2 | strip = "vcenter"\n'
        "      | ^\n",
    ),
    "number in a list": (
        '[api]\nstrip = ["a", 1]\n',
        "api.toml:2:1: error: `api.strip` must be a list of texts, and 1 is not one [config-type]\n"
        '    2 | strip = ["a", 1]\n'
        "      | ^\n",
    ),
    "text for a table": (
        'package = "x"\n',
        'api.toml:1:1: error: `package` must be a table, not text [config-type]\n    1 | package = "x"\n      | ^\n',
    ),
    "flag as text": (
        '[operations."a.b"]\ndisrupts_connection = "yes"\n',
        'api.toml:2:1: error: `operations."a.b".disrupts_connection` must be true or false, not text [config-type]\n'
        '    2 | disrupts_connection = "yes"\n'
        "      | ^\n",
    ),
    "unknown choice": (
        '[operations.a]\nsafety = "destructiv"\n',
        'api.toml:2:1: error: `operations.a.safety` cannot be "destructiv" [config-value]\n'
        '    2 | safety = "destructiv"\n'
        "      | ^ did you mean `destructive`?\n",
    ),
    "choice with nothing near": (
        '[api]\nprofile = "rest"\n',
        'api.toml:2:1: error: `api.profile` cannot be "rest" [config-value]\n'
        '    2 | profile = "rest"\n'
        "      | ^ known are `vapi`, `plain`, `auto`\n",
    ),
    "unknown repair": (
        '[repairs]\noff = ["query-in-paths"]\n',
        'api.toml:2:1: error: `repairs.off` cannot be "query-in-paths" [config-value]\n'
        '    2 | off = ["query-in-paths"]\n'
        "      | ^ did you mean `query-in-path`?\n",
    ),
    "incomplete outcome": (
        '[operations.a.outcome]\noperation = "b"\npath = "c"\nequals = "d"\n',
        "api.toml:1:1: error: `operations.a.outcome.properties` is missing [config-key]\n"
        "    1 | [operations.a.outcome]\n"
        "      | ^\n",
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_shown_at_its_place(text: str, expected: str) -> None:
    configuration, findings = parse(text)
    assert findings == expected
    assert configuration.config.package.distribution


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ('[package]\nclient = "VCenter\n', "2:18", 'client = "VCenter'),
        ("[api]\nstrip = [", "2:10", "strip = ["),
        ('[api]\nprofile = "vapi"\nprofile = "plain"\n', "3:18", 'profile = "plain"'),
        ("=", "1:1", "="),
    ],
    ids=["open text", "open list", "key given twice", "no key"],
)
def test_what_is_no_toml_is_shown_where_reading_stopped(text: str, place: str, line: str) -> None:
    # What tomllib calls the mistake differs between versions of Python.
    configuration, findings = parse(text)
    head, excerpt, caret = findings.splitlines()
    assert head.startswith(f"api.toml:{place}: error: not TOML: ")
    assert head.endswith(" [not-toml]")
    assert excerpt.endswith(f" | {line}")
    assert caret.endswith("^")
    assert configuration.sha256 is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('distribution = "-x"', "starts and ends"),
        ('distribution = "../up"', "has letters, digits"),
        ('distribution = "HTTPX2"', "need the distribution"),
        ('distribution = ""', "must not be empty"),
        ('module = "json"', "standard library"),
        ('module = "httpx2"', "need"),
        ('module = "vcsdk"', "need"),
        ('module = "class"', "word of the Python language"),
        ('module = "a-b"', "ASCII letters"),
        ('module = "a.b"', "ASCII letters"),
        ('module = "é"', "ASCII letters"),
        ('client = "Client"', "for something else"),
        ('client = "Exception"', "for something else"),
        ('client = "None"', "word of the Python language"),
        ('client = "x y"', "ASCII letters"),
        ('version = "one"', "PEP 440"),
        ('version = "1.0-beta"', "PEP 440"),
        ('version = "٣.0"', "PEP 440"),
        ('distribution = "Pip"', "need the distribution"),
        ('distribution = "setuptools"\nmodule = "x"', "need the distribution"),
        ('distribution = "PyYAML"\nmodule = "x"', "need the distribution"),
        ('distribution = "x"\nmodule = "yaml"', "would hide a module"),
        ('module = "python_dateutil"', "cannot be made of `python_dateutil`"),
        ('distribution = "json"', "cannot be `json`"),
        ('distribution = "3d"', "cannot be `3d`"),
    ],
)
def test_names_that_cannot_be_are_refused(line: str, reason: str) -> None:
    _, findings = parse(f"[package]\n{line}\n")
    assert findings.count("[config-value]") == 1
    assert reason in findings
    assert findings.startswith("api.toml:")


@pytest.mark.parametrize("name", ["class", "a-b", "__init__", "a.b"])
def test_method_names_that_cannot_be_are_refused(name: str) -> None:
    _, findings = parse(f'[operations.a]\nname = "{name}"\n')
    assert findings.startswith("api.toml:2:1: error: `operations.a.name` cannot be")


def test_all_mistakes_are_found_at_once_and_the_rest_is_read() -> None:
    text = '[package]\nclient = 1\nmodule = "fine"\nx = 1\n[api]\nprofile = "no"\n[operations.a]\nsafety = true\n[b]\n'
    configuration, findings = parse(text)
    assert [line.partition(": ")[0] for line in findings.splitlines() if "error:" in line] == [
        "api.toml:2:1",
        "api.toml:4:1",
        "api.toml:6:1",
        "api.toml:8:1",
        "api.toml:9:1",
    ]
    assert configuration.config.package.module == "fine"


def test_a_file_that_is_not_there() -> None:
    diagnostics = Diagnostics()
    read(Path("no.toml"), TITLED, diagnostics)
    assert render_text(diagnostics) == "no.toml: error: there is no such file [unreadable-file]\n"


def test_bytes_that_are_not_utf8() -> None:
    _, findings = parse(b'[api]\nstrip = ["\xff"]\n')
    assert findings.startswith("api.toml:2:11: error: not UTF-8: byte 0xff at offset 16 [not-utf8]\n")


def test_a_byte_order_mark_is_no_mistake() -> None:
    _, findings = parse(b'\xef\xbb\xbf[api]\nprofile = "vapi"\n')
    assert findings == ""


def test_windows_line_ends_do_not_move_places() -> None:
    _, findings = parse(b'[api]\r\nprofile = "vapi"\r\nx = 1\r\n')
    assert findings.splitlines()[:2] == [
        "api.toml:3:1: error: there is no setting `api.x` [config-key]",
        "    3 | x = 1",
    ]


def test_a_deep_value_ends_as_a_finding() -> None:
    _, findings = parse("a = " + "[" * 5000 + "]" * 5000 + "\n")
    assert "error:" in findings
