"""`vcsdk contract score` and `vcsdk contract checks`: how good the suite is, and what it holds a target to."""

from __future__ import annotations

import json as json_format
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from vcsdk.cli import failure
from vcsdk.cli.parameter import Parameter
from vcsdk.diagnostics import InputError
from vcsdk.pipeline import Described, read_api


def score_suite(
    description: Path = Path("spec/vcha.yaml"),
    /,
    *,
    config: Annotated[Path | None, Parameter("--config", "-c")] = None,
    partial: bool = False,
    fault: list[str] | None = None,
    mutate: int | None = None,
    seed: int = 0,
    workers: int | None = None,
    first: bool = False,
    one_account: bool = False,
    json: bool = False,
    markdown: bool = False,
) -> int:
    """Run the suite against a simulator without a fault in each mode, and with each fault planted.

    Says which faults were caught, by which check, in what time.

    For example: `vcsdk contract score spec/vcha.yaml --fault action-ignored`

    Exits 0 if every fault, or every mutant that matters, was caught and nothing was found where there is none, else 1;
    2 on a wrong command line.

    Args:
        description: The API's description, or a configuration that names several. Default: spec/vcha.yaml.
        config: Its configuration. Default: the `.toml` file of the same name beside it.
        partial: Leave out what cannot be emitted, with everything that needs it, instead of refusing the description.
        fault: Plant this fault alone, besides the runs without one; may be given several times.
        mutate: Instead of planted faults, so many mutants of what passes between suite and simulator (docs/score.md).
        seed: Seed that the mutants are drawn by. Default: 0.
        workers: Processes that share the runs. Default: one a processor.
        first: End a run with a fault at its first finding: as many faults are caught, in less time, by one check each.
        one_account: Run without an account that lacks privileges; what only that one can see is named, not planted.
        json: Print the score as JSON.
        markdown: Print the score as a table in Markdown.
    """
    from vcsdk.contract import score_table
    from vcsdk.contract.score import Row, left_out, score, trials
    from vcsdk.simulator.faults import UnknownFaultError

    if mutate is not None and (mutate < 1 or fault or markdown or one_account):
        sys.stderr.write(
            "error: --mutate takes a number from 1 on, and neither --fault, --markdown nor --one-account beside it\n"
        )
        return failure.USAGE
    try:
        described = read_api(description, config, partial=partial)
        if mutate is not None:
            return _try_mutants(described, mutate, seed, workers, json=json)
        wanted = trials(described.api, fault or (), alone=one_account)
        unseen = left_out(described.api, fault or ()) if one_account else ()
    except InputError as error:
        return failure.refuse(error.diagnostics, ", nothing run", json=json)
    except UnknownFaultError as error:
        sys.stderr.write(f"error: {failure.clean(str(error))}\n  hint: `vcsdk serve --list-faults` lists them\n")
        return failure.USAGE
    done = 0

    def tell(row: Row) -> None:
        nonlocal done
        done += 1
        stream = sys.stderr if json or markdown else sys.stdout
        stream.write(f"[{done:>3}/{len(wanted)}] {failure.clean(score_table.line(row))}\n")
        stream.flush()

    found = score(described, wanted, workers=workers, first=first, alone=one_account, on_row=tell)
    result = replace(found, left_out=unseen)
    if json:
        sys.stdout.write(json_format.dumps(result.as_dict(), indent=2) + "\n")
    elif markdown:
        sys.stdout.writelines(f"{line}\n" for line in score_table.markdown(result))
    else:
        sys.stdout.write(score_table.closing(result) + "\n")
    return 0 if result.perfect else 1


def _try_mutants(described: Described, number: int, seed: int, workers: int | None, *, json: bool) -> int:
    # Its parts start slowly, and only few runs need them.
    from vcsdk.contract.mutants import table
    from vcsdk.contract.mutants.trying import Tried, mutate

    stream = sys.stderr if json else sys.stdout
    done = 0

    def tell(row: Tried | str) -> None:
        nonlocal done
        done += isinstance(row, Tried)
        text = row if isinstance(row, str) else f"[{done:>3}/{number}] {table.line(row)}"
        stream.write(f"{failure.clean(text)}\n")
        stream.flush()

    result = mutate(described, number, seed=seed, workers=workers, on_row=tell)
    if json:
        sys.stdout.write(json_format.dumps(result.as_dict(), indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{failure.clean(text)}\n" for text in table.closing(result))
    return 0 if result.perfect else 1


def list_checks(*, json: bool = False) -> int:
    """List the checks that the suite holds a target to, with the planted faults that prove each.

    For example: vcsdk contract checks --json

    Exits 0; 2 on a wrong command line.

    Args:
        json: Print them as JSON.
    """
    from vcsdk.copied.suite.catalogue import CHECKS

    checks = sorted(CHECKS.values(), key=lambda check: check.id)
    if json:
        rows = [{"id": c.id, "doc": c.doc.strip(), "proven_by": list(c.proven_by)} for c in checks]
        sys.stdout.write(json_format.dumps(rows, indent=2) + "\n")
        return 0
    for check in checks:
        sys.stdout.write(f"{check.id:<24}{check.summary}\n")
        if check.proven_by:
            sys.stdout.write(f"{'':<24}proven by {', '.join(check.proven_by)}\n")
    return 0
