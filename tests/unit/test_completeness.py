"""Emitted text is held to the description: each thing that is taken out of it is missed by name."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from vcsdk import parallel
from vcsdk.diagnostics import Diagnostics
from vcsdk.emitters import File, emit_all
from vcsdk.emitters.completeness import Completeness, Tally, account, accounting
from vcsdk.pipeline import Described, read_api

SPEC = Path(__file__).parents[2] / "spec" / "vcha.yaml"


@pytest.fixture(scope="module")
def described() -> Described:
    return read_api(SPEC)


@pytest.fixture(scope="module")
def files(described: Described) -> list[File]:
    return emit_all(described)


def counted(described: Described, files: list[File]) -> tuple[Completeness, list[str]]:
    diagnostics = Diagnostics()
    return account(described, files, diagnostics), [found.message for found in diagnostics]


def edited(files: list[File], path: str, edit: Callable[[str], str]) -> list[File]:
    before = next(file for file in files if str(file.path).endswith(path))
    after = replace(before, content=edit(before.content))
    assert after != before
    return [after if file is before else file for file in files]


def test_everything_is_there(described: Described, files: list[File]) -> None:
    found, missing = counted(described, files)
    assert missing == []
    assert found.complete
    assert found.operations == Tally(11, 11)
    assert found.schemas == Tally(37, 37)


def test_declared_responses_are_counted_in_the_text_of_the_description(described: Described, files: list[File]) -> None:
    # Answers stand at one indentation, and nothing else there looks like a status.
    text = SPEC.read_text()
    paths = text[text.index("\npaths:") : text.index("\ncomponents:")]
    stated = len(re.findall(r'^        (?:"\d\d\d"|"\dXX"|default):', paths, re.MULTILINE))
    assert counted(described, files)[0].responses == Tally(stated, stated)


@pytest.mark.parametrize("kept", ["def failover(", "async def failover("])
def test_a_method_of_one_class_is_missed(described: Described, files: list[File], kept: str) -> None:
    def edit(text: str) -> str:
        if kept.startswith("async"):
            return text.replace("    def failover(", "    def other(")
        return text.replace("async def failover(", "async def other(")

    found, missing = counted(described, edited(files, "resources/vcha_cluster.py", edit))
    assert found.operations == Tally(11, 10)
    assert missing == ["POST /vcenter/vcha/cluster has no method in the output"]


def test_a_method_in_another_class_does_not_count(described: Described, files: list[File]) -> None:
    found, _ = counted(
        described,
        edited(files, "resources/vcha_cluster.py", lambda text: text.replace("class Cluster(", "class Other(")),
    )
    assert found.operations == Tally(11, 9)


def test_an_answer_is_missed(described: Described, files: list[File]) -> None:
    def edit(text: str) -> str:
        head, tail = text.split("_FAILOVER = ")
        return head + "_FAILOVER = " + re.sub("""["']403["']: Answer[^,]*, """, "", tail, count=1)

    found, missing = counted(described, edited(files, "resources/vcha_cluster.py", edit))
    assert found.responses.declared - found.responses.emitted == 1
    assert missing == ["the answer 403 of POST /vcenter/vcha/cluster is not in the output"]


def test_a_schema_is_missed(described: Described, files: list[File]) -> None:
    schema = described.api.schemas["#/components/schemas/Std_Errors_Error"]
    path = schema.module.replace(".", "/") + ".py"
    found, missing = counted(
        described, edited(files, path, lambda text: text.replace(f"class {schema.name}(", f"class {schema.name}2("))
    )
    assert found.schemas == Tally(37, 36)
    assert missing[0] == "the schema `Std_Errors_Error` is not in the output"


def test_an_operation_that_the_ir_lost_is_missed(described: Described, files: list[File]) -> None:
    kept = tuple(o for o in described.api.operations if o.python_path != "tasks.cancel")
    lossy = replace(described, api=replace(described.api, operations=kept))
    found, missing = counted(lossy, files)
    assert found.operations == Tally(11, 10)
    assert missing[0] == "POST /cis/tasks/{task} has no method in the output"


CLUSTER = "resources/vcha_cluster.py"


@pytest.mark.slow
@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize(
    ("path", "before", "after", "said"),
    [
        # A type that nobody imported; one that msgspec has no decoder for; text that is no Python; a missing import.
        ("models/cis.py", "\n    status: ", "\n    status: Nobody | ", "NameError: name 'Nobody' is not defined"),
        (
            "models/cis.py",
            ": StdLocalizableMessage",
            ": dict[int, str] | dict[str, str]",
            "TypeError",
        ),
        ("models/cis.py", "\nclass ", "\nclass class ", "SyntaxError"),
        (CLUSTER, "import Answer, ", "import Nothing, ", "ImportError: cannot import name 'Nothing'"),
        (CLUSTER, "timeout: float | None", "timeout: Nobody | None", "NameError: name 'Nobody' is not defined"),
        (CLUSTER, "'202': Answer(str)", "'202': Answer(dict[int, str] | dict[str, str])", "TypeError"),
    ],
)
def test_what_cannot_be_used_is_never_complete(
    described: Described,
    files: list[File],
    path: str,
    before: str,
    after: str,
    said: str,
    apart: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = edited(files, path, lambda text: text.replace(before, after, 1))
    diagnostics = Diagnostics()
    monkeypatch.setattr(parallel, "worthwhile", lambda _: apart)
    with accounting(described, broken, beside=apart) as ended:
        found = ended(broken, diagnostics)
    assert not found.complete
    told, *others = [each for each in diagnostics if each.rule == "not-usable"]
    assert found.unusable == 1 + len(others)
    assert said in told.message
    assert path.removesuffix(".py").replace("/", ".") in told.message


def test_nothing_of_the_package_stays_behind(described: Described, files: list[File]) -> None:
    before = set(sys.modules), list(sys.meta_path)
    assert counted(described, files)[0].unusable == 0
    assert {name for name in sys.modules if name.startswith("_vcsdk_emitted")} == set()
    assert list(sys.meta_path) == before[1]


def test_a_package_called_like_what_it_needs_is_not_mistaken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "input.json"
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    about = {"openapi": "3.0.3", "info": {"title": "Json", "version": "1"}, "paths": {}}
    path.write_text(json.dumps({**about, "components": {"schemas": {"Typing": schema, "Enum": schema}}}))
    read = read_api(path)
    assert counted(read, emit_all(read))[0].unusable == 0
