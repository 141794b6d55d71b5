"""`vcsdk names`: what was released beside what a fresh start would give."""

from __future__ import annotations

import sys
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from vcsdk.cli import failure
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.style import plural
from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.placing import place

if TYPE_CHECKING:
    from vcsdk.naming.proposals import Proposal
    from vcsdk.naming.record import Record


def names(
    description: Path,
    /,
    *,
    config: Annotated[Path | None, Parameter("--config", "-c")] = None,
    accept: list[str] | None = None,
    json: bool = False,
) -> int:
    """Show the names of the last release beside those that a fresh start would give.

    What was released keeps its names, which stand in a file beside the configuration (`vcha.names.txt`).  Each
    name that would be another one today is a line; `--accept` takes it over, which breaks callers of the old one.

    For example: `vcsdk names spec/vcha.yaml --accept vm.list_2`

    Exits 0, or 2 if the input cannot be used or a name cannot be taken over.

    Args:
        description: The API's description, or a configuration that names several.
        config: Its configuration. Default: the `.toml` file of the same name beside it.
        accept: A released name to give up for the fresh one, as the list shows it; may be given several times.
        json: Print the names as JSON.
    """
    from vcsdk.naming.proposals import TakenError, proposals
    from vcsdk.naming.proposals import accept as accepted
    from vcsdk.naming.record import EMPTY
    from vcsdk.naming.record_text import render
    from vcsdk.pipeline import read_api

    diagnostics = Diagnostics()
    try:
        fresh = read_api(description, config, diagnostics=diagnostics, record=EMPTY)
    except InputError as error:
        return failure.refuse(error.diagnostics, json=json)
    kept = fresh.names
    if kept is None or kept.record is None:
        where = str(kept.path) if kept is not None else "configuration"
        text, hint = "nothing was released: there is no such file", "`vcsdk release` writes it"
        found_none = Diagnostic(Level.ERROR, "not-released", text, Location(where, WHOLE), hint)
        return failure.refuse(Diagnostics([found_none]), json=json)
    found = proposals(fresh.api, kept.record, fresh.document.original_ids)
    record = kept.record
    for name in accept or ():
        mine = [each for each in found if each.released == name]
        if not mine:
            sys.stderr.write(f"error: no released name `{failure.clean(name)}` would be another one today\n")
            return failure.USAGE
        for each in mine:
            try:
                record = accepted(record, each)
            except TakenError as taken:
                said = f"`{failure.clean(str(taken))}` was released for something else"
                sys.stderr.write(f"error: `{failure.clean(name)}` stays: {said}\n  hint: accept that one first\n")
                return failure.USAGE
            found.remove(each)
    if accept:
        place([(kept.path, render(record).encode())])
    sys.stdout.write(_as_json(found) if json else _screen(found, _size(record), kept.path))
    return 0


def _size(record: Record) -> str:
    return f"{plural(len(record.operations), 'operation')}, {plural(len(record.classes), 'class', 'classes')}"


def _screen(found: list[Proposal], size: str, path: Path) -> str:
    width = max((len(each.released) for each in found), default=0)
    kinds = max((len(each.kind) for each in found), default=0)
    lines = [
        failure.clean(f"{each.kind:<{kinds}}  {each.released:<{width}}  {each.fresh}  ({each.of})") for each in found
    ]
    ending = f"{plural(len(found), 'name')} of {size} in {path.as_posix()} would be another one today"
    return "\n".join([*lines, failure.clean(ending)]) + "\n"


def _as_json(found: list[Proposal]) -> str:
    rows = [{"kind": e.kind, "of": e.of, "released": e.released, "fresh": e.fresh} for e in found]
    return dumps({"names": rows}, indent=2) + "\n"
