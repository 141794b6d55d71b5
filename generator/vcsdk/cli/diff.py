"""`vcsdk diff`: what changed between two descriptions, and what breaks."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from json import dumps
from pathlib import Path
from typing import Annotated

from vcsdk.cli import failure
from vcsdk.cli.folding import say
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.since import is_version
from vcsdk.cli.sources import AllowOutside, CaBundle, Description, access
from vcsdk.diagnostics import Diagnostics, InputError, Level
from vcsdk.diff import RULES, Report, compared, compared_with
from vcsdk.diff.formats import FORMATS, Format, render_text
from vcsdk.diff.ignore import read_ignore_file
from vcsdk.diff.read import read
from vcsdk.diff.scale import Severity
from vcsdk.naming import Record
from vcsdk.naming.recording import record_of
from vcsdk.pipeline import Described
from vcsdk.reporting import wants_colour

_WIDTH = 9
"""Columns of the longest level, "breaking", and a space."""


def diff(
    old: Description | None = None,
    new: Description | None = None,
    /,
    *,
    config: Annotated[Path | None, Parameter("--config", "-c")] = None,
    old_config: Path | None = None,
    no_config: bool = False,
    overlay: list[Path] | None = None,
    partial: bool = False,
    allow_outside: AllowOutside = None,
    ca_bundle: CaBundle = None,
    format: Format = Format.TEXT,  # noqa: A002  the option's name
    fail_on: Severity = Severity.BREAKING,
    show: Severity = Severity.SAFE,
    all: bool = False,  # noqa: A002  the option's name
    ignore: Path | None = None,
    since: str | None = None,
    list_rules: bool = False,
    json: bool = False,
) -> int:
    """Tell what changed between two descriptions, and what breaks for callers.

    Descriptions that differ only in order, formatting or the names of schemas are equal.  A change is `breaking` if a
    caller that works today can stop working, `risky` if some have to look, `safe` if none has to.  What is printed are
    causes: one schema's change is one, in however many operations it shows, with what follows from it in Python.

    For example: `vcsdk diff vcenter-8.0.2.yaml vcenter-8.0.3.yaml --format markdown`; where a description says since
    when it has each thing, also `vcsdk diff vcenter-8.0.3.yaml --since 8.0.2`

    Exits 0, 1 if a change stands that is as bad as `--fail-on` says, 2 if the input cannot be used.

    Args:
        old: The description that callers know, or a configuration that names several.
        new: The description that replaces it, or a configuration that names several.
        config: Configuration of both. Default: the `.toml` file of the same name beside each.
        old_config: Configuration of the old one, where it is another.
        no_config: Ignore such files.
        overlay: An OpenAPI Overlay to apply to both first; may be given several times.
        partial: Leave out of both what cannot be emitted in one of them, instead of refusing it.
        allow_outside: A folder that references may lead into, besides the description's; may be given several times.
        ca_bundle: Certificates (PEM) to trust when a description is read from an https address.
        format: Form of what is printed. Default: text; github is workflow commands that show beside the lines.
        fail_on: Exit 1 if a change is as bad as this: breaking (default), risky or safe.
        show: Leave out what is less than this: breaking, risky or safe (default).
        all: Print every finding, where a change shows in forty operations forty times, instead of what caused them.
        ignore: TOML file of findings that may stand, each with a reason.
        since: A version such as 8.0.2: compare the only description named with what is told of the API of that version.
        list_rules: Print the rules there are, and end.
        json: The same as `--format json`; with `--list-rules`, the rules as JSON.
    """
    if list_rules:
        sys.stdout.write(_rules_as_json() if json else _rules_as_table())
        return 0
    if since is not None and not is_version(since):
        return failure.USAGE
    if old is not None and since is not None:
        if new is not None:
            sys.stderr.write("error: with --since, name one description\n")
            return failure.USAGE
        new = old
    if old is None or new is None:
        sys.stderr.write("error: two descriptions are needed\n  hint: for example: vcsdk diff old.yaml new.yaml\n")
        return failure.USAGE
    diagnostics = Diagnostics()
    overlays = overlay or ()
    wanted = Format.JSON if json else format
    with without_garbage_collection():
        try:
            accepted = read_ignore_file(ignore, diagnostics) if ignore is not None else None

            def reading(
                path: Path,
                settings: Path | None,
                other: Described | None = None,
                found: Diagnostics = diagnostics,
                released: Record | None = None,
            ) -> Described:
                return read(
                    path,
                    settings,
                    use_config=not no_config,
                    overlays=overlays,
                    diagnostics=found,
                    partial=partial,
                    without=_left_out(other),
                    access=access(allow_outside, ca_bundle),
                    record=released,
                )

            try:
                before = reading(old, old_config or config) if since is None else None
            except InputError:
                with suppress(InputError):
                    reading(new, config)  # so that what is wrong with either is told
                raise
            names = record(before) if before is not None else None
            after = reading(new, config, before, released=names)
            if before is not None and _left_out(after):
                before = reading(old, old_config or config, after, Diagnostics(), names)
            diagnostics.stop_if_failed()
        except InputError:
            return failure.refuse(diagnostics, json=wanted is Format.JSON)
        found = compared(before, after) if before is not None else compared_with(since or "", after)
        standing, ignored = accepted.apply(found.findings, diagnostics) if accepted else (tuple(found.findings), ())
        report = Report((before or after).document, after.document, standing, ignored, found.comparison, show)
        failure.show(_about_the_comparison(diagnostics, *filter(None, (before, after))))
        text = _render(report, wanted, rows=all)
        say(text) if wanted is Format.TEXT else sys.stdout.write(text)
    return 1 if report.reaches(fail_on) else 0


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Two descriptions make millions of objects and hardly a cycle; looking for cycles takes a sixth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def record(described: Described) -> Record:
    """The names of a description, as if it had been released."""
    return record_of(described.api, described.document.original_ids)


def _left_out(described: Described | None) -> frozenset[tuple[str, str]]:
    """What a description lacks although nobody decided so: it says nothing of whether the other one has it."""
    left_out = described.document.left_out if described is not None else ()
    return frozenset((omission.kind, omission.name) for omission in left_out)


def _about_the_comparison(diagnostics: Diagnostics, *compared: Described) -> Diagnostics:
    """What touches the result; `vcsdk lint` tells the rest of what is wrong with a description."""
    shown = Diagnostics([found for found in diagnostics if found.rule in ("dangling-ref", "unused-ignore")])
    for described in compared:
        for left in described.document.left_out:
            message = f"{left.kind} `{left.name}` is not compared: {left.reason}"
            shown.add(described.document.diagnose(Level.WARNING, left.rule, message, left.origin))
    return shown


def _render(report: Report, form: Format, *, rows: bool) -> str:
    if form is Format.TEXT:
        return render_text(report, rows=rows, colour=wants_colour(sys.stdout, os.environ))
    return FORMATS[form](report, rows=rows)


def _rules_as_table() -> str:
    rule_width = max(len(rule.id) for rule in RULES)
    area_width = max(len(rule.area) for rule in RULES)
    way_width = max(len(rule.direction.text) for rule in RULES)
    rows = (
        f"{rule.id:<{rule_width}}  {rule.level:<{_WIDTH}} {rule.area:<{area_width}}  "
        f"{rule.direction.text:<{way_width}}  {rule.meaning}\n"
        for rule in RULES
    )
    return "".join(rows) + f"{len(RULES)} rules\n"


def _rules_as_json() -> str:
    rows = [
        {
            "id": rule.id,
            "level": rule.level.value,
            "area": rule.area.value,
            "direction": rule.direction.text,
            "meaning": rule.meaning,
        }
        for rule in RULES
    ]
    return dumps(rows, indent=2) + "\n"
