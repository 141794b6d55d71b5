"""`vcsdk contract compare`: what changed between two runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from vcsdk.cli import failure
from vcsdk.cli.parameter import Parameter
from vcsdk.placing import place


def compare_runs(
    before: Path,
    after: Path,
    /,
    *,
    format: Literal["text", "json", "html", "github"] = "text",  # noqa: A002 - the option's name
    output: Annotated[Path | None, Parameter("--output", "-o")] = None,
) -> int:
    """Compare two runs: which findings are new, fixed, changed, still there.

    Findings are the same if operation, check, JSON path and the shape of what was observed are the same, whatever
    ids, times and tokens the answers held.

    For example: `vcsdk contract compare nightly/24322831 nightly/24401203 --format html --output changes.html`

    Exits 0 if nothing is new or changed, 1 if something is (known findings aside), 2 if the input cannot be used.

    Args:
        before: Report folder or `results.json` of the earlier run.
        after: The same of the later one.
        format: Form of what is written. Default: text.
        output: File to write. Default: standard output.
    """
    from vcsdk.contract.compare import compare
    from vcsdk.contract.compare_formats import FORMATS
    from vcsdk.contract.load import ResultsError, load
    from vcsdk.contract.running import BROKEN, HOLDS, USAGE

    found = []
    for path in (before, after):
        try:
            found.append(load(path))
        except ResultsError as error:
            sys.stderr.write(f"{failure.clean(str(error))}\n")
    if len(found) < 2:
        return USAGE
    comparison = compare(*found)
    written = FORMATS[format](comparison)
    if output is not None:
        place([(output, written.encode())])
    elif format in ("text", "github"):
        sys.stdout.writelines(f"{failure.clean(line)}\n" for line in written.splitlines())
    else:
        sys.stdout.write(written)
    return BROKEN if comparison.regressed else HOLDS
