"""`vcsdk release`: the version, the changelog and the packages that a changed description asks for."""

from __future__ import annotations

import datetime
import sys
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from vcsdk.cli import failure
from vcsdk.cli.folding import say
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.style import Style, plural
from vcsdk.diagnostics import Diagnostics, InputError

if TYPE_CHECKING:
    from vcsdk.release.release import Plan
    from vcsdk.write.drift import Change

_SPEC = Path("spec")


def release(
    description: Path | None = None,
    /,
    *,
    config: Annotated[Path | None, Parameter("--config", "-c")] = None,
    output: Annotated[Path, Parameter("--output", "-o", show_default=True)] = Path("generated"),
    at_least: str | None = None,
    major: bool = False,
    date: str | None = None,
    dry_run: bool = False,
    json: bool = False,
) -> int:
    """Make a release of what a description gives now: version, changelog, packages.

    Compares with what was released last (`DIR/<distribution>/.vcsdk/`).  What breaks callers raises the major number,
    what they can use or have to look at the minor one, new wording the patch number; before 1.0, what breaks raises
    the minor number and everything else the patch number.  The version is written into the configuration, and the
    result is ready to be committed.

    For example: `vcsdk release spec/vcha.yaml --dry-run`

    Exits 0, also if there is nothing to release, or 2 if the input cannot be used or generated files were edited.

    Args:
        description: The API's description, or a configuration that names several. Default: the one in `spec/` that has
            a `.toml` file beside it.
        config: Its configuration. Default: the `.toml` file of the same name beside it.
        output: Folder that holds the packages.
        at_least: Release this version if the changes ask for a lower one; never lowers it.
        major: Settle every name anew, as if nothing had been released, and raise the major number.
        date: Of the changelog's entry, as 2026-01-31. Default: today.
        dry_run: Show all of it, and change nothing.
        json: Print the release as JSON.
    """
    from vcsdk.release import release as releasing

    diagnostics = Diagnostics()
    try:
        chosen = description or _only_description()
        day = _day(date)
        _accept_version(at_least)
        made = releasing.plan(chosen, config, output, floor=at_least, date=day, diagnostics=diagnostics, major=major)
        if not dry_run:
            releasing.carry_out(made, diagnostics)
    except InputError as error:
        return failure.refuse(error.diagnostics, ", nothing released", json=json)
    if json:
        sys.stdout.write(dumps(_as_dict(made, dry_run), indent=2) + "\n")
    else:
        say(_screen(made, dry_run, Style(sys.stdout)))
    return 0


def _only_description() -> Path:
    from vcsdk.pipeline import with_sets
    from vcsdk.release.refusal import refusal

    found = with_sets(_SPEC)
    if len(found) != 1:
        count = f"are {len(found)} descriptions" if found else "is no description"
        text = f"there {count} with a `.toml` file beside {'them' if found else 'it'}"
        raise refusal("no-description", text, _SPEC, "name the description to release")
    return found[0]


def _day(text: str | None) -> datetime.date:
    from vcsdk.release.refusal import refusal

    if text is None:
        return datetime.datetime.now().astimezone().date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise refusal(
            "wrong-option", f"`{failure.clean(text)}` is no date", "--date", "for example: 2026-01-31"
        ) from None


def _accept_version(text: str | None) -> None:
    from vcsdk.config.names import reject_version
    from vcsdk.release.refusal import refusal

    wrong = reject_version(text) if text is not None else None
    if wrong is not None:
        raise refusal("wrong-option", f"`{failure.clean(str(text))}`: {wrong}", "--at-least")


def _screen(made: Plan, dry_run: bool, style: Style) -> str:
    before = made.last.version if made.last is not None else "nothing"
    if not made.demand:
        return f"nothing to release: {made.client} {before} is what {failure.clean(made.described.source)} gives\n"
    counts = plural(len(made.causes), "change")
    why = f"{counts}, {made.demand.text}" if made.last is not None else "the first release"
    generated = sum(path.is_relative_to(made.out) for path in made.changed)
    where = made.out.as_posix()
    lines = [
        f"  {style('version', 'bold')}    {before} → {style(made.version, 'green')}   ({why})",
        f"  {style('contract', 'bold')}   {made.client}-contract {made.version} needs {made.bound}",
        f"  {style('packages', 'bold')}   {plural(generated, 'file changes', 'files change')} in {where}",
    ]
    lines += [f"             {failure.clean(path.as_posix())}" for path in _written(made)]
    ending = "nothing was changed (--dry-run)" if dry_run else "ready to be committed"
    return "\n".join([*lines, "", "\n".join(failure.clean(line) for line in made.entry.split("\n")), f"{ending}\n"])


def _written(made: Plan) -> list[Path]:
    """What changes besides generated code."""
    code = {made.out / change.path for found in _generated(made).values() for change in found}
    return [path for path in made.changed if path not in code]


def _generated(made: Plan) -> dict[str, tuple[Change, ...]]:
    return {"changed": made.drift.changed, "missing": made.drift.missing, "unexpected": made.drift.unexpected}


def _as_dict(made: Plan, dry_run: bool) -> dict[str, object]:
    return {
        "distribution": made.client,
        "last": made.last.version if made.last is not None else None,
        "version": made.version,
        "demand": made.demand.text,
        "dry_run": dry_run,
        "contract_requires": made.bound,
        "entry": made.entry,
        "packages": {name: [str(change.path) for change in found] for name, found in _generated(made).items()},
        "files": [path.as_posix() for path in _written(made)],
        "causes": [{"level": c.level.value, "kind": c.kind.value, "message": c.message} for c in made.causes],
        "findings": [
            {"rule": f.rule.id, "level": f.level.value, "fingerprint": f.fingerprint, "message": f.text}
            for f in made.findings
        ],
    }
