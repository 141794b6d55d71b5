"""A generation, from reading the description to saying what was written."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from msgspec.structs import replace

from vcsdk import __version__, parallel
from vcsdk.cli import failure, output, replay, report, screen
from vcsdk.cli.folding import say
from vcsdk.cli.generation_request import Request
from vcsdk.cli.style import Style
from vcsdk.diagnostics import Diagnostics, InputError, Level
from vcsdk.emitters import emit_all
from vcsdk.emitters.completeness import Completeness, accounting
from vcsdk.emitters.render import compile_templates, compiled
from vcsdk.pipeline import Described, read_api
from vcsdk.reporting import render_text
from vcsdk.write import Facts, Written, write
from vcsdk.write.manifest import sha256

_FEW = 10
"""As many findings as a screen shows in full; of more it shows the count."""


def facts(described: Described) -> Facts:
    """From what the packages of a description are made, for their manifests."""
    return Facts(described.document.sha256, described.configuration.sha256 or "", __version__)


def run(request: Request) -> int:
    """Generate, and say what happened; the exit status of the command."""
    diagnostics = Diagnostics()
    try:
        described = _read(request, diagnostics)
        if request.flavor is not None:
            return _flavored(request, request.flavor, described, diagnostics)
        before = len(diagnostics)
        with ExitStack() as begun:
            counted = []
            files = emit_all(described, lambda made: counted.append(begun.enter_context(accounting(described, made))))
            # An incomplete output is written all the same: the exit status says so, and most of it may serve.
            written = write(files, request.output, facts(described), diagnostics)
            completeness = counted[0](files, diagnostics)
    except InputError as error:
        status = failure.refuse(error.diagnostics, ", nothing written")
        refused = report.refusal(error.diagnostics, time.perf_counter() - request.started)
        output.hand_over(report.dump(refused), request.report_file, printed=request.json)
        return status
    seconds = time.perf_counter() - request.started
    shown = _worth_showing(diagnostics)
    few = len(shown) <= _FEW or shown.count(Level.ERROR) > 0 or bool(completeness.left_out)
    if request.quiet or request.json or few:
        failure.show(shown)
    style, outcome = Style(sys.stdout), output.Outcome.of(completeness)
    if not request.quiet and not request.json:
        say(screen.generation(described, completeness, request.output, written, style))
        say(output.closing(seconds, request.shown, outcome, style))
    told = report.generation(described, completeness, request.output, diagnostics, seconds)
    output.hand_over(report.dump(told), request.report_file, printed=request.json)
    if completeness.complete and len(diagnostics) == before:
        _remember(request, described, completeness, written, diagnostics, few=few)
    return 0 if completeness.complete and not request.fails_on(outcome.untyped) else 1


def _read(request: Request, diagnostics: Diagnostics) -> Described:
    """The named API; the first run of a toolkit compiles its templates beside, where there is a core for it."""
    pays = request.flavor is None and parallel.possible() and not compiled()
    with parallel.beside(compile_templates, pays) as done:
        described = read_api(
            request.descriptions,
            request.config,
            use_config=request.use_config,
            overlays=request.overlays,
            diagnostics=diagnostics,
            partial=request.partial,
            access=request.access,
        )
        if pays:
            done()
    return described


def _worth_showing(diagnostics: Diagnostics) -> Diagnostics:
    """Errors and warnings; notes are counted on the screen, and stand in the report and in what `vcsdk lint` shows."""
    return Diagnostics([found for found in diagnostics if found.level is not Level.NOTE])


def _remember(
    request: Request,
    described: Described,
    completeness: Completeness,
    written: Written,
    diagnostics: Diagnostics,
    *,
    few: bool,
) -> None:
    """Keep what the next run will say if nothing changes: that everything is as before."""
    again = replace(written, written=(), removed=(), unchanged=(*written.written, *written.unchanged))
    shown = _worth_showing(diagnostics)
    plain, painted = Style(sys.stdout, colour=False), Style(sys.stdout, colour=True)
    known = replay.Answer(
        findings=(render_text(shown, colour=False), render_text(shown, colour=True)),
        few=few,
        screen=(
            screen.generation(described, completeness, request.output, again, plain),
            screen.generation(described, completeness, request.output, again, painted),
        ),
        outcome=output.Outcome.of(completeness),
        report=report.generation(described, completeness, request.output, diagnostics, 0.0),
    )
    sources: dict[Path, str | None] = {Path(s.file): s.sha256 for s in described.document.sources.values()}
    config = described.config.file
    if config is not None:
        sources[Path(config)] = described.configuration.sha256
        readme = described.config.package.metadata.readme
        sources |= {Path(readme.path): sha256(readme.text.encode())} if readme is not None else {}
        sources |= {described.names.path: described.names.sha256} if described.names is not None else {}
    elif request.use_config and len(request.descriptions) == 1:
        sources[request.descriptions[0].with_suffix(".toml")] = None
    if all(os.path.lexists(path) == (known_hash is not None) for path, known_hash in sources.items()):
        replay.remember(request, sources, written.packages, known)


def _flavored(request: Request, flavor: str, described: Described, diagnostics: Diagnostics) -> int:
    """Generate a flavour; every finding is shown, because what the tool dropped is among them."""
    from vcsdk import flavors
    from vcsdk.cli import flavored

    result = flavors.generate(flavor, described, request.output, diagnostics)
    seconds = time.perf_counter() - request.started
    failure.show(diagnostics)
    if not request.quiet and not request.json:
        say(flavored.screen(described, flavor, result, request.output, seconds, Style(sys.stdout)))
    told = flavored.report(described, flavor, result, request.output, diagnostics, seconds)
    output.hand_over(report.dump(told), request.report_file, printed=request.json)
    return 0 if result.complete and not described.document.left_out else 1
