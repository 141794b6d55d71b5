"""What is built is the same everywhere, complete, and says what it was made from."""

from __future__ import annotations

import email
import json
import os
import shutil
import stat
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from vcsdk.write.manifest import parse, sha256

Command = Callable[..., tuple[int, str, str]]


def wheel_of(dist: Path, name: str = "vcenter_vcha") -> zipfile.ZipFile:
    (path,) = dist.glob(f"{name}-0*.whl")
    return zipfile.ZipFile(path)


def bill_of(dist: Path) -> dict:
    with wheel_of(dist) as archive:
        return json.loads(archive.read("vcenter_vcha-0.1.0.dist-info/sboms/sbom.cdx.json"))


def test_two_folders_give_the_same_bytes(dist: Path, packages: Path, tmp_path: Path) -> None:
    """Elsewhere, in another order of creation, under another umask, time zone and version control, with old times."""
    copy = tmp_path / "deeply" / "elsewhere"
    for path in sorted(packages.rglob("*"), reverse=True):
        if path.is_file():
            target = copy / path.relative_to(packages)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            target.chmod(0o600)
            os.utime(target, (1, 1))
    (copy.parent / ".gitignore").write_text("models/\n*.md\n")
    (copy.parent / ".git").mkdir()
    command = f"umask 077; exec '{sys.executable}' -m vcsdk build '{copy}' -o '{tmp_path}/again'"
    environment = {**os.environ, "TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    subprocess.run(["sh", "-c", command], env=environment, check=True, capture_output=True)
    files, again = (
        sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
        for folder in (dist, tmp_path / "again")
    )
    assert len(files) == 6
    assert again == files
    for name in files:
        assert (tmp_path / "again" / name).read_bytes() == (dist / name).read_bytes(), name


def test_nothing_in_a_package_tells_of_the_machine(dist: Path, packages: Path) -> None:
    with wheel_of(dist) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2020, 2, 2, 0, 0, 0)}
        assert {stat.S_IMODE(info.external_attr >> 16) for info in archive.infolist()} == {0o644}
        text = b"".join(archive.read(name) for name in archive.namelist())
    with tarfile.open(dist / "vcenter_vcha-0.1.0.tar.gz") as archive:
        assert {(m.uid, m.gid, m.uname, m.gname, m.mode) for m in archive.getmembers()} == {(0, 0, "", "", 0o644)}
    assert str(packages).encode() not in text


@pytest.mark.parametrize("name", ["vcenter_vcha", "vcenter_vcha_contract"])
def test_metadata_is_complete(dist: Path, name: str) -> None:
    with wheel_of(dist, name) as archive:
        metadata = email.message_from_bytes(archive.read(f"{name}-0.1.0.dist-info/METADATA"))
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert "Typing :: Typed" in metadata.get_all("Classifier", [])
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_all("Project-URL")


def test_the_bill_of_materials_is_valid_and_names_what_the_package_needs(dist: Path) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    bill = bill_of(dist)
    try:
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    except ImportError:
        pytest.skip("cyclonedx-python-lib[json-validation] is not installed")
    assert bill["metadata"]["component"]["purl"] == "pkg:pypi/vcenter-vcha@0.1.0"
    assert {"httpx2", "msgspec", "vcsdk"} == {component["name"] for component in bill["components"]}


def test_what_uploads_everything_finds_packages_alone(dist: Path) -> None:
    """Twine refuses a file that is no package, and so would send none; uv and others take the same pattern."""
    from twine.commands import _find_dists
    from twine.commands.check import check

    assert {Path(path).suffix for path in _find_dists([f"{dist}/*"])} == {".whl", ".gz"}
    assert check([f"{dist}/*"], strict=True) is False
    assert len([*dist.glob(".provenance/*.provenance.json")]) == len([*dist.glob("*.whl")])


