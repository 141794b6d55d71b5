"""Writes the generated packages: plan, stage, commit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import msgspec

from vcsdk.access import real
from vcsdk.diagnostics import Diagnostics, InputError, Level
from vcsdk.emitters.file import File
from vcsdk.write.destination import finding
from vcsdk.write.manifest import Facts
from vcsdk.write.plan import Plan, make_plan
from vcsdk.write.transaction import commit, recover_in
from vcsdk.write.workplace import JOURNAL, fresh_folder, workplace, workplaces


class Written(msgspec.Struct, frozen=True):
    """What a run did; paths are below the output folder (`vcenter-vcha/src/vcenter_vcha/client.py`).

    Manifests are among the paths.  `packages` are the distributions, each a folder of the output.  `kept` are files
    that are no longer generated but stay because a person had edited them.
    """

    packages: tuple[str, ...]
    written: tuple[PurePosixPath, ...]
    unchanged: tuple[PurePosixPath, ...]
    removed: tuple[PurePosixPath, ...]
    kept: tuple[PurePosixPath, ...]


def write(files: Sequence[File], out: Path, facts: Facts, diagnostics: Diagnostics) -> Written:
    """Bring the output folder to what the emitters made; files that do not change are not touched.

    Afterwards everything is new, or, whatever went wrong, everything is as it was.  Files that vcsdk did not write
    stay.  Packages in the output folder that are not among `files` are left alone: they may belong to another
    description.

    Args:
        files: Of all packages; need not be sorted or formatted.
        out: The output folder; made if it does not exist.
        facts: For the manifests.
        diagnostics: Receives errors, and warnings `overwrote-edited-file`, `kept-edited-file`, `unreadable-manifest`.

    Raises:
        InputError: Nothing was changed.  `unsafe-path` (a link stands in the way), `file-in-the-way` (a file that
            vcsdk did not write), `unformattable-file` (a template is wrong), `cannot-write` (the system refused).
    """
    place = real(out)
    try:
        if place.exists() and not place.is_dir():
            diagnostics.add(finding(Level.ERROR, "cannot-write", "the output is a file, not a folder", out))
            diagnostics.stop_if_failed()
        with workplace(place) as work:
            recover_in(work, place)
            plan = make_plan(files, place, out, facts, fresh_folder(work), diagnostics)
            if plan.write or plan.remove:
                commit(work, place, plan.write, plan.remove)
    except OSError as error:
        raise refused(error, out, place, diagnostics) from error
    return _report(plan)


def _report(plan: Plan) -> Written:
    return Written(
        packages=tuple(plan.packages),
        written=tuple(sorted(plan.write)),
        unchanged=tuple(sorted(plan.unchanged)),
        removed=tuple(sorted(plan.remove)),
        kept=tuple(sorted(plan.kept)),
    )


def refused(error: OSError, shown: Path, place: Path, diagnostics: Diagnostics) -> InputError:
    """The system's refusal as a finding about the file that it is about, named as the user named the output."""
    where = shown
    named = error.filename2 or error.filename
    if isinstance(named, str) and not any(Path(named).is_relative_to(work) for work in workplaces(place)):
        path = Path(named)
        where = shown / path.relative_to(place) if path.is_relative_to(place) else shown
    half_done = any((work / JOURNAL).exists() for work in workplaces(place))
    state = "the output is half written, and the next run mends it" if half_done else "the output is as it was"
    text = f"cannot write: {error.strerror or error}; {state}"
    diagnostics.add(finding(Level.ERROR, "cannot-write", text, where))
    return InputError(diagnostics)
