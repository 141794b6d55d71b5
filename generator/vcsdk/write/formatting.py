"""Formats generated Python with ruff, also what of it stands in pages: all modules in one process, all pages in one."""

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
_SETTINGS = ("--isolated", "--no-cache", "--target-version", "py311", "--line-length")
_WIDTHS = {".py": "120", ".md": "100"}
"""Of a line, by a file's suffix; pages are read beside a margin."""
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


def settings() -> str:
    """What the results depend on beside the formatter, for manifests."""
    return " ".join((*_SETTINGS[2:], *_WIDTHS.values()))


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
    staged: dict[PurePosixPath, Path] = {}
    found: list[Diagnostic] = []
    for suffix, width in _WIDTHS.items():
        alike = [path for path in sources if path.suffix == suffix]
        within = folder / suffix.removeprefix(".")
        within.mkdir()
        for number, path in enumerate(alike):
            staged[path] = within / f"{number}{suffix}"
            staged[path].write_bytes(sources[path].encode())
        found += _format(within, width, alike) if alike else []
    return staged, found


def _format(folder: Path, width: str, paths: list[PurePosixPath]) -> list[Diagnostic]:
    command = [ruff.find_ruff_bin(), "format", *_SETTINGS, width, *_LINE_ENDING, "--no-respect-gitignore", "."]
    environment = {**os.environ, "NO_COLOR": "1"}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return _findings(result.stderr or result.stdout, paths) if result.returncode else []


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
