"""`vcsdk contract report`: make the files of a report folder again."""

from __future__ import annotations

import sys
from pathlib import Path

from vcsdk.cli import failure


def rebuild(folder: Path, /) -> int:
    """Make `results.json`, `junit.xml` and `index.html` again from what a run wrote as it went.

    Also works for a run that died: its report then holds what it had measured until then.

    For example: `vcsdk contract report nightly/24322831`

    Exits 0 if the files were written, 2 if the folder holds no events of a run.

    Args:
        folder: The folder that the run was given as `--report`.
    """
    from vcsdk.contract import artefacts
    from vcsdk.contract.running import USAGE
    from vcsdk.contract.sentence import verdict

    try:
        results = artefacts.write(folder)
    except artefacts.ReportError as error:
        sys.stderr.write(f"{failure.clean(str(error))}\n")
        return USAGE
    sys.stdout.write(f"{failure.clean(verdict(results))}\n{failure.clean(str(folder / artefacts.PAGE))}\n")
    return 0
