"""The distribution as its users have it: installed from a wheel, without the toolkit, with checks of their own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from vcsdk.simulator import Simulator

from .conftest import MODULE, PASSWORD

LOGIN = ("--username", "administrator@vsphere.local", "--password-env", "CONTRACT_PASSWORD")


@pytest.fixture(scope="module")
def site(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel of the contract distribution is installed in."""
    folder = tmp_path_factory.mktemp("site")
    wheels = folder / "wheels"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    made = subprocess.run(
        [*pip, "wheel", "--no-deps", "--wheel-dir", str(wheels), str(package)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode and re.search(
        r"No matching distribution found for hatchling|Network is unreachable", made.stderr
    ):
        pytest.skip("needs a package index to build with hatchling")
    assert made.returncode == 0, made.stderr
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert f"{MODULE}/openapi.json" in names
    assert {f"{MODULE}/_suite/{package}/__init__.py" for package in ("checks", "probes")} <= set(names)
    installed = folder / "installed"
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(installed), str(wheel)], check=True, capture_output=True
    )
    return installed


def pytest_in(
    folder: Path, site: Path, *words: str, environment: Mapping[str, str] | None = None, **more: object
) -> subprocess.CompletedProcess[str]:
    """pytest as somebody runs it who has the package installed and stands in `folder`; the toolkit is hidden."""
    hidden = folder / "hidden"
    hidden.mkdir(exist_ok=True)
    (hidden / "vcsdk.py").write_text('raise ImportError("the toolkit is not installed")\n', encoding="utf-8")
    variables = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))}
    variables |= {
        "PYTHONPATH": os.pathsep.join([str(site), str(hidden)]),
        "CONTRACT_PASSWORD": PASSWORD,
        "XDG_CONFIG_HOME": str(folder / "config"),
        **(environment or {}),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--pyargs", MODULE, *words]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload,no-any-return]


def test_it_runs_installed_and_without_the_toolkit(
    site: Path, tmp_path: Path, simulator: Callable[..., Simulator]
) -> None:
    server = simulator()

    finished = pytest_in(tmp_path, site, "--url", server.url, *LOGIN, "-n", "2", "--fuzz-examples", "1")

    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "contract: holds" in finished.stdout
    assert server.log.received["vcha.cluster.failover"] == 0
    assert server.log.accepted["vcha.cluster.get"] > 5


def test_a_password_may_come_by_descriptor(site: Path, tmp_path: Path, simulator: Callable[..., Simulator]) -> None:
    read, write = os.pipe()
    os.write(write, f"{PASSWORD}\n".encode())
    os.close(write)
    login = ("--username", "administrator@vsphere.local", "--password-fd", str(read))
    try:
        finished = pytest_in(
            tmp_path,
            site,
            "--url",
            simulator().url,
            *login,
            "-k",
            "vcha_operations",
            environment={"CONTRACT_PASSWORD": ""},
            pass_fds=(read,),
        )
    finally:
        os.close(read)

    assert finished.returncode == 0, finished.stdout + finished.stderr


def test_an_empty_descriptor_is_a_usage_error(site: Path, tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(write)
    try:
        finished = pytest_in(
            tmp_path, site, "--url", "http://h", "--username", "me", "--password-fd", str(read), pass_fds=(read,)
        )
    finally:
        os.close(read)

    assert finished.returncode == 4
    assert f"--password-fd {read}: there is nothing to read" in finished.stderr


def test_a_check_of_ones_own_holds_every_answer(
    site: Path, tmp_path: Path, simulator: Callable[..., Simulator]
) -> None:
    (tmp_path / "conftest.py").write_text(
        "def pytest_contract_check(answer, run):\n"
        "    if answer.operation is not None and answer.operation.name == 'vcha.operations.get':\n"
        "        assert 'x-request-id' in answer.headers, f'no request id\\n{answer}'\n",
        encoding="utf-8",
    )
    url = simulator().url
    chosen = ("-k", "operations or mode_get", "--fuzz-examples", "1")

    finished = pytest_in(tmp_path, site, "--url", url, *LOGIN, *chosen)
    (tmp_path / "conftest.py").unlink()
    without = pytest_in(tmp_path, site, "--url", url, *LOGIN, *chosen)

    assert finished.returncode == 1, finished.stdout + finished.stderr
    assert "no request id" in finished.stdout
    failed = set(re.findall(r"^FAILED \S*?(test_\w+\.py)", finished.stdout, re.MULTILINE))
    assert "test_vcha_operations.py" in failed
    assert "test_vcha_cluster_mode.py" not in failed
    assert without.returncode == 0


def test_ids_stay_the_same_between_regenerations(package: Path, site: Path, tmp_path: Path) -> None:
    def ids(source: Path, *words: str) -> list[str]:
        listed = pytest_in(tmp_path, source, "--collect-only", "--rootdir", str(source), *words)
        return re.findall(r"test_\w+\.py::.+", listed.stdout)

    first = ids(site)

    assert len(set(first)) == len(first) > 100
    assert ids(package / "src", "-p", f"{MODULE}.plugin") == first
    assert not [test for test in first if re.search(r"0x[0-9a-f]{6}|object at|\bbody\d+\b|\bpath\d+\b", test)]
