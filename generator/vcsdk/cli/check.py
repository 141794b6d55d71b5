"""`vcsdk check`: whether generated packages are what their description gives today."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from json import dumps
from pathlib import Path
from typing import Annotated, Any

from vcsdk.access import Access
from vcsdk.address import shown
from vcsdk.cli import failure
from vcsdk.cli.generation import facts
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.sources import AllowOutside, CaBundle, Description, access
from vcsdk.cli.style import Style, plural
from vcsdk.diagnostics import Diagnostics, InputError
from vcsdk.emitters import emit_all
from vcsdk.emitters.completeness import account
from vcsdk.pipeline import read_api, with_sets
from vcsdk.reporting import verdict
from vcsdk.write.drift import Change, Drift, compare

_SPEC = Path("spec")


@dataclass(frozen=True, slots=True)
class _Checked:
    """A description, how its packages differ, and what was found on the way."""

    description: Path
    drift: Drift
    diagnostics: Diagnostics
    files: int

    @property
    def clean(self) -> bool:
        return not self.drift and not self.diagnostics.failed


def check(
    description: Description | None = None,
    /,
    *,
    config: Annotated[Path | None, Parameter("--config", "-c")] = None,
    no_config: bool = False,
    overlay: list[Path] | None = None,
    partial: bool = False,
    allow_outside: AllowOutside = None,
    ca_bundle: CaBundle = None,
    output: Annotated[Path, Parameter("--output", "-o", show_default=True)] = Path("generated"),
    json: bool = False,
) -> int:
    """Tell whether generated packages are what their description gives.

    Nothing is written.  Each file that generating would change, add or remove is named, with the lines it would add and
    remove; files of your own beside the generated ones do not count.  A description on the network is taken as it was
    read last, without asking again.

    For example: `vcsdk check spec/vcha.yaml -o generated`

    Exits 0 if nothing differs, 1 if something does, 2 if the input cannot be used.

    Args:
        description: The API's description, or a configuration that names several. Default: every description in
            `spec/` that has a `.toml` file beside it, and every configuration there that names its own.
        config: Its configuration. Default: the `.toml` file of the same name beside it.
        no_config: Ignore that file and derive names from the title.
        overlay: An OpenAPI Overlay to apply first; may be given several times.
        partial: Leave out what cannot be emitted, with everything that needs it, as `generate --partial` does.
        allow_outside: A folder that references may lead into, besides the description's; may be given several times.
        ca_bundle: Certificates (PEM) to trust when a description is read from an https address.
        output: Folder that holds the packages.
        json: Print the differences as JSON.
    """
    descriptions = [description] if description is not None else with_sets(_SPEC)
    if not descriptions:
        sys.stderr.write(f"error: there is no description with a `.toml` file beside it in `{_SPEC}/`; name one\n")
        return failure.USAGE
    checked, refused = [], False
    reading = access(allow_outside, ca_bundle, kept=True)
    for path in descriptions:
        diagnostics = Diagnostics()
        try:
            checked.append(_check(path, config, not no_config, overlay or (), output, diagnostics, partial, reading))
        except InputError as error:
            refused = True
            failure.refuse(error.diagnostics)
            checked.append(_Checked(path, Drift(), error.diagnostics, 0))
    if json:
        sys.stdout.write(dumps([_as_dict(result) for result in checked], indent=2) + "\n")
    else:
        style = Style(sys.stdout)
        sys.stdout.writelines(_lines(result, output, style) for result in checked if result.files)
    if refused:
        return failure.USAGE
    return 0 if all(result.clean for result in checked) else 1


def _check(
    path: Path,
    config: Path | None,
    use_config: bool,
    overlays: Iterable[Path],
    output: Path,
    diagnostics: Diagnostics,
    partial: bool,
    reading: Access,
) -> _Checked:
    described = read_api(
        path,
        config,
        use_config=use_config,
        overlays=tuple(overlays),
        diagnostics=diagnostics,
        partial=partial,
        access=reading,
    )
    files = emit_all(described)
    account(described, files, diagnostics)
    if diagnostics.failed:
        failure.show(diagnostics)
    return _Checked(path, compare(files, output, facts(described)), diagnostics, len(files))


def _lines(result: _Checked, output: Path, style: Style) -> str:
    description, folder = failure.clean(shown(result.description)), failure.clean(output.as_posix())
    if result.clean:
        count = plural(result.files, "file")
        return f"{style('clean', 'green')}: {folder} is what {description} gives ({count})\n"
    rows = [
        _row(style(f"{label:<10}", colour), output, change)
        for label, colour, changes in (
            ("changed", "yellow", result.drift.changed),
            ("missing", "red", result.drift.missing),
            ("unexpected", "red", result.drift.unexpected),
        )
        for change in changes
    ]
    what = plural(len(rows), "file differs", "files differ") if rows else verdict(result.diagnostics)
    fix = f"run `vcsdk generate {description} -o {folder}`"
    ending = f"{what} from what {description} gives; {fix}" if rows else what
    return "".join(rows) + f"{style('drift', 'red', 'bold') if rows else 'error'}: {ending}\n"


def _row(label: str, output: Path, change: Change) -> str:
    counts = ", ".join(f"{sign}{count}" for sign, count in (("+", change.added), ("-", change.removed)) if count)
    return f"{label}  {failure.clean((output / change.path).as_posix())}" + (f"  ({counts})" if counts else "") + "\n"


def _as_dict(result: _Checked) -> dict[str, Any]:
    def rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
        return [{"path": str(c.path), "added": c.added, "removed": c.removed} for c in changes]

    return {
        "description": shown(result.description),
        "clean": result.clean,
        "changed": rows(result.drift.changed),
        "missing": rows(result.drift.missing),
        "unexpected": rows(result.drift.unexpected),
        "diagnostics": [found.as_dict() for found in result.diagnostics],
    }