def test_the_provenance_names_the_inputs_and_the_outputs(dist: Path, packages: Path) -> None:
    statement = json.loads((dist / ".provenance/vcenter_vcha-0.1.0.provenance.json").read_text())
    facts = parse((packages / "vcenter-vcha/.vcsdk.json").read_bytes()).facts
    inputs = {i["name"]: i for i in statement["predicate"]["buildDefinition"]["resolvedDependencies"]}
    assert inputs["description"]["digest"] == {"sha256": facts.description_sha256}
    assert inputs["configuration"]["digest"] == {"sha256": facts.config_sha256}
    assert inputs["vcsdk"]["uri"] == f"pkg:pypi/vcsdk@{facts.toolkit_version}"
    for subject in statement["subject"]:
        assert subject["digest"] == {"sha256": sha256((dist / subject["name"]).read_bytes())}
    root = Path(__file__).parents[3]
    assert facts.description_sha256 == sha256((root / "spec/vcha.yaml").read_bytes())


def test_a_wheel_can_be_made_of_the_source_distribution_by_pip(dist: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    command += ["-w", str(tmp_path), str(dist / "vcenter_vcha_contract-0.1.0.tar.gz")]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1580601600"})
    (made,) = tmp_path.glob("*.whl")
    assert made.read_bytes() == (dist / made.name).read_bytes()


def test_an_edited_generated_file_is_refused(vcsdk: Command, packages: Path, tmp_path: Path) -> None:
    copy = tmp_path / "generated"
    shutil.copytree(packages, copy)
    edited = copy / "vcenter-vcha/src/vcenter_vcha/client.py"
    edited.write_text(edited.read_text() + "# a quick fix\n")
    status, out, err = vcsdk("build", copy, "-o", tmp_path / "dist")
    assert (status, out) == (2, "")
    assert f"{edited}: error: this generated file had been edited [edited-file]" in err
    assert not (tmp_path / "dist").exists()


def test_a_folder_without_packages_is_refused(vcsdk: Command, tmp_path: Path) -> None:
    status, _, err = vcsdk("build", tmp_path, "-o", tmp_path / "dist")
    assert status == 2
    assert "[no-package]" in err


def test_what_twine_would_refuse_is_refused(vcsdk: Command, packages: Path, tmp_path: Path) -> None:
    """An empty README: an index would show nothing."""
    copy = tmp_path / "generated"
    shutil.copytree(packages / "vcenter-vcha", copy)
    manifest = copy / ".vcsdk.json"
    old = sha256((copy / "README.md").read_bytes())
    (copy / "README.md").write_text("")
    manifest.write_text(manifest.read_text().replace(old, sha256(b"")))
    status, _, err = vcsdk("build", copy, "-o", tmp_path / "dist")
    assert status == 2
    assert "[metadata-refused]" in err
    assert "long_description" in err


def test_a_missing_library_comes_with_the_command_that_installs_it(
    vcsdk: Command, packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vcsdk.cli.extras.find_spec", lambda name: None if name == "cyclonedx" else object())
    status, _, err = vcsdk("build", packages, "-o", tmp_path / "dist")
    assert status == 2
    assert err == "error: `vcsdk build` needs cyclonedx; to install it: pip install 'vcsdk[release]'\n"


@pytest.mark.parametrize("holds", ["nothing", "what was built before", "a folder of something else"])
def test_a_full_disk_leaves_the_output_as_it_was(dist: Path, packages: Path, tmp_path: Path, holds: str) -> None:
    """Files of more than 20,000 bytes have no room: the system's own error, for every user."""
    out = tmp_path / "made" / "dist"
    if holds == "what was built before":
        shutil.copytree(dist, out)
        next(out.glob("vcenter_vcha-0*.whl")).write_bytes(b"another")
    elif holds != "nothing":
        (out / "here").mkdir(parents=True)

    def all_of() -> dict[str, bytes | None]:
        return {str(p): p.read_bytes() if p.is_file() else None for p in sorted(tmp_path.rglob("*"))}

    before = all_of()
    for limit in (20_000, 60_000, 100_000):
        program = (
            "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}));"
            "from vcsdk.cli.main import command; sys.argv[0] = 'vcsdk'; command()"
        )
        words = [sys.executable, "-c", program, "build", str(packages), "-o", str(out)]
        done = subprocess.run(words, check=False, capture_output=True, text=True)
        if done.returncode == 0:
            break
        assert done.returncode == 2, done.stderr
        assert "Traceback" not in done.stderr
        assert all_of() == before, limit
    else:
        limit = 0
    assert limit != 20_000
