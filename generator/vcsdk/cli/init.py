"""`vcsdk init`: a first configuration for a description."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Annotated

from vcsdk.cli import failure
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.style import plural
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.placing import place


def init(
    *descriptions: Annotated[Path, Parameter(required=True)],
    output: Annotated[Path | None, Parameter("--output", "-o")] = None,
) -> int:
    """Write a first configuration for a description, with what was inferred and why.

    Names, profile, the leading words that callers need not write, and what each call can do to a target: each for a
    person to read and correct.  Several descriptions of one API make one configuration, which names them.  A file that
    exists is never overwritten.

    For example: `vcsdk init vcenter.json`

    Exits 0, or 2 if the description cannot be used or the file exists.

    Args:
        descriptions: The API's description, OpenAPI in YAML or JSON; or several.
        output: File to write. Default: beside the description, with the suffix `.toml`; needed for several.
    """
    from vcsdk.release.first import configuration_for
    from vcsdk.release.refusal import refusal

    if output is None and len(descriptions) > 1:
        sys.stderr.write("error: name the file to write\n  hint: for example: --output vcenter.toml\n")
        return failure.USAGE
    file = output or descriptions[0].with_suffix(".toml")
    diagnostics = Diagnostics()
    try:
        if file.is_dir():
            raise refusal("file-exists", "this is a folder", file, "name a file with --output")
        if file.exists():
            raise refusal("file-exists", "there is a configuration already", file, "name another file with --output")
        text = configuration_for(descriptions, file, diagnostics)
        try:
            place([(file, text.encode())], new=True)
        except FileExistsError:
            raise refusal("file-exists", "there is a configuration already", file) from None
    except InputError as error:
        return failure.refuse(error.diagnostics, ", nothing written")
    count = plural(len(tomllib.loads(text)["operations"]), "operation")
    named = file if len(descriptions) > 1 or output is not None else descriptions[0]
    written = failure.clean(file.as_posix())
    sys.stdout.write(f"{written}: {count}; read it, then: vcsdk generate {failure.clean(str(named))} -o generated\n")
    return 0
