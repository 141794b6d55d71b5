"""`vcsdk regenerate`: all packages of a project, up to date, with what a reviewer has to know."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from vcsdk.cli import failure
from vcsdk.cli.folding import say
from vcsdk.cli.parameter import Parameter
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.placing import place

_SPEC = Path("spec")


def regenerate(
    *configs: Path,
    output: Annotated[Path, Parameter("--output", "-o", show_default=True)] = Path("generated"),
    jobs: Annotated[int | None, Parameter("--jobs", "-j")] = None,
    summary: Path | None = None,
    json: bool = False,
) -> int:
    """Bring generated packages up to date, and tell what changed for callers since they were released.

    Generates each package, and compares with what was released last: changes by level, the next version, a draft of
    the changelog. Packages whose description did not change take no time. The summary is Markdown to paste into a merge
    request. Nothing is released: that is `vcsdk release`.

    For example: `vcsdk regenerate --summary summary.md`

    Exits 0, or 2 if a description cannot be used (the others are done all the same).

    Args:
        configs: Configurations, or descriptions with one beside them. Default: all in `spec/`.
        output: Folder that holds the packages.
        jobs: Packages at a time. Default: as many as there are processors.
        summary: Write the summary to this file instead of printing it.
        json: Print the results as JSON.
    """
    import msgspec

    from vcsdk.pipeline import with_sets
    from vcsdk.release import regenerate as regenerating
    from vcsdk.release import summary as summarising

    try:
        named = [regenerating.description_of(path) for path in configs]
    except InputError as error:
        return failure.refuse(error.diagnostics, json=json)
    descriptions = named or with_sets(_SPEC)
    if not descriptions:
        sys.stderr.write(f"error: there is no description with a `.toml` file beside it in `{_SPEC}/`; name one\n")
        return failure.USAGE
    rows = regenerating.regenerate(descriptions, output, jobs)
    failure.show(Diagnostics([found for row in rows for found in row.problems]))
    text = "\n".join(failure.clean(line) for line in summarising.render(rows).split("\n"))
    if summary is not None:
        place([(summary, text.encode())])
    if json:
        form = [{**msgspec.to_builtins(row), "problems": [found.as_dict() for found in row.problems]} for row in rows]
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(form), indent=2).decode() + "\n")
    elif summary is None:
        say(text)
    return failure.USAGE if any(row.failed for row in rows) else 0
