"""Compares what would be generated with what is on the disk, without changing it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path, PurePosixPath

import msgspec

from vcsdk import scratch
from vcsdk.access import real
from vcsdk.diagnostics import Diagnostics
from vcsdk.emitters.file import File
from vcsdk.write.destination import content_at
from vcsdk.write.manifest import MANIFEST, Facts
from vcsdk.write.plan import Plan, make_plan
from vcsdk.write.transaction import recover
from vcsdk.write.writer import refused


class Change(msgspec.Struct, frozen=True):
    """A file that generating would change: lines it would add and remove."""

    path: PurePosixPath
    added: int
    removed: int


class Drift(msgspec.Struct, frozen=True):
    """How the output differs from what would be generated; paths are below the output folder.

    `missing` would be written anew; `unexpected` are generated files that would be removed, or kept if edited.
    Files a person added are no drift.
    """

    changed: tuple[Change, ...] = ()
    missing: tuple[Change, ...] = ()
    unexpected: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.unexpected)


def compare(files: Sequence[File], out: Path, facts: Facts) -> Drift:
    """What `write` would change.  An interrupted write is undone first; the output is not touched otherwise.

    Raises:
        InputError: The files could not be written there (see `write`).
    """
    diagnostics = Diagnostics()
    place = real(out)
    try:
        recover(place)
        with scratch.folder("compare") as staging:
            plan = make_plan(files, place, out, facts, staging, diagnostics)
            return _drift(plan, place)
    except OSError as error:
        raise refused(error, out, place, diagnostics) from error


def _drift(plan: Plan, out: Path) -> Drift:
    changed, missing = [], []
    for path, staged in sorted(plan.write.items()):
        if path.name == MANIFEST and _same_essence(plan, path):
            continue
        old = content_at(out, path)
        new = staged.read_bytes()
        if old is None:
            missing.append(Change(path, len(new.splitlines()), 0))
        else:
            changed.append(_change(path, old, new))
    gone = (*plan.remove, *plan.kept)
    unexpected = [Change(path, 0, len((content_at(out, path) or b"").splitlines())) for path in sorted(gone)]
    return Drift(tuple(changed), tuple(missing), tuple(unexpected))


def _same_essence(plan: Plan, path: PurePosixPath) -> bool:
    last, new = plan.manifests[path]
    return last is not None and last.essence() == new.essence()


def _change(path: PurePosixPath, old: bytes, new: bytes) -> Change:
    added = removed = 0
    before, after = (content.decode("utf-8", "replace").splitlines() for content in (old, new))
    # The first two lines of a diff are its header.
    for line in islice(difflib.unified_diff(before, after, n=0, lineterm=""), 2, None):
        added += line.startswith("+")
        removed += line.startswith("-")
    return Change(path, added, removed)
