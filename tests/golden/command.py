"""The real command in a process of its own, and its output as the golden cases keep it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests import forked

ROOT = Path(__file__).parents[2]

# Copied as they are; their own tests say what is in them.
VERBATIM = {"_runtime": ROOT / "generator/vcsdk/copied/runtime", "_suite": ROOT / "generator/vcsdk/copied/suite"}


def vcsdk(*arguments: str, folder: Path, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """Run `vcsdk` in a folder, without colour and with this PYTHONHASHSEED."""
    plain = {"NO_COLOR": "1", "COLUMNS": "120"}
    if seed == "0":
        run = forked.vcsdk(*arguments, folder=folder, **plain)
        return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode(), run.stderr.decode())
    return subprocess.run(
        [sys.executable, "-m", "vcsdk", *arguments],
        cwd=folder,
        env={**os.environ, **plain, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=False,
    )


def generate(case: Path, out: Path, *options: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """Generate from a case's `input.yaml`, and its `config.toml` where there is one."""
    config = ("-c", "config.toml") if (case / "config.toml").exists() else ()
    return vcsdk("generate", "input.yaml", *config, "-o", str(out), *options, folder=case, seed=seed)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}


def own(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files that depend on the case.

    Verbatim copies are left out.  Manifests keep what the case decides: hashes of files would repeat that files
    differ, and the versions of the toolkit and the formatter change without the output.
    """
    kept = {}
    for name, content in files.items():
        if name.endswith("/.vcsdk.json"):
            manifest = json.loads(content)
            rest = {key: manifest[key] for key in ("description_sha256", "config_sha256")}
            listed = [path for path in manifest["files"] if not VERBATIM.keys() & {*path.split("/")}]
            kept[name] = (json.dumps({**rest, "files": listed}, indent=1) + "\n").encode()
        elif not VERBATIM.keys() & {*name.split("/")}:
            kept[name] = content
    return kept


def verbatim(files: dict[str, bytes]) -> dict[str, bytes]:
    """The copied files, as `<package>/_runtime/model.py`."""
    found = {}
    for name, content in files.items():
        parts = name.split("/")
        for folder in VERBATIM.keys() & {*parts}:
            found["/".join((parts[0], *parts[parts.index(folder) :]))] = content
    return found
