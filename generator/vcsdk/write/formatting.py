"""Formats generated Python with ruff, also what of it stands in pages, all files in one process."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath

import ruff  # type: ignore[import-untyped]

from vcsdk.diagnostics import WHOLE, Diagnostic, Level, Location

# `--isolated` and the options keep a ruff.toml or an environment variable of the user's from changing a byte.
SETTINGS = ("--isolated", "--no-cache", "--line-length", "120", "--target-version", "py311")
_LINE_ENDING = ("--config", 'format.line-ending="lf"')
_FAILURE = re.compile(
    r"^error: .*?(?P<number>\d+)\.(?:py|md)(?::(?P<line>\d+):(?P<column>\d+))?:? *(?P<text>.*)$", re.MULTILINE
)


@cache
def formatter() -> str:
    """The formatter with its version, as manifests name it: `ruff 0.17.6`."""
    # `importlib.metadata` brings the standard library's mail package along: a fiftieth of a run, for one number.
    installed = [folder.name for folder in Path(ruff.__file__).parents[1].glob("ruff-*.dist-info")]
    if len(installed) == 1:
        return f"ruff {installed[0].removeprefix('ruff-').removesuffix('.dist-info')}"
    from importlib.metadata import version

    return f"ruff {version('ruff')}"


def format_sources(
    sources: Mapping[PurePosixPath, str], folder: Path
) -> tuple[dict[PurePosixPath, Path], list[Diagnostic]]:
    """Format modules, and blocks of Python in Markdown; the results are files in `folder`.

    The folder must exist and be empty.  Files in it are numbered: ruff leaves out folders that are called `build` or
    `venv`, and a generated module may well be.

    Args:
        sources: Text by the path that findings name, which ends in `.py` or `.md`.
        folder: Where to work.

    Returns:
        The formatted file of each path, and a finding for each source that is not Python.

    Raises:
        OSError: The folder cannot be written.
    """
    if not sources:
        return {}, []
    staged: dict[PurePosixPath, Path] = {}
    for number, (path, text) in enumerate(sources.items()):
        staged[path] = folder / f"{number}{path.suffix}"
        staged[path].write_bytes(text.encode())
    command = [ruff.find_ruff_bin(), "format", *SETTINGS, *_LINE_ENDING, "--no-respect-gitignore", "."]
    environment = {**os.environ, "NO_COLOR": "1"}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return staged, []
    return staged, _findings(result.stderr or result.stdout, list(sources))


def _findings(output: str, paths: list[PurePosixPath]) -> list[Diagnostic]:
    found = []
    for match in _FAILURE.finditer(output):
        number = int(match["number"])
        if number >= len(paths):
            continue
        where = Location(str(paths[number]), int(match["line"] or 1), int(match["column"] or 1))
        found.append(
            Diagnostic(
                Level.ERROR,
                "unformattable-file",
                f"the generated file is not valid Python: {match['text'].strip() or 'ruff cannot format it'}",
                where,
                hint="a template or one of its filters is wrong; please report it with the description",
            )
        )
    if found:
        return found
    text = " ".join(output.split()) or "no output"
    return [Diagnostic(Level.ERROR, "formatter-failed", f"ruff failed: {text}", Location(str(paths[0]), WHOLE))]
