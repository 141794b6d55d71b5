"""Builds wheels and source distributions that are the same bytes whoever builds them."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from vcsdk import scratch
from vcsdk.placing import place
from vcsdk.release import attestation
from vcsdk.release.package import Package
from vcsdk.release.refusal import refusal

_EPOCH = 1580601600
"""The time of every file in a built package, unless `SOURCE_DATE_EPOCH` names another; hatchling's own default."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built of a package; the files lie in the output folder."""

    package: Package
    wheel: Path
    sdist: Path
    provenance: Path

    @property
    def files(self) -> tuple[Path, Path, Path]:
        """All three, as they were made."""
        return self.sdist, self.wheel, self.provenance


def build(packages: Sequence[Package], out: Path) -> list[Built]:
    """Build each package; the wheel is made from the source distribution, so both are tried.

    Files of the same names are replaced, others in the folder stay, but for attestations of what is replaced by
    other content.  Nothing is put there before all is built, and where that fails the folder stays as it was.

    Raises:
        InputError: `missing-library` (of those that the package's own build needs), `build-failed` (the back end
            refused), `metadata-refused` (twine did).
        OSError: The disk is full, say.
    """
    made = [_build(package, out) for package in packages]
    files = [file for _, contents in made for file in contents]
    # What an earlier run signed holds of the same bytes only.
    stale = [path for path, content in files if not path.is_file() or path.read_bytes() != content]
    place(files)
    for path in stale:
        attestation.forget(path)
    return [built for built, _ in made]


def _build(package: Package, out: Path) -> tuple[Built, list[tuple[Path, bytes]]]:
    """What a package gives: where its files belong, and what is in them."""
    from vcsdk.release import provenance, sbom
    from vcsdk.release.staging import stage

    moment = _moment()
    with scratch.folder("build") as folder:
        source, unpacked, results, others = (folder / name for name in ("source", "unpacked", "dist", "tmp"))
        for made in (source, unpacked, results, others):
            made.mkdir()
        stage(package, source, PurePosixPath(sbom.FILE), sbom.render(package, moment))
        settings = {"SOURCE_DATE_EPOCH": str(moment), "PYTHONHASHSEED": "0", "TMPDIR": str(others)}
        with _environment(settings), _temporary_files(others):
            sdist = _call(package, source, "sdist", results)
            wheel = _call(package, _unpack(sdist, unpacked), "wheel", results)
        _check(package, (sdist, wheel))
        statement = results / f"{package.stem}{provenance.SUFFIX}"
        statement.write_text(provenance.render(package, (wheel, sdist)), encoding="utf-8")
        places = ((wheel, out), (sdist, out), (statement, out / provenance.FOLDER))
        contents = [(folder / file.name, file.read_bytes()) for file, folder in places]
    return Built(package, *(path for path, _ in contents)), contents


def _call(package: Package, source: Path, kind: Literal["sdist", "wheel"], results: Path) -> Path:
    """One step of the standard front end.  It runs without isolation: the back end is a dependency of this command."""
    from build import BuildBackendException, BuildException, ProjectBuilder

    output: list[str] = []

    def run(cmd: Sequence[str], cwd: str | None = None, extra_environ: Mapping[str, str] | None = None) -> None:
        environment = {**os.environ, **(extra_environ or {})}
        done = subprocess.run(cmd, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        output.append(done.stdout + done.stderr)
        done.check_returncode()

    try:
        builder = ProjectBuilder(source, runner=run)
        missing = builder.check_dependencies(kind)
        if missing:
            names = ", ".join(sorted(chain[0] for chain in missing))
            raise refusal("missing-library", f"the build needs {names}", package.folder / "pyproject.toml")
        return Path(builder.build(kind, results))
    except (BuildException, BuildBackendException) as error:
        lines = [line for line in "".join(output).splitlines() if line.strip()]
        reason = lines[-1].strip() if lines else str(error)
        text = f"the {kind} cannot be built: {reason}".replace(str(source), package.folder.as_posix())
        raise refusal("build-failed", text, package.folder) from None


def _unpack(sdist: Path, folder: Path) -> Path:
    import tarfile

    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = folder.iterdir()
    return unpacked


def _check(package: Package, files: Sequence[Path]) -> None:
    """`twine check --strict`: whether an index would take and show the files."""
    from twine.commands.check import check

    said = io.StringIO()
    handler = logging.StreamHandler(said)
    logger = logging.getLogger("twine")
    logger.addHandler(handler)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            failed = check([str(file) for file in files], strict=True)
    finally:
        logger.removeHandler(handler)
    if failed:
        reason = "; ".join(dict.fromkeys(said.getvalue().split("\n"))).strip("; ")
        raise refusal("metadata-refused", f"twine refuses the metadata: {reason}", package.folder / "pyproject.toml")


def _moment() -> int:
    named = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(named) if named.isdecimal() else _EPOCH


@contextlib.contextmanager
def _temporary_files(folder: Path) -> Iterator[None]:
    """The front end makes folders too, which nobody would take away if this run were killed."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


@contextlib.contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
