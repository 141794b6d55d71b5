"""`vcsdk contract history`: what broke when, over many builds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from vcsdk.cli import failure
from vcsdk.cli.parameter import Parameter


def show_history(
    *runs: Path,
    format: Literal["text", "json", "html"] = "text",  # noqa: A002 - the option's name
    output: Annotated[Path | None, Parameter("--output", "-o")] = None,
) -> int:
    """Show which findings the runs of many builds have: a row a finding, a column a build.

    The builds stand in the order in which they were tested, whatever the order on the command line.

    For example: `vcsdk contract history nightly/* --format html --output history.html`

    Exits 0 if the last build shows nothing new, 1 if it does (known findings aside), 2 if the input cannot be used.

    Args:
        runs: Report folders or `results.json` of the builds.
        format: Form of what is written. Default: text.
        output: File to write. Default: standard output.
    """
    from vcsdk.contract.history import history
    from vcsdk.contract.history_formats import FORMATS
    from vcsdk.contract.load import ResultsError, load
    from vcsdk.contract.running import BROKEN, HOLDS, USAGE
    from vcsdk.copied.suite import private

    if not runs:
        sys.stderr.write("error: name the report folders of the builds\n")
        return USAGE
    found = []
    for path in runs:
        try:
            found.append(load(path))
        except ResultsError as error:
            sys.stderr.write(f"{failure.clean(str(error))}\n")
    if len(found) < len(runs):
        return USAGE
    made = history(found)
    written = FORMATS[format](made)
    if output is not None:
        private.write(output, written)
    elif format == "text":
        sys.stdout.writelines(f"{failure.clean(line)}\n" for line in written.splitlines())
    else:
        sys.stdout.write(written)
    return BROKEN if made.regressed else HOLDS
