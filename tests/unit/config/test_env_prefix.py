"""`package.env_prefix`: what variables of the environment begin with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace
from vcsdk.config.model import Config, PackageNames
from vcsdk.config.names import from_title, reject_env_prefix
from vcsdk.emitters.client.environment import env_prefix
from vcsdk.pipeline import read_api

from tests.generated import imported, write_client


@pytest.mark.parametrize(
    ("title", "prefix"),
    [("Pet Store", "PET_STORE"), ("vCenter", "VCENTER"), ("GitHub v3 REST API", "GITHUB_V3_REST_API")],
)
def test_a_title_gives_it(title: str, prefix: str) -> None:
    assert env_prefix(Config(from_title(title))) == prefix


def test_the_class_gives_it_where_the_package_is_called_otherwise() -> None:
    names = PackageNames("vcenter-vcha", "vcenter_vcha", "VCenter")
    assert env_prefix(Config(names)) == "VCENTER"
    assert env_prefix(Config(replace(names, env_prefix="VC"))) == "VC"


@pytest.mark.parametrize("prefix", ["", "vc", "1A", "A_", "_A", "A__B", "A-B", "Ä"])
def test_what_no_variable_begins_with(prefix: str) -> None:
    assert "such as `VCENTER`" in (reject_env_prefix(prefix) or "")


def test_the_configuration_sets_it(tmp_path: Path) -> None:

    get = {"responses": {"204": {"description": "Done."}}}
    document = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {"/x": {"get": get}}}
    (tmp_path / "thing.json").write_text(json.dumps(document))
    (tmp_path / "thing.toml").write_text('[package]\ndistribution = "thing"\nclient = "Thing"\nenv_prefix = "MY_1"\n')
    described = read_api(tmp_path / "thing.json", tmp_path / "thing.toml")
    source = write_client(described.api, described.config, described.document, tmp_path / "out")
    with imported(source, "thing") as package, pytest.raises(package.ArgumentError, match="MY_1_TARGET"):
        package.Thing.from_env()
    assert "`MY_1_TARGET`" in (source.parent / "README.md").read_text()
