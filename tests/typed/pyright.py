"""How much of a package's public types another type checker knows: `pyright --verifytypes`.

`python -m tests.typed.pyright generated` does it for every package below a folder.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MISSING = "basedpyright (which is pyright with a Node.js of its own) has no wheel for this machine"


@dataclass(frozen=True)
class Completeness:
    """How many symbols a package shows, and what is said against the type of each that is not known."""

    module: str
    symbols: int
    unknown: tuple[str, ...]

    def __str__(self) -> str:
        known = 1 - len(self.unknown) / self.symbols if self.symbols else 1.0
        return f"pyright --verifytypes {self.module}: {self.symbols} symbols, {known:.2%} known"


def available() -> bool:
    """False where pyright cannot be had."""
    return importlib.util.find_spec("basedpyright") is not None


def completeness(module: str, sources: Iterable[Path], folder: Path) -> Completeness:
    """What pyright says of a module that is found below these folders; what other packages leave open is theirs.

    Raises:
        RuntimeError: It could not look: the module is not there, or not typed.
    """
    # It asks the first python of PATH where packages are; `--pythonpath` means nothing to `--verifytypes`.
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        [sys.executable, "-m", "basedpyright", "--outputjson", "--ignoreexternal", "--verifytypes", module],
        # Nothing of the project's own settings is seen from there.
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONPATH": os.pathsep.join(str(source.resolve()) for source in sources)},
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        said = json.loads(done.stdout)
        symbols = said["typeCompleteness"]["symbols"]
    except (ValueError, KeyError):
        raise RuntimeError(f"{module}: {done.stdout}{done.stderr}") from None
    problems = [f"{each['file']}: {each['message']}" for each in said["generalDiagnostics"]]
    if problems or not symbols:
        raise RuntimeError("\n".join(problems) or f"{module}: no symbols")
    unknown = [
        f"{symbol['name']}: {'; '.join(each['message'] for each in symbol['diagnostics'])}"
        for symbol in symbols
        if not symbol["isTypeKnown"] or symbol["isTypeAmbiguous"]
    ]
    return Completeness(module, len(symbols), tuple(unknown))


def packages(out: Path) -> dict[str, list[Path]]:
    """The modules of every package below a folder, each with where it and the others are found."""
    sources = sorted(out.glob("*/src"))
    return {package.name: sources for source in sources for package in source.iterdir() if package.is_dir()}


def main(out: Path) -> int:
    """The exit status: 1 if a type is not known."""
    if not available():
        print(f"pyright --verifytypes: skipped: {MISSING}")
        return 0
    status = 0
    for module, sources in packages(out).items():
        found = completeness(module, sources, out)
        print(found)
        for line in found.unknown:
            print(f"  {line}")
        status = status or (1 if found.unknown else 0)
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
