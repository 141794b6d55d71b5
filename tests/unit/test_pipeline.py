"""The stages in order: what they give together, and that one run finds the mistakes of all that can run."""

from __future__ import annotations

from pathlib import Path

import pytest
from vcsdk.diagnostics import Diagnostics, InputError, Level
from vcsdk.pipeline import read_api

SPEC = Path(__file__).parents[2] / "spec"
DESCRIPTION = """\
openapi: 3.0.3
info: {title: Pet Store, version: "1"}
servers: [{url: "https://pets.example.com"}]
paths:
  /pets?action=count:
    get:
      operationId: countPets
      responses: {"200": {description: How many.}}
"""


@pytest.fixture(autouse=True)
def _in_tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pets.yaml").write_text(DESCRIPTION)


def rules(error: pytest.ExceptionInfo[InputError]) -> list[tuple[str, str]]:
    return [(found.location.file, found.rule) for found in error.value.diagnostics]


def test_the_curated_description() -> None:
    described = read_api(SPEC / "vcha.yaml")
    assert described.config.package.distribution == "vcenter-vcha"
    assert described.api.profile == "vapi"
    assert "vcha.cluster.failover" in {o.python_path for o in described.api.operations}
    assert [(made.rule, made.count) for made in described.repairs] == [("query-in-path", 4)]
    assert not described.diagnostics.failed


def test_the_configuration_beside_the_description_is_found() -> None:
    assert read_api(Path("pets.yaml")).config.package.client == "PetStore"
    Path("pets.toml").write_text('[package]\nclient = "Beside"\n')
    Path("other.toml").write_text('[package]\nclient = "Other"\n')
    assert read_api(Path("pets.yaml")).config.package.client == "Beside"
    assert read_api(Path("pets.yaml"), Path("other.toml")).config.package.client == "Other"
    assert read_api(Path("pets.yaml"), use_config=False).config.package.client == "PetStore"


def test_the_findings_given_in_are_those_given_back() -> None:
    diagnostics = Diagnostics()
    assert read_api(Path("pets.yaml"), diagnostics=diagnostics).diagnostics is diagnostics


def test_mistakes_of_both_files_are_found_in_one_run() -> None:
    Path("pets.yaml").write_text(DESCRIPTION.replace('{"200": {description: How many.}}', "3"))
    Path("pets.toml").write_text("[packages]\n")
    with pytest.raises(InputError) as caught:
        read_api(Path("pets.yaml"))
    assert {("pets.toml", "config-key"), ("pets.yaml", "structure")} <= set(rules(caught))


def test_a_description_that_cannot_be_read_does_not_hide_the_configuration() -> None:
    Path("pets.toml").write_text("[packages]\n")
    Path("pets.yaml").write_text("a: [")
    with pytest.raises(InputError) as caught:
        read_api(Path("pets.yaml"))
    assert rules(caught) == [("pets.toml", "config-key"), ("pets.yaml", "not-yaml")]


def test_settings_and_operations_are_compared_although_the_configuration_has_a_mistake() -> None:
    Path("pets.toml").write_text("[packages]\n[operations.xyz]\n")
    with pytest.raises(InputError) as caught:
        read_api(Path("pets.yaml"))
    assert rules(caught) == [("pets.toml", "config-key"), ("pets.toml", "unknown-operation")]


def test_a_repair_that_is_switched_off_is_not_made() -> None:
    Path("pets.toml").write_text('[repairs]\noff = ["query-in-path"]\n')
    with pytest.raises(InputError):
        read_api(Path("pets.yaml"))


@pytest.mark.parametrize(
    ("title", "configured", "told"),
    [
        ("Pet Store", None, None),
        ("Requests", None, "the package is called `requests-client`, and not `requests`"),
        ("PyYAML", None, "the package is called `pyyaml-client`, and not `pyyaml`"),
        ("PIP", '[package]\nclient = "Pip"\n', "the package is called `pip-client`, and not `pip`"),
        ("pip", '[package]\ndistribution = "pip-client"\nmodule = "pip_client"\n', None),
        ("wheel", '[package]\nmodule = "wheels"\n', None),
    ],
)
def test_a_name_that_cannot_be_is_not_changed_without_a_word(title: str, configured: str | None, told: str) -> None:
    Path("pets.yaml").write_text(DESCRIPTION.replace("Pet Store", title))
    if configured is not None:
        Path("pets.toml").write_text(configured)
    found = [d for d in read_api(Path("pets.yaml")).diagnostics if d.rule == "package-name"]
    assert [(d.location.line, d.level) for d in found] == ([(2, Level.WARNING)] if told else [])
    assert all(d.message.startswith(told) for d in found)
