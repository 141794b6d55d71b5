"""The generated distribution as a whole: its metadata, its laziness, and what other tools say of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from vcsdk.pipeline import read_api

from tests.generated import imported, read_spec, write_client

EXERCISE = Path(__file__).with_name("exercise.py")
RUFF = (sys.executable, "-m", "ruff")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    described = read_spec()
    source = write_client(described.api, described.config, described.document, tmp_path_factory.mktemp("package"))
    subprocess.run(
        [*RUFF, "format", "--quiet", "--isolated", "--line-length", "120", source / "vcenter_vcha"], check=True
    )
    return source.parent


def python(root: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_everything_imports_and_every_model_has_a_decoder(root: Path) -> None:
    said = python(root, str(EXERCISE), str(root / "src"), "vcenter_vcha")
    assert said.endswith(f"\n{len(read_spec().api.schemas)} models, 11 operations\n")


def test_metadata(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    assert project["name"] == "vcenter-vcha"
    assert project["version"] == "0.1.0"
    assert project["requires-python"] == ">=3.11"
    assert sorted(re.split("[><=]", d)[0] for d in project["dependencies"]) == ["httpx2", "msgspec"]
    assert (root / "src/vcenter_vcha/py.typed").read_text() == ""
    with imported(root / "src", "vcenter_vcha") as package:
        assert package.__version__ == project["version"]


def test_a_program_pays_for_what_it_calls(root: Path) -> None:
    code = (
        "import sys, vcenter_vcha\n"
        "print(sorted(m for m in sys.modules if m.startswith('vcenter_vcha')), 'httpx2' in sys.modules)\n"
        "c = vcenter_vcha.VCenter('vc.example.com', username='u', password='p')\n"
        "c.vcha.cluster\n"
        "print(sorted(m for m in sys.modules if m.startswith('vcenter_vcha.models')), 'asyncio' in sys.modules)\n"
        "print(sorted(m for m in sys.modules if m.startswith('vcenter_vcha.resources.')))\n"
    )
    first, models, resources = python(root, "-c", code).splitlines()
    assert first == "['vcenter_vcha'] False"
    assert "vcha_operations" not in models
    assert "vcha_cluster_mode" not in resources
    assert "vcenter_vcha.resources.vcha_cluster" in resources


def test_what_a_package_offers_is_listed_and_nothing_else(root: Path) -> None:
    with imported(root / "src", "vcenter_vcha") as package:
        assert set(package.__all__) <= set(dir(package))
        assert {"VCenter", "AsyncVCenter", "Unauthorized", "models", "Task"} <= set(package.__all__)
        with pytest.raises(AttributeError, match="Nothing"):
            _ = package.Nothing
        with pytest.raises(AttributeError, match="Nothing"):
            _ = package.models.Nothing


def test_the_family_is_drawn_and_typed(root: Path) -> None:
    with imported(root / "src", "vcenter_vcha") as package:
        for value, kind in package.errors.FAMILY.items():
            assert kind.error_type == value
            assert issubclass(kind, package.VapiError)
            assert re.search(rf"─ {kind.__name__} +{kind.status}", package.errors.__doc__)
        assert issubclass(package.Unauthorized, package.ForbiddenError)


def test_examples_of_the_readme_are_python_that_names_what_exists(root: Path) -> None:
    readme = (root / "README.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert len(blocks) == 3
    assert "failover" not in blocks[0] + blocks[1]
    warning, call = "**The following call interrupts", "client.vcha.cluster.failover(planned=True)"
    assert -1 < readme.index("client.vcha.cluster.get()") < readme.index(warning) < readme.index(call)
    with imported(root / "src", "vcenter_vcha") as package:
        for block in blocks:
            compile(block, "README.md", "exec", flags=0x2000)  # PyCF_ALLOW_TOP_LEVEL_AWAIT
            for names in re.findall(r"from vcenter_vcha import (.*)", block):
                assert all(hasattr(package, name) for name in names.split(", "))


def test_the_reference_has_every_operation_and_error(root: Path) -> None:
    page = (root / "docs/reference.md").read_text()
    api = read_spec().api
    for operation in api.operations:
        assert f"### `{operation.python_path}`" in page
        assert f"`{operation.request_line}`" in page
    for error in api.error_types:
        assert f"| `{error.value}` | `{error.class_name}` |" in page


def test_ruff_finds_nothing(root: Path) -> None:
    done = subprocess.run(
        [*RUFF, "check", "--config", root / "pyproject.toml", root / "src"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_mypy_strict_finds_nothing(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", root / "cache", root / "src"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "title", ["Upload", "Retries", "Task", "Api Facts", "ApiFacts", "Hooks", "Api Error", "Settings"]
)
def test_an_api_called_like_something_of_the_runtime_has_its_own_client(title: str, tmp_path: Path) -> None:
    path = tmp_path / "api.json"
    answer = {"204": {"description": "Done."}}
    paths = {"/things": {"get": {"operationId": "list", "responses": answer}}}
    document = {"openapi": "3.0.3", "info": {"title": title, "version": "1"}, "paths": paths}
    path.write_text(json.dumps(document), encoding="utf-8")
    described = read_api(path)
    source = write_client(described.api, described.config, described.document, tmp_path / "out")
    package = described.config.package

    with imported(source, package.module) as module:
        client = getattr(module, package.client)
        assert client.__module__ == f"{package.module}.client"
        assert repr(client("vc.example.com")) == f"{package.client}('https://vc.example.com')"
        assert len(set(module.__all__)) == len(module.__all__)
        for name in module.__all__:
            getattr(module, name)
