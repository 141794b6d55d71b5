from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from vcsdk.pipeline import Described, read_api

from tests.outside import vcsim
from tests.specs.published import MISSING, SPECS, generate, run_once, shared_folder, vcsdk

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def fragment() -> Described:
    """The curated fragment, as `vcsdk serve` reads it."""
    return read_api(ROOT / "spec/vcha.yaml")


@pytest.fixture(scope="session")
def vcenter() -> Described:
    """vCenter 9.1.1, the release of the SDK; read once, since that takes seconds."""
    path = SPECS / "vcenter-9.1.1/vcenter.yaml"
    if not path.is_file():
        pytest.skip(MISSING)
    return read_api(path)


@pytest.fixture(scope="session")
def vcsim_program(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """VMware's vcsim, built once for all processes of a run."""
    if reason := vcsim.missing():
        pytest.skip(reason)
    return run_once(shared_folder(tmp_path_factory, pytestconfig) / "vcsim", vcsim.build) / "vcsim"


@pytest.fixture(scope="session")
def vcenter_set(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of vCenter's seven files of 7.0.3, as `examples/vcenter` makes them; made once as well."""
    files = SPECS / "vcenter-7.0.3"
    if not files.is_dir():
        pytest.skip(MISSING)

    def make(folder: Path) -> None:
        for path in (*(ROOT / "examples/vcenter").iterdir(), *files.glob("*.json")):
            shutil.copyfile(path, folder / path.name)
        done = vcsdk("generate", folder / "vcenter.toml", "-q", "-o", folder / "out")
        assert done.returncode == 0, done.stderr

    return run_once(shared_folder(tmp_path_factory, pytestconfig) / "vcenter-set", make) / "out"


@pytest.fixture(scope="session")
def cis_packages(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of `cis.json` of 7.0.3, without a configuration."""
    path = SPECS / "vcenter-7.0.3/cis.json"
    if not path.is_file():
        pytest.skip(MISSING)
    return generate("vcenter-7.0.3/cis.json", shared_folder(tmp_path_factory, pytestconfig)).out
