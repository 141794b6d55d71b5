"""`vcsdk generate`: a description becomes a client package and its contract tests."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from generator import __version__
from generator.cli import failure, report, screen
from generator.cli.style import Style
from generator.completeness import account
from generator.diagnostics import Diagnostics, InputError, Level
from generator.emitters import emit_all
from generator.pipeline import Described, read_api
from generator.write import Facts, write

_FEW = 10
"""As many findings as a screen shows in full; of more it shows the count."""


def facts(described: Described) -> Facts:
    """From what the packages of a description are made, for their manifests."""
    return Facts(described.document.sha256, described.configuration.sha256 or "", __version__)


def generate(
    description: Path,
    /,
    *,
    output: Annotated[Path, Parameter(["--output", "-o"])],
    config: Annotated[Path | None, Parameter(["--config", "-c"])] = None,
    no_config: bool = False,
    overlay: list[Path] | None = None,
    flavor: Literal["pydantic", "openapi-python-client"] | None = None,
    report_file: Annotated[Path | None, Parameter("--report")] = None,
    json: bool = False,
    quiet: Annotated[bool, Parameter(["--quiet", "-q"])] = False,
) -> int:
    """Generate a typed Python client and its contract tests.

    Writes two packages, `DIR/<distribution>` and `DIR/<distribution>-contract`.  Nothing is written if the description
    has errors.  Files of your own beside the generated ones survive.

    For example: `vcsdk generate spec/vcha.yaml -o generated`

    Exits 0 if everything declared was emitted, 1 if not, 2 if the input cannot be used.

    Args:
        description: The API's description, OpenAPI in YAML or JSON.
        output: Folder for the packages; made if it does not exist.
        config: Names, profile, safety classes. Default: the `.toml` file of the same name beside the description.
        no_config: Ignore that file and derive names from the title.
        overlay: An OpenAPI Overlay to apply first; may be given several times.
        flavor: Let another generator make the package, from the mended description: pydantic (models only, by
            datamodel-code-generator) or openapi-python-client. What it drops is listed.
        report_file: Write a JSON report: counts declared and emitted, repairs, findings.
        json: Print that report instead of the summary.
        quiet: Print findings only.
    """
    started = time.perf_counter()
    diagnostics = Diagnostics()
    try:
        described = read_api(
            description, config, use_config=not no_config, overlays=overlay or (), diagnostics=diagnostics
        )
        if flavor is not None:
            return _flavored(flavor, described, output, diagnostics, started, report_file, json, quiet)
        files = emit_all(described)
        # An incomplete output is written all the same: the exit status says so, and most of it may serve.
        missing = Diagnostics()
        completeness = account(described, files, missing)
        written = write(files, output, facts(described), diagnostics)
    except InputError as error:
        status = failure.refuse(error.diagnostics, ", nothing written")
        _hand_over(report.refusal(error.diagnostics, time.perf_counter() - started), report_file, json)
        return status
    for finding in missing.found:
        diagnostics.add(finding)
    seconds = time.perf_counter() - started
    if quiet or json or len(diagnostics) <= _FEW or diagnostics.count(Level.ERROR):
        failure.show(diagnostics)
    if not quiet and not json:
        sys.stdout.write(screen.generation(described, completeness, output, written, seconds, Style(sys.stdout)))
    _hand_over(report.generation(described, completeness, output, diagnostics, seconds), report_file, json)
    return 0 if completeness.complete else 1


def _flavored(
    flavor: str,
    described: Described,
    output: Path,
    diagnostics: Diagnostics,
    started: float,
    report_file: Path | None,
    json: bool,
    quiet: bool,
) -> int:
    """Generate a flavour; every finding is shown, because what the tool dropped is among them."""
    from generator import flavors
    from generator.cli import flavored

    result = flavors.generate(flavor, described, output, diagnostics)
    seconds = time.perf_counter() - started
    failure.show(diagnostics)
    if not quiet and not json:
        sys.stdout.write(flavored.screen(described, flavor, result, output, seconds, Style(sys.stdout)))
    _hand_over(flavored.report(described, flavor, result, output, diagnostics, seconds), report_file, json)
    return 0 if result.complete else 1


def _hand_over(data: dict[str, Any], file: Path | None, printed: bool) -> None:
    text = report.dump(data)
    if printed:
        sys.stdout.write(text)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
