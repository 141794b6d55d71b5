"""The toolkit as people install it: a wheel in an environment of its own, used in a folder that is not ours."""

from __future__ import annotations

import contextlib
import email
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse"
# Modules that the toolkit and its child processes import, and the name that the toolkit once had.
NAMES = ("generator", "vcsdk", "pytest", "hypothesis", "httpx2", "msgspec", "pip")

pytest.importorskip("hatchling", reason="the extra `release` is not installed")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet", "-w", folder, ROOT]
    subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
    (made,) = folder.glob("vcsdk-*.whl")
    return made


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `python` and `vcsdk`; the dependencies are those of this environment, the toolkit is the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    base = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=base))
    # A folder named in a .pth file is searched, but its own .pth files, that of the editable toolkit, are not read.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return Path(sysconfig.get_path("scripts", "venv", vars=base))


@pytest.fixture(scope="module")
def base(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs where the wheel is installed with what it depends on, and with nothing else."""
    folder = tmp_path_factory.mktemp("base")
    venv.create(folder, with_pip=False)
    command = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    site = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder), "platbase": str(folder)}))
    for name in needed(metadata.PathDistribution(next(site.glob("vcsdk-*.dist-info")))):
        for file in metadata.distribution(name).files or ():
            target = site / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file.locate(), target)
    return Path(sysconfig.get_path("scripts", "venv", vars={"base": str(folder), "platbase": str(folder)}))


def needed(distribution: metadata.Distribution) -> set[str]:
    """What a distribution needs without an extra, and what that needs."""
    wanted = map(Requirement, distribution.requires or ())
    direct = {
        canonicalize_name(each.name) for each in wanted if each.marker is None or each.marker.evaluate({"extra": ""})
    }
    return direct.union(*(needed(metadata.distribution(name)) for name in direct))


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A folder with files of somebody else that are called like modules of ours."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.py").write_text(f"raise ImportError('this is somebody else's {name}')\n".replace("'s ", " "))
    return folder


def run(program: Path, *words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST_"))}
    environment |= {"VC_PASSWORD": PASSWORD, "VCSDK_CACHE_DIR": str(folder / "cache")}
    command = [str(program), *map(str, words)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@contextlib.contextmanager
def serving(program: Path, folder: Path) -> Iterator[str]:
    ready = folder / "ready.json"
    command = [program, "serve", ROOT / "spec/vcha.yaml", "--port", "0", "--ready-file", ready]
    environment = {**os.environ, "VCSDK_SIMULATOR_PASSWORD": PASSWORD}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            while not ready.exists():
                assert process.poll() is None
                time.sleep(0.05)
            yield json.loads(ready.read_text())["url"]
        finally:
            process.terminate()


def test_it_installs_one_module_of_its_own_name(wheel: Path, programs: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" not in name} == {"vcsdk"}
    python = programs / "python"
    imported = run(python, "-c", "import vcsdk; print(vcsdk.__file__)", folder=tmp_path)
    assert Path(imported.stdout.strip()).is_relative_to(programs.parent), imported.stderr
    assert "No module named 'generator'" in run(python, "-c", "import generator", folder=tmp_path).stderr


def test_the_files_of_the_folder_one_stands_in_hide_nothing(programs: Path, foreign: Path) -> None:
    vcsdk = programs / "vcsdk"
    (foreign / "conftest.py").write_text(
        "from beside import NOTE\n\ndef pytest_contract_check(answer, run):\n    open(NOTE, 'a').write('held\\n')\n"
    )
    (foreign / "beside.py").write_text("NOTE = 'note.txt'\n")

    made = run(vcsdk, "generate", ROOT / "spec/vcha.yaml", "-o", "generated", folder=foreign)
    assert made.returncode == 0, made.stdout + made.stderr
    with serving(vcsdk, foreign) as url:
        account = ("--url", url, "--username", "administrator@vsphere.local", "--password-env", "VC_PASSWORD")
        planned = run(vcsdk, "contract", "plan", *account, folder=foreign)
        assert planned.returncode == 0, planned.stdout + planned.stderr
        chosen = ("-k", "operations", "--workers", "2", "--report", "report")
        held = run(vcsdk, "contract", "run", *account, *chosen, folder=foreign)
    # Parts of a suite leave documented answers unseen, which is no breach.
    assert "broken" not in json.loads((foreign / "report/results.json").read_text())["verdict"], held.stdout
    assert "somebody else" not in held.stdout + held.stderr
    assert "held" in (foreign / "note.txt").read_text()


def test_the_base_is_small_and_does_what_needs_no_extra(base: Path, tmp_path: Path) -> None:
    listed = run(sys.executable, "-m", "pip", "--python", base.parent, "list", "--format", "json", folder=tmp_path)
    names = {row["name"].lower() for row in json.loads(listed.stdout)}
    assert {"vcsdk", "ruff"} < names
    assert len(names) <= 12, names
    checked = run(sys.executable, "-m", "pip", "--python", base.parent, "check", folder=tmp_path)
    assert checked.returncode == 0, checked.stdout

    text = (ROOT / "spec/vcha.yaml").read_text(encoding="utf-8")
    (tmp_path / "old.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(text.replace("/vcha/cluster/", "/vcha/group/"), encoding="utf-8")
    for words, status in (
        (("lint", "old.yaml"), 0),
        (("generate", "old.yaml", "-o", "generated"), 0),
        (("check", "old.yaml", "-o", "generated"), 0),
        (("bundle", "old.yaml", "-o", "whole.json"), 0),
        (("diff", "old.yaml", "new.yaml"), 1),
    ):
        done = run(base / "vcsdk", *words, folder=tmp_path)
        assert done.returncode == status, (words, done.stdout, done.stderr)
    refused = run(base / "vcsdk", "contract", "run", "--url", "http://localhost", folder=tmp_path)
    assert refused.returncode == 2
    assert re.fullmatch(r"error: .* pip install 'vcsdk\[contract\]'\n", refused.stderr), refused.stderr


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    from twine.commands.check import check

    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        told = email.message_from_bytes(archive.read(name))
    assert told["License-Expression"] == "Apache-2.0"
    assert set(told.get_all("Provides-Extra") or ()) >= {"all", "contract", "docs", "release", "serve"}
    assert "Programming Language :: Python :: 3.13" in (told.get_all("Classifier") or ())
    assert not check([str(wheel)], strict=True)
