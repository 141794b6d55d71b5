"""A program written for a release goes on with the next one: its names, what it gives and what it gets still fit.

The program is made of the old surface: it imports every model, names every member and attribute, and calls every method
with every argument.  mypy holds it to the package that the new description gives beside the record of the old one.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from vcsdk.cli.main import main
from vcsdk.copied import runtime
from vcsdk.pipeline import read_api
from vcsdk.surface import Class, ClassKind, Method, ParameterKind, Surface, parse

SHARED = Path(__file__).parents[3] / "shared"
HISTORIES = SHARED / "histories"
SAFE = ["payments-1", "payments-2", "telephony-1", "telephony-2", "incidents-1"]
LEFT_OUT = (0, 1)
"""What a command exits with that does all, or leaves a part out and says so."""
HEAD = """\
from __future__ import annotations
from collections.abc import *
from datetime import date, datetime, time, timedelta
from typing import *
from uuid import UUID
from msgspec import UNSET, UnsetType
from {package} import *
from {package}.models import *
"""


def program(surface: Surface, paths: dict[str, str], client: str) -> str:
    """A program that uses every name of a surface as its types allow."""
    known = {each.name for module in surface.modules for each in (*module.classes, *module.aliases)}
    shown = ", ".join(name for name in runtime.__all__ if name not in known)
    lines = [HEAD.format(package=surface.package), f"from {surface.package}._runtime import {shown}"]
    for module in surface.modules:
        if module.name.startswith("models."):
            for name in (*module.aliases, *module.classes):
                lines.append(f"from {surface.package}.{module.name} import {name.name} as _{name.name}")
    number = 0
    for module in surface.modules:
        for class_ in module.classes:
            if module.name.startswith("models."):
                lines += of_model(class_)
            for method in class_.methods:
                if method.request in paths and not method.asynchronous:
                    number += 1
                    path = ".".join((*paths[method.request].split(".")[:-1], method.name))
                    lines += of_method(number, method, path, client)
    return "\n".join(lines) + "\n"


def of_model(class_: Class) -> list[str]:
    lines = [f"def read_{class_.name}(it: {class_.name}) -> None:", "    pass"]
    for number, field in enumerate(class_.fields):
        lines.append(f"    f{number}: {field.type} = it.{field.name}")
    if class_.kind is ClassKind.ENUM:
        lines += [f"    {class_.name}.{member.name}" for member in class_.members]
    return lines


def of_method(number: int, method: Method, path: str, client: str) -> list[str]:
    given = [p for p in method.parameters if p.kind in (ParameterKind.POSITIONAL, ParameterKind.KEYWORD)]
    takes = "".join(f", a_{p.name}: {p.type}" for p in given)
    gives = ", ".join(f"{p.name}=a_{p.name}" for p in given)
    returns = plain(method.returns)
    return [
        f"def call_{number}(client: {client}{takes}) -> {returns}:",
        f"    {'' if method.returns == 'None' else 'return '}client.{path}({gives})",
    ]


def plain(returns: str) -> str:
    """What a page is to a program that knows of no pages: `Paged[ResourceList, Resource]` is a `ResourceList`."""
    node = ast.parse(returns, mode="eval").body
    members: list[str] = []
    while isinstance(node, ast.BinOp):
        members.insert(0, bare(node.right))
        node = node.left
    return " | ".join([bare(node), *members])


def bare(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple) and ast.unparse(node.value) == "Paged":
        node = node.slice.elts[0]
    return ast.unparse(node)


def released(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Path]:
    """The old program, and the package that the new description gives beside the record of the old release."""
    pair = HISTORIES / name
    if not (pair / "new.json").is_file():
        pytest.skip("the published histories are not beside this checkout")
    monkeypatch.chdir(folder)
    (folder / "spec").mkdir()
    description = folder / "spec/api.json"
    description.write_text((pair / "old.json").read_text())
    # `init` refuses what has an error, and some of these have.
    (folder / "spec/api.toml").write_text("[api]\npartial = true\n")
    assert main(["release", "spec/api.json"]) in LEFT_OUT
    package = next(path for path in (folder / "generated").iterdir() if not path.name.endswith("-contract"))
    old = read_api(description)
    paths = {operation.request_line: operation.python_path for operation in old.api.operations}
    text = program(parse((package / "surface.txt").read_text()), paths, old.config.package.client)
    description.write_text((pair / "new.json").read_text())
    assert main(["generate", "spec/api.json", "-o", "generated", "-q"]) in LEFT_OUT
    return text, package / "src"


def checked(text: str, source: Path) -> list[str]:
    """What mypy says of a program, an entry a mistake."""
    file = source.parents[1] / "old_program.py"
    file.write_text(text)
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--no-incremental", str(file)]
    environment = {"MYPYPATH": str(source), "PATH": ""}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd=file.parent)
    return [line for line in (run.stdout + run.stderr).splitlines() if "old_program.py" in line]


@pytest.mark.parametrize("name", SAFE)
def test_where_nothing_breaks_on_the_wire_the_old_program_is_whole(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text, source = released(name, tmp_path, monkeypatch)
    capsys.readouterr()
    assert (
        main(["diff", str(HISTORIES / name / "old.json"), str(HISTORIES / name / "new.json"), "--partial", "--json"])
        == 0
    )
    assert json.loads(capsys.readouterr().out)["counts"]["breaking"] == 0
    assert checked(text, source) == []


def test_what_does_not_fit_any_more_has_a_cause_on_the_wire(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "payments-3"
    text, source = released(name, tmp_path, monkeypatch)
    assert checked(text.replace("client.", "client.no_such_thing."), source), "nothing is checked"
    wrong = {int(line.split(":")[1]) for line in checked(text, source)}
    assert wrong
    capsys.readouterr()
    main(["affected", "spec/api.json", "generated/old_program.py", "--show", "risky", "--json"])
    told = capsys.readouterr()
    report = json.loads(told.out)
    lines = {place["line"] for place in report["places"]}
    assert wrong <= lines
