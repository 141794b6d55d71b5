"""The whole suite once without a mutant, and once with each."""

from __future__ import annotations

import os
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from typing import Any

from vcsdk.contract.mutants.choosing import Mutant, choose
from vcsdk.contract.mutants.kinds import KINDS
from vcsdk.contract.mutants.layer import Layer
from vcsdk.contract.mutants.mattering import Judge
from vcsdk.contract.mutants.messages import Exchange
from vcsdk.contract.package import ContractPackage
from vcsdk.contract.running import HOLDS, INCONCLUSIVE, Outcome, Request, run
from vcsdk.contract.score import DURATIONS, arguments, package_of, variable
from vcsdk.copied.suite.description import Description
from vcsdk.copied.suite.masking import Secrets
from vcsdk.emitters.contract.emit import catalogue_of
from vcsdk.pipeline import Described
from vcsdk.simulator import Simulator, SimulatorOptions

# The first finding is enough, and a mutant may keep tasks from ending.
_HASTE = ("--maxfail=1", "--recovery=8")


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a mutant: `mutant` in words, its `kind`, in what it `differs` ("" in nothing that matters).

    `touched` counts the exchanges that it changed.  It was `caught` if the run did not hold; `stopped` says that this
    was because the run could not be made.  `checks` are those with a finding.
    """

    mutant: str
    kind: str
    differs: str
    touched: int
    caught: bool
    stopped: bool
    checks: tuple[str, ...]
    seconds: float
    trouble: str = ""

    @property
    def matters(self) -> bool:
        """True if what it changes is promised."""
        return bool(self.differs)


@dataclass(frozen=True, slots=True)
class Mutation:
    """The rows in the order of the draw.  `clean` says that nothing was found without a mutant, or what was."""

    rows: tuple[Tried, ...]
    seed: int
    clean: tuple[str, ...] = ()

    @property
    def matter(self) -> list[Tried]:
        """The rows of mutants that matter."""
        return [row for row in self.rows if row.matters]

    @property
    def caught(self) -> list[Tried]:
        """Those of them that were caught."""
        return [row for row in self.matter if row.caught]

    @property
    def perfect(self) -> bool:
        """True if every mutant that matters was caught, and nothing was found without one."""
        return not self.clean and len(self.caught) == len(self.matter)

    @property
    def share(self) -> float:
        """The part of those that matter that was caught; 1 where none does."""
        return len(self.caught) / len(self.matter) if self.matter else 1.0

    def kinds(self) -> dict[str, tuple[int, int, int]]:
        """By kind how many were drawn, how many of these matter, and how many of those were missed."""
        drawn = Counter(row.kind for row in self.rows)
        matter = Counter(row.kind for row in self.matter)
        caught = Counter(row.kind for row in self.caught)
        ids = [kind.id for kind in KINDS if drawn[kind.id]]
        return {kind: (drawn[kind], matter[kind], matter[kind] - caught[kind]) for kind in ids}

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "seed": self.seed,
            "mutants": len(self.rows),
            "matter": len(self.matter),
            "caught": len(self.caught),
            "share": round(self.share, 4),
            "others": len(self.rows) - len(self.matter),
            "without": list(self.clean),
            "kinds": {
                kind: dict(zip(("drawn", "matter", "missed"), row, strict=True)) for kind, row in self.kinds().items()
            },
            "rows": [{**asdict(row), "matters": row.matters} for row in self.rows],
        }


def mutate(
    described: Described,
    number: int,
    *,
    seed: int = 0,
    workers: int | None = None,
    on_row: Callable[[Tried | str], None] | None = None,
) -> Mutation:
    """Run the suite without a mutant, twice, and with each of so many.

    Args:
        described: The description; the suite is generated from it first.
        number: How many mutants.
        seed: What they are drawn by.
        workers: How many runs at a time; None for one a processor.
        on_row: Called with each row as it comes, from one thread; first with a text about the run without a mutant.
    """
    tell = on_row if on_row is not None else lambda _: None
    password = secrets.token_urlsafe(18)
    rows: dict[int, Tried] = {}
    pool = ThreadPoolExecutor(workers or os.cpu_count() or 1)
    with package_of(described) as package, variable(password), pool:
        outcome, clean, _ = _run(described, package, password)
        _, again, _ = _run(described, package, password)
        found = tuple(f"{one['check']} {one['operation']}" for one in outcome.results.get("findings", ()))
        if outcome.status != HOLDS and not found:
            found = (_trouble(outcome) or "no verdict",)
        chosen = choose(clean, number, seed)
        tell(
            f"without a mutant: {', '.join(found) or 'nothing found'}; {len(chosen)} mutants of {len(clean)} exchanges"
        )
        judge = Judge(
            Description(package.description()),
            catalogue_of(described.api, described.document, described.config.contract_values),
            clean,
            again,
        )
        waiting = {pool.submit(_try, described, package, password, m, clean, judge): n for n, m in enumerate(chosen)}
        try:
            for finished in as_completed(waiting):
                rows[waiting[finished]] = finished.result()
                tell(finished.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Mutation(tuple(rows[n] for n in range(len(chosen))), seed, found)


def _try(
    described: Described,
    package: ContractPackage,
    password: str,
    mutant: Mutant,
    clean: list[Exchange],
    judge: Judge,
) -> Tried:
    outcome, passed, seconds = _run(described, package, password, mutant, clean)
    difference = judge.difference(passed)
    return Tried(
        mutant=mutant.told,
        kind=mutant.kind.id,
        differs=str(difference) if difference is not None else "",
        touched=sum(exchange.touched for exchange in passed),
        caught=outcome.status != HOLDS,
        stopped=outcome.status == INCONCLUSIVE,
        checks=tuple(dict.fromkeys(one["check"] for one in outcome.results.get("findings", ()))),
        seconds=seconds,
        trouble=_trouble(outcome) if outcome.status == INCONCLUSIVE else "",
    )


def _run(
    described: Described,
    package: ContractPackage,
    password: str,
    mutant: Mutant | None = None,
    clean: Iterable[Exchange] = (),
) -> tuple[Outcome, list[Exchange], float]:
    options = SimulatorOptions(password=password, **DURATIONS)
    simulator = Simulator(described, options)
    layers: list[Layer] = []

    def around(inner: Any) -> Layer:
        layers.append(Layer(inner, mutant, tuple(clean)))
        return layers[-1]

    simulator.around = around
    known = Secrets()
    known.add(password)
    began = time.monotonic()
    with simulator.running() as url:
        words = (*arguments(described, options, url), *(_HASTE if mutant is not None else ()))
        outcome = run(Request(package, words, None, None, known))
    if outcome.is_interrupted:
        raise KeyboardInterrupt
    return outcome, [exchange for layer in layers for exchange in layer.passed], round(time.monotonic() - began, 1)


def _trouble(outcome: Outcome) -> str:
    if outcome.results:
        return str(outcome.results.get("trouble", ""))
    return "\n".join(outcome.log.splitlines()[-5:])
