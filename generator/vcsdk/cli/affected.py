"""`vcsdk affected`: which lines of a program a new description touches."""

from __future__ import annotations

import os
import sys
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from vcsdk.cli import failure
from vcsdk.cli.folding import say
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.sources import AllowOutside, CaBundle, Description, access
from vcsdk.diagnostics import Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.diff.scale import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vcsdk.affected import Place, Unfollowed
    from vcsdk.pipeline import Described
    from vcsdk.release.before import Before

_LEVELS = {Severity.BREAKING: Level.ERROR, Severity.RISKY: Level.WARNING, Severity.SAFE: Level.NOTE}


def affected(
    new: Description,
    code: list[Path],
    /,
    *,
    old: Description | None = None,
    config: Annotated[Path | None, Parameter("--config", "-c")] = None,
    old_config: Path | None = None,
    output: Annotated[Path, Parameter("--output", "-o", show_default=True)] = Path("generated"),
    partial: bool = False,
    allow_outside: AllowOutside = None,
    ca_bundle: CaBundle = None,
    fail_on: Severity = Severity.BREAKING,
    show: Severity = Severity.BREAKING,
    json: bool = False,
) -> int:
    """Tell which lines of a program a new description touches, and why.

    The program was written for the client package as it was released last (`DIR/<distribution>/.vcsdk/`; before the
    first release, as `DIR` has it), or as the description `--old` gives it.  It is read, not run: imports and aliases,
    attributes from a client down to a method (`vc.vcenter.vm.power.get`), keywords of calls, fields and members of
    models, `except` clauses, subclasses, synchronous and asynchronous.  Where it cannot be told what a name of a
    touched thing belongs to, that line is listed apart, as a note.

    For example: `vcsdk affected spec/vcha.yaml src/ scripts/failover.py`; against another description:
    `vcsdk affected vcenter-8.0.3.yaml src/ --old vcenter-8.0.2.yaml`

    Exits 0, 1 if a line is touched by a change that is as bad as `--fail-on` says, 2 if the input cannot be used.

    Args:
        new: The description that replaces what the program was written for, or a configuration that names several.
        code: Python files, or folders of such.
        old: The description that the program was written for.
        config: Configuration of the new one. Default: the `.toml` file of the same name beside it; else that of the
            old one.
        old_config: Configuration of the old one. Default: the `.toml` file of the same name beside it.
        output: Folder that holds the packages.
        partial: Leave out of the descriptions what cannot be emitted, instead of refusing it.
        allow_outside: A folder that references may lead into, besides the description's; may be given several times.
        ca_bundle: Certificates (PEM) to trust when a description is read from an https address.
        fail_on: Exit 1 if a line is touched by a change as bad as this: breaking (default), risky or safe.
        show: Leave out what is less than this: breaking (default), risky or safe.
        json: Print the places as JSON.
    """
    from vcsdk.affected import places_of
    from vcsdk.affected.program import read as read_program
    from vcsdk.cli.diff import without_garbage_collection
    from vcsdk.diff.read import read
    from vcsdk.naming.recording import record_of
    from vcsdk.pipeline import config_beside
    from vcsdk.release import before as known

    diagnostics = Diagnostics()

    def reading(path: Path, settings: Path | None, kept: Described | None = None) -> Described:
        record = record_of(kept.api, kept.document.original_ids) if kept is not None else None
        return read(
            path,
            settings,
            use_config=True,
            overlays=(),
            diagnostics=diagnostics,
            partial=partial,
            access=access(allow_outside, ca_bundle),
            record=record,
        )

    # A large program's trees are millions of objects that stay.
    with without_garbage_collection():
        try:
            program = read_program(code, diagnostics)
            if old is not None:
                settings = config or config_beside(new) or old_config or config_beside(old)
                before = known.of_description(reading(old, old_config or config))
                after = reading(new, settings, before.described)
            else:
                after = reading(new, config)
                before = known.of_package(output / after.config.package.distribution)
                if before.described is not None:
                    after = reading(new, config, before.described)
            diagnostics.stop_if_failed()
            causes, comparison = _causes(before, after)
        except InputError as error:
            for found in error.diagnostics:
                diagnostics.add(found)
            return failure.refuse(diagnostics, json=json)
        least = max(fail_on, show, Severity.RISKY, key=lambda level: level.rank)
        touched, unfollowed = places_of(program, before.surface, causes, comparison, least)
    shown = [place for place in touched if place.finding.level.reaches(show)]
    if json:
        sys.stdout.write(dumps(_as_dict(shown, unfollowed), indent=2) + "\n")
    else:
        say(_text(shown, unfollowed, hidden=_lines(touched) - _lines(shown)))
    return 1 if any(place.finding.level.reaches(fail_on) for place in touched) else 0


