"""Brings packages up to date with their descriptions, several at a time, and tells what that means for callers."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from vcsdk import __version__
from vcsdk.config import read as configuration
from vcsdk.diagnostics import Diagnostic, Diagnostics, InputError, Level
from vcsdk.write import memory

if TYPE_CHECKING:
    from vcsdk.pipeline import Described

_SUFFIXES = (".yaml", ".yml", ".json")


class Row(msgspec.Struct, kw_only=True):
    """What became of the packages of one description.

    `written` and `removed` are files below the output folder; `as_before` counts those that did not change.  `last` is
    the version released last, `version` the one to release next, the same if nothing changed since.  `changes` counts
    causes by level.  `entry` drafts the changelog, "" if there is nothing to tell.  `problems` are findings worth a
    reviewer's eye, `failed` is true if nothing was generated.
    """

    description: str
    distribution: str = ""
    written: list[str] = []
    removed: list[str] = []
    as_before: int = 0
    last: str | None = None
    version: str = ""
    changes: dict[str, int] = {}
    entry: str = ""
    problems: list[Diagnostic] = []
    failed: bool = False


def description_of(named: Path) -> Path:
    """The description that a configuration belongs to; one that names several, and a description, stand for themselves.

    Raises:
        InputError: `no-description`: there is none beside the configuration.
    """
    from vcsdk.release.refusal import refusal

    if named.suffix != ".toml" or configuration.descriptions(named):
        return named
    found = next((path for suffix in _SUFFIXES if (path := named.with_suffix(suffix)).is_file()), None)
    if found is None:
        raise refusal("no-description", "there is no description of this name beside it", named)
    return found


def regenerate(descriptions: Sequence[Path], out: Path, jobs: int | None = None) -> list[Row]:
    """Generate, check and compare each description's packages; what fails for one does not keep the others back.

    Args:
        descriptions: Each with its configuration beside it.
        out: The folder of the packages.
        jobs: Processes at a time; None for as many as there are processors.
    """
    workers = min(len(descriptions), jobs or os.cpu_count() or 1)
    work = partial(_regenerate, out=out)
    if workers <= 1:
        return [work(path) for path in descriptions]
    # A fresh interpreter inherits no threads or locks of whoever called.
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _end_with_parent) as pool:
        return list(pool.map(work, descriptions))


def _end_with_parent() -> None:
    """A run that is killed leaves nobody who waits for its next description."""
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            connection.wait([parent.sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def _regenerate(description: Path, out: Path) -> Row:
    request = ["regenerate", str(description)]
    known = memory.recall(out, request)
    if known is not None:
        return msgspec.msgpack.decode(known, type=Row)
    # What a second run answers needs none of the stages, so they are not even imported for it.
    from vcsdk.diff.scale import Severity
    from vcsdk.emitters import emit_all
    from vcsdk.emitters.completeness import account
    from vcsdk.pipeline import read_api
    from vcsdk.release import changelog
    from vcsdk.release.release import look
    from vcsdk.write import Facts, write

    diagnostics = Diagnostics()
    try:
        described = read_api(description, diagnostics=diagnostics)
        files = emit_all(described)
        account(described, files, diagnostics)
        diagnostics.stop_if_failed()
        changelog.read(out / described.config.package.distribution / changelog.FILE)
        facts = Facts(described.document.sha256, described.configuration.sha256 or "", __version__)
        written = write(files, out, facts, diagnostics)
        seen = look(described, out, files)
    except InputError as error:
        return Row(description=description.as_posix(), problems=list(error.diagnostics), failed=True)
    row = Row(
        description=description.as_posix(),
        distribution=described.config.package.distribution,
        written=[path.as_posix() for path in written.written],
        removed=[path.as_posix() for path in written.removed],
        as_before=len(written.unchanged),
        last=seen.last.version if seen.last is not None else None,
        version=seen.version,
        changes={level.value: sum(cause.level is level for cause in seen.causes) for level in Severity},
        entry=seen.entry(seen.version, None) if seen.demand else "",
        problems=[found for found in diagnostics if found.level is not Level.NOTE],
    )
    if not row.problems and not seen.own:
        again = msgspec.structs.replace(row, written=[], removed=[], as_before=row.as_before + len(row.written))
        memory.remember(out, request, _sources(described, out), written.packages, msgspec.msgpack.encode(again))
    return row


def _sources(described: Described, out: Path) -> dict[Path, str | None]:
    """SHA-256 of every file that decides a row, None for one that is not there."""
    from vcsdk.release import changelog, history

    found: dict[Path, str | None] = {Path(s.file): s.sha256 for s in described.document.sources.values()}
    if described.config.file is not None:
        found[Path(described.config.file)] = described.configuration.sha256
        found |= {described.names.path: described.names.sha256} if described.names is not None else {}
    else:
        found[Path(described.document.file).with_suffix(".toml")] = None
    state = history.state_file(out / described.config.package.distribution)
    found[state] = history.digest(state)
    told = out / described.config.package.distribution / changelog.FILE
    found[told] = history.digest(told)
    return found
