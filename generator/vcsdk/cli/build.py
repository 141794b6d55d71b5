"""`vcsdk build`: wheels and source distributions of generated packages."""

from __future__ import annotations

import sys
from json import dumps
from pathlib import Path
from typing import Annotated

from vcsdk.cli import failure
from vcsdk.cli.parameter import Parameter
from vcsdk.diagnostics import InputError


def build(
    packages: Path = Path("generated"),
    /,
    *,
    output: Annotated[Path, Parameter("--output", "-o", show_default=True)] = Path("dist"),
    json: bool = False,
) -> int:
    """Build wheels and source distributions of generated packages.

    The same packages give the same bytes, wherever they are built.  Each wheel carries a bill of materials (CycloneDX),
    and `.provenance/` has a statement of what it was made from.  Nothing is downloaded.

    For example: `vcsdk build generated -o dist`

    Exits 0, or 2 if a package cannot be built.

    Args:
        packages: A generated package, or a folder of them. Default: `generated`.
        output: Folder for the results; made if it does not exist.
        json: Print what was built, with SHA-256, as JSON.
    """
    from vcsdk.release import build as builder
    from vcsdk.release import package
    from vcsdk.write.manifest import sha256

    try:
        built = builder.build(package.find(packages), output)
    except InputError as error:
        return failure.refuse(error.diagnostics, ", nothing built")
    rows = [
        {
            "package": one.package.name,
            "version": one.package.version,
            "files": [
                {"path": file.as_posix(), "bytes": file.stat().st_size, "sha256": sha256(file.read_bytes())}
                for file in one.files
            ],
        }
        for one in built
    ]
    if json:
        sys.stdout.write(dumps(rows, indent=2) + "\n")
        return 0
    for one in built:
        for file in one.files:
            sys.stdout.write(f"{file.as_posix()}  {sha256(file.read_bytes())[:12]}  {file.stat().st_size:,} bytes\n")
    return 0
