"""The runtime as a part of a generated package: it stands alone and costs little."""

from __future__ import annotations

import ast
import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import vcsdk.copied.runtime

ROOT = Path(vcsdk.copied.runtime.__file__).parent


def test_every_exported_name_is_there_and_typed_the_same_way() -> None:
    tree = ast.parse((ROOT / "__init__.py").read_text())
    typed = {
        (f"{node.module}", alias.name)
        for branch in tree.body
        if isinstance(branch, ast.If)
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed == {(home, name) for name, home in vcsdk.copied.runtime._HOME.items()}
    for name in vcsdk.copied.runtime.__all__:
        home = vcsdk.copied.runtime._HOME[name]
        found = getattr(vcsdk.copied.runtime, name)
        assert found is getattr(importlib.import_module(f"vcsdk.copied.runtime.{home}"), name)


def test_copied_into_a_package_it_belongs_to_that_package(tmp_path: Path) -> None:
    shutil.copytree(ROOT, tmp_path / "some_api" / "_runtime", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "some_api" / "__init__.py").touch()
    program = """
import sys
sys.path.insert(0, sys.argv[1])
from some_api._runtime import Model, OpenEnum
assert "httpx2" not in sys.modules, "models need no transport"
from some_api._runtime import Client, Task
from some_api._runtime import client, tasks, wait, log
assert "asyncio" not in sys.modules, "a synchronous program needs no event loop"
assert not any(name.split(".")[0] == "vcsdk" for name in sys.modules)
print(log.logger.name, Client("vc.example.com")._transport.caller.line._headers["user-agent"].split()[0])
"""
    run = subprocess.run(
        [sys.executable, "-I", "-c", program, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert run.stderr == ""
    assert run.stdout.split() == ["some_api", "some_api"]
