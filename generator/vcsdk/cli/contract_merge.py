"""`vcsdk contract merge`: one report of the shards of a suite."""

from __future__ import annotations

import json as json_format
import sys
from pathlib import Path

from vcsdk.access import real
from vcsdk.cli import failure
from vcsdk.cli.contract import write_lines


def merge_shards(*folders: Path, report: Path, json: bool = False) -> int:
    """Make one report, one JUnit file and one verdict of the shards of a suite (`vcsdk contract run --shard K/N`).

    The shards must be of one suite, run with the same options against the same build.  One that is missing, or that
    did not come to its end, leaves the whole without a verdict.

    For example: `vcsdk contract merge shards/1 shards/2 shards/3 shards/4 --report nightly/24322831`

    Exits 0 if the contract holds, 1 if it is broken, 2 if the folders do not belong together, 3 if they decide nothing.

    Args:
        folders: Report folders of the shards, in any order.
        report: Folder for the report of the whole.
        json: Print the results as JSON.
    """
    from vcsdk.contract import artefacts
    from vcsdk.contract.folder import FolderInUseError, taken
    from vcsdk.contract.merging import MergeError, merge
    from vcsdk.contract.running import BROKEN, HOLDS, INCONCLUSIVE, USAGE
    from vcsdk.contract.summary import lines
    from vcsdk.copied.suite import private

    if not folders:
        sys.stderr.write("error: name the report folders of the shards\n")
        return USAGE
    if real(report) in {real(folder) for folder in folders}:
        sys.stderr.write(f"{failure.clean(str(report))}: error: is one of the shards [contract-merge]\n")
        return USAGE
    try:
        events = merge(folders)
        with taken(report) as folder:
            artefacts.clear(folder)
            text = "".join(json_format.dumps(event) + "\n" for event in events)
            private.write(folder / artefacts.EVENTS, text)
            results = artefacts.write(folder)
    except MergeError as error:
        sys.stderr.writelines(f"{failure.clean(line)}\n" for line in error.texts)
        return USAGE
    except FolderInUseError as error:
        sys.stderr.write(f"{failure.clean(str(error))}\n")
        return USAGE
    if json:
        sys.stdout.write(json_format.dumps(results, indent=2) + "\n")
    else:
        write_lines(lines(results, report / artefacts.PAGE))
    return {"holds": HOLDS, "broken": BROKEN}.get(results["verdict"], INCONCLUSIVE)