def _causes(before: Before, after: Described) -> tuple[Sequence[Any], Any]:
    """What changed; of the names alone, where no more is known of what was before."""
    from vcsdk.diff import RULES, causes_of, compared
    from vcsdk.diff.compare.surfaces import surface_changes
    from vcsdk.diff.directions import directions
    from vcsdk.diff.judge import judge
    from vcsdk.emitters.surface import surface_of

    made = surface_of(after.api, after.config)
    if before.described is None:
        return causes_of(judge(surface_changes(before.surface, made, directions(after.api)), RULES)), None
    found = compared(before.described, after, (before.surface, made))
    return causes_of(found.findings, found.comparison), found.comparison


def _lines(places: Sequence[Place]) -> set[tuple[str, int]]:
    return {(place.file, place.line) for place in places}


def _text(places: Sequence[Place], unfollowed: Sequence[Unfollowed], hidden: set[tuple[str, int]]) -> str:
    from vcsdk.reporting import render_entry, wants_colour

    colour = wants_colour(sys.stdout, os.environ)
    lines: dict[str, list[str]] = {}
    parts = []
    for place in places:
        finding = place.finding
        found = Diagnostic(
            _LEVELS[finding.level],
            f"{finding.rule.id} {finding.fingerprint}",
            finding.text,
            Location(place.file, place.line, place.column),
            place.cause.message if place.cause.message != finding.text else None,
            _line(place.file, place.line, lines),
        )
        parts.append(render_entry(found, colour=colour, label=finding.level.value))
    for each in unfollowed:
        text = f"`{each.name}`: {each.why}" if each.name else each.why
        location = Location(each.file, each.line, each.column)
        excerpt = _line(each.file, each.line, lines)
        parts.append(render_entry(Diagnostic(Level.NOTE, "not-followed", text, location, None, excerpt), colour=colour))
    return "".join(parts) + f"{_verdict(places, unfollowed, len(hidden))}.\n"


def _line(file: str, number: int, known: dict[str, list[str]]) -> str | None:
    if file not in known:
        known[file] = Path(file).read_text(encoding="utf-8", errors="replace").splitlines()
    return known[file][number - 1] if number <= len(known[file]) else None


def _verdict(places: Sequence[Place], unfollowed: Sequence[Unfollowed], hidden: int) -> str:
    lines = len(_lines(places))
    words = "no line is touched" if not lines else f"{lines:,} line{' is' if lines == 1 else 's are'} touched"
    if hidden:
        words += f", {hidden:,} more by changes that are less (--show risky)"
    return words + (f"; {len(unfollowed):,} could not be followed" if unfollowed else "")


def _as_dict(places: Sequence[Place], unfollowed: Sequence[Unfollowed]) -> dict[str, object]:
    return {
        "places": [
            {
                "file": place.file,
                "line": place.line,
                "column": place.column,
                "level": place.finding.level.value,
                "rule": place.finding.rule.id,
                "fingerprint": place.finding.fingerprint,
                "message": place.finding.text,
                "cause": place.cause.message,
            }
            for place in places
        ],
        "not_followed": [
            {"file": each.file, "line": each.line, "column": each.column, "name": each.name, "reason": each.why}
            for each in unfollowed
        ],
        "counts": {level.value: sum(place.finding.level is level for place in places) for level in Severity},
    }
