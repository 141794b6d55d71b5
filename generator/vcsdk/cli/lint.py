"""`vcsdk lint`: everything the toolkit found out about a description, without generating."""

from __future__ import annotations

import os
import sys
from json import dumps
from pathlib import Path
from typing import Annotated, Any

from vcsdk.address import shown
from vcsdk.cli import credentials, failure
from vcsdk.cli.folding import say
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.report import omission
from vcsdk.cli.since import as_dicts, is_version, render
from vcsdk.cli.sources import AllowOutside, CaBundle, Description, access
from vcsdk.cli.style import Style, plural
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.ir import Operation, Safety
from vcsdk.ir.since import newer_than
from vcsdk.normalize import RepairMade
from vcsdk.pipeline import Described, read_api
from vcsdk.reporting import render_github, verdict

_COLOURS = {Safety.READ: ("green",), Safety.WRITE: ("yellow",), Safety.DESTRUCTIVE: ("red", "bold")}


def lint(
    *descriptions: Description,
    config: Annotated[Path | None, Parameter("--config", "-c")] = None,
    no_config: bool = False,
    overlay: list[Path] | None = None,
    partial: bool = False,
    allow_outside: AllowOutside = None,
    ca_bundle: CaBundle = None,
    places: bool = False,
    since: str | None = None,
    json: bool = False,
) -> int:
    """Show what a description gets wrong, what is repaired, and what calls can do.

    Lists every finding, the repairs that generating makes, what each security scheme is to callers (how it travels, the
    client's argument for it, who asks for it), and each operation with its safety class: `read` changes
    nothing, `write` changes something, `destructive` interrupts the service or may lose data.  The class is inferred
    unless the configuration sets it; the reason stands behind it.

    For example: `vcsdk lint spec/vcha.yaml --places`

    Exits 0, 1 if `--partial` left something out, 2 if errors were found.

    Args:
        descriptions: Descriptions of APIs, OpenAPI in YAML or JSON, or configurations that name theirs; several are
            shown one after the other.
        config: Its configuration. Default: the `.toml` file of the same name beside it.
        no_config: Ignore that file and derive names from the title.
        overlay: An OpenAPI Overlay to apply first; may be given several times.
        partial: Leave out what cannot be emitted, with everything that needs it, instead of refusing the description.
        allow_outside: A folder that references may lead into, besides the description's; may be given several times.
        ca_bundle: Certificates (PEM) to trust when a description is read from an https address.
        places: Show each place that was repaired, not only how many.
        since: A version such as 8.0.2: list instead what a server of that version lacks, where the description says so.
        json: Print everything as JSON; of several descriptions as a list.
    """
    if not descriptions:
        sys.stderr.write("error: name a description\n  hint: for example: vcsdk lint spec/vcha.yaml\n")
        return failure.USAGE
    if since is not None and not is_version(since):
        return failure.USAGE
    status, results = 0, []
    for description in descriptions:
        diagnostics = Diagnostics()
        try:
            described = read_api(
                description,
                config,
                use_config=not no_config,
                overlays=overlay or (),
                diagnostics=diagnostics,
                partial=partial,
                access=access(allow_outside, ca_bundle),
            )
        except InputError as error:
            _annotate(error.diagnostics)
            results.append(failure.as_dict(error.diagnostics))
            status = max(status, failure.refuse(error.diagnostics))
            continue
        _annotate(diagnostics)
        if described.document.left_out:
            status = max(status, 1)
        newer = newer_than(described.api, since) if since is not None else []
        results.append(_as_dict(described) | ({"newer": as_dicts(newer)} if since is not None else {}))
        if not json:
            sys.stdout.write(f"{failure.clean(shown(description))}\n" if len(descriptions) > 1 else "")
            if since is not None:
                say(render(newer, since))
            else:
                _show(described, diagnostics, places)
    if json:
        sys.stdout.write(dumps(results[0] if len(descriptions) == 1 else results, indent=2) + "\n")
    return status


def _show(described: Described, diagnostics: Diagnostics, places: bool) -> None:
    failure.show(diagnostics)
    style = Style(sys.stdout)
    if described.document.descriptions:
        say(f"{_set(described)}\n\n")
    say(_repairs(described, places, style))
    say(_left_out(described, style))
    say(credentials.render(described.api, style))
    say(_operations(described, style))
    say(f"{verdict(diagnostics) or 'no findings'}.\n")


def _set(described: Described) -> str:
    schemas = described.document.data.get("components", {}).get("schemas", {})
    counts = (plural(len(described.api.operations), "operation"), plural(len(schemas), "schema"))
    return ", ".join((plural(len(described.document.descriptions), "description"), *counts))


def _annotate(diagnostics: Diagnostics) -> None:
    """In a GitHub workflow, findings show beside the lines of a pull request."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        sys.stderr.write(render_github(diagnostics))


def _repairs(described: Described, places: bool, style: Style) -> str:
    if not described.repairs:
        return ""
    lines = [style("Repairs", "bold")]
    width = max(len(repair.rule) for repair in described.repairs)
    for repair in described.repairs:
        lines.append(f"  {repair.rule:<{width}}  {plural(len(repair.places), 'place')}")
        if places:
            lines += [f"    {row['place']}: {row['message']}" for row in _places(described, repair)]
    return "\n".join(lines) + "\n\n"


def _left_out(described: Described, style: Style) -> str:
    if not described.omissions:
        return ""
    lines = [style("Left out", "bold")]
    for left in described.omissions:
        place = failure.clean(str(described.document.locate(left.origin)))
        lines.append(f"  {left.kind} {failure.clean(left.name)}  {style(place, 'dim')}  {failure.clean(left.reason)}")
    return "\n".join(lines) + "\n\n"


def _places(described: Described, repair: RepairMade) -> list[dict[str, str]]:
    document = described.document
    return [
        {"place": failure.clean(str(document.locate(made.origin))), "message": failure.clean(made.message)}
        for made in repair.places
    ]


def _operations(described: Described, style: Style) -> str:
    operations = described.api.operations
    name = max((len(o.python_path) for o in operations), default=0)
    request = max((len(failure.clean(o.request_line)) for o in operations), default=0)
    lines = [style("Operations", "bold")]
    for operation in operations:
        safety = style(f"{operation.safety:<11}", *_COLOURS[operation.safety])
        line = f"{operation.python_path:<{name}}  {safety}  {failure.clean(operation.request_line):<{request}}"
        lines.append(f"  {line}  {style(_reason(operation), 'dim')}")
    return "\n".join(lines) + "\n\n"


def _reason(operation: Operation) -> str:
    parts = [failure.clean(operation.safety_reason)]
    parts += ["disrupts the connection"] if operation.disrupts_connection else []
    parts += [f"pages by {operation.paging.kind}"] if operation.paging is not None else []
    return ", ".join(part for part in parts if part)


def _as_dict(described: Described) -> dict[str, Any]:
    return {
        "diagnostics": [found.as_dict() for found in described.diagnostics],
        "left_out": [omission(described, left) for left in described.omissions],
        "repairs": [
            {"rule": repair.rule, "level": repair.level.value, "places": _places(described, repair)}
            for repair in described.repairs
        ],
        "credentials": credentials.as_dicts(described.api),
        "operations": [
            {
                "name": operation.python_path,
                "operation_id": operation.operation_id,
                "request": operation.request_line,
                "safety": operation.safety.value,
                "reason": operation.safety_reason,
                "disrupts_connection": operation.disrupts_connection,
                "pages": operation.paging.kind.value if operation.paging is not None else None,
            }
            for operation in described.api.operations
        ],
    }
