"""How good the contract suite is: run against the simulator without a fault, and with each fault planted."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from vcsdk.contract.package import ContractPackage, find
from vcsdk.contract.running import BROKEN, HOLDS, Request, run
from vcsdk.copied.suite.catalogue import CHECKS
from vcsdk.copied.suite.masking import Secrets
from vcsdk.emitters.contract.emit import emit
from vcsdk.emitters.contract.security import schemes
from vcsdk.ir import Api
from vcsdk.pipeline import Described
from vcsdk.simulator import Simulator, SimulatorOptions
from vcsdk.simulator.faults import FaultInfo, UnknownFaultError, known_faults
from vcsdk.simulator.options import MODES, ORDERS

_PASSWORD = "VCSDK_SCORE_PASSWORD"
# Seconds.  Short, because a score waits for them some two hundred times, and long enough for two requests to fit in.
DURATIONS: dict[str, Any] = {"failover_seconds": 0.3, "outage": 0.3, "unavailable": 0.1, "task_seconds": 0.2}
"""Of the simulator."""
_BUDGET = 0.5


@dataclass(frozen=True, slots=True)
class Trial:
    """One run: the fault that is planted (None for none), and the simulator's state at the beginning."""

    fault: FaultInfo | None
    mode: str = "ENABLED"
    order: str = ORDERS[0]

    @property
    def name(self) -> str:
        """How the table names it."""
        order = "" if self.order == ORDERS[0] else f", {self.order}"
        return f"(none, {self.mode}{order})" if self.fault is None else f"{self.fault.id}{order}"

    @property
    def expression(self) -> str | None:
        """The tests that can run, as pytest's `-k`: with a missing member most of what they need cannot be done."""
        return "Degraded" if self.fault is not None and self.fault.needs.get("members_down") else None


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a trial.

    `right` is True if a fault was caught, or a server without one gave no finding.  `checks` are the checks with a
    finding, the one that the fault proves first; `seconds` is the whole run's time, `requests` its number of requests.
    `trouble` says why a run came to no verdict; `planted` is False for a server without a fault.
    """

    trial: str
    breaks: str
    right: bool
    verdict: str
    checks: tuple[str, ...]
    tests: int
    requests: int
    seconds: float
    trouble: str = ""
    planted: bool = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Score:
    """The rows in the order of the trials, and the faults that were not planted, for the run had one account only."""

    rows: tuple[Row, ...]
    left_out: tuple[str, ...] = ()

    @property
    def perfect(self) -> bool:
        """True if every fault was caught, and nothing was found where there is none."""
        return all(row.right for row in self.rows)

    @property
    def caught(self) -> int:
        """How many faults were caught."""
        return sum(row.planted and row.right for row in self.rows)

    @property
    def planted(self) -> int:
        """How many faults were planted."""
        return sum(row.planted for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "perfect": self.perfect,
            "planted": self.planted,
            "caught": self.caught,
            "left_out": list(self.left_out),
            "rows": [asdict(row) for row in self.rows],
        }


def trials(api: Api, faults: Iterable[str] = (), *, alone: bool = False) -> list[Trial]:
    """A server without a fault in each mode and order, and one with each of the named faults, or of all that can show.

    These too in both orders, where there are privileges: what looks at them first may hide a fault behind.  `alone`,
    with the account that has every privilege, the orders are one; what only an account without can see is left out.

    Raises:
        UnknownFaultError: There is no such fault.
    """
    shown = [info for info in _wanted(api, faults) if not (alone and info.needs_powerless)]
    orders = ORDERS if api.profile == "vapi" and not alone else ORDERS[:1]
    planted = (Trial(info, order=order) for order in orders for info in shown)
    return [*(Trial(None, mode, order) for order in (ORDERS[:1] if alone else ORDERS) for mode in MODES), *planted]


def left_out(api: Api, faults: Iterable[str] = ()) -> tuple[str, ...]:
    """Of the faults that `trials` is asked for, those that only an account without the privilege can see, by id.

    Raises:
        UnknownFaultError: There is no such fault.
    """
    return tuple(info.id for info in _wanted(api, faults) if info.needs_powerless)


def _wanted(api: Api, faults: Iterable[str]) -> list[FaultInfo]:
    known = {info.id: info for info in known_faults()}
    names = tuple(dict.fromkeys(faults)) or tuple(name for name, info in known.items() if info.shows(api))
    for name in names:
        if name not in known:
            raise UnknownFaultError(f"there is no fault {name!r}")
    return [known[name] for name in names]


def score(
    described: Described,
    wanted: list[Trial],
    *,
    workers: int | None = None,
    first: bool = False,
    alone: bool = False,
    on_row: Callable[[Row], None] | None = None,
) -> Score:
    """Run the whole suite once for each trial, several at a time, each in a process of its own.

    Args:
        described: The description; the suite is generated from it first.
        wanted: What to run.
        workers: How many runs at a time; None for one a processor.
        first: End a run with a fault at its first finding, which is enough to catch it.
        alone: Run with the account that may do everything, without one that lacks the privilege.
        on_row: Called with each row as it comes, from one thread.
    """
    password = secrets.token_urlsafe(18)
    rows: dict[int, Row] = {}
    pool = ThreadPoolExecutor(workers or os.cpu_count() or 1)
    with package_of(described) as package, variable(password), pool:
        attempt = partial(_try, described, package, password=password, first=first, alone=alone)
        waiting = {pool.submit(attempt, trial): n for n, trial in enumerate(wanted)}
        try:
            for finished in as_completed(waiting):
                rows[waiting[finished]] = finished.result()
                if on_row is not None:
                    on_row(finished.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Score(tuple(rows[number] for number in range(len(wanted))))


def _try(
    described: Described, package: ContractPackage, trial: Trial, *, password: str, first: bool, alone: bool
) -> Row:
    needs = dict(trial.fault.needs) if trial.fault is not None else {}
    faults = (trial.fault.id,) if trial.fault is not None else ()
    options = SimulatorOptions(
        password=password, mode=trial.mode, order=trial.order, faults=faults, **{**DURATIONS, **needs}
    )
    known = Secrets()
    known.add(password)
    began = time.monotonic()
    with Simulator(described, options).running() as url:
        haste = ("--maxfail=1",) if first and trial.fault is not None else ()
        words = (*arguments(described, options, url, alone=alone), *haste)
        outcome = run(Request(package, words, trial.expression, None, known))
    seconds = round(time.monotonic() - began, 1)
    results = outcome.results
    found = dict.fromkeys(finding["check"] for finding in results.get("findings", []))
    proving = [check.id for check in CHECKS.values() if trial.fault is not None and trial.fault.id in check.proven_by]
    checks = sorted(found, key=lambda check: (check not in proving, list(found).index(check)))
    counts = results.get("counts", {})
    return Row(
        trial=trial.name,
        breaks=trial.fault.breaks if trial.fault is not None else "",
        right=outcome.status == (BROKEN if trial.fault is not None else HOLDS),
        verdict=str(results.get("verdict", "no verdict")),
        checks=tuple(checks),
        tests=sum(count for outcome_, count in counts.items() if outcome_ != "skipped"),
        requests=sum(row["requests"] for row in results.get("operations", {}).values()),
        seconds=seconds,
        trouble=str(results.get("trouble", "")) if results else "\n".join(outcome.log.splitlines()[-5:]),
        planted=trial.fault is not None,
    )


def arguments(described: Described, options: SimulatorOptions, url: str, *, alone: bool = False) -> Iterator[str]:
    """The plugin's options of a run that may do everything, as both accounts or `alone` as the able one."""
    yield f"--url={url}"
    yield f"--username={options.username}"
    yield f"--password-env={_PASSWORD}"
    if not alone:
        yield f"--powerless-username={options.guest}"
        yield f"--powerless-password-env={_PASSWORD}"
    if any(scheme.kind != "basic" for scheme in schemes(described.api, described.document.data)):
        yield f"--token-env={_PASSWORD}"
    yield "--level=destructive"
    for operation in described.api.operations:
        if operation.safety.value == "destructive":
            yield f"--allow={operation.python_path}"
    yield "--despite-preflight"
    yield "--max-accepted=8"
    yield "--recovery=20"
    yield "--task-timeout=20"
    yield "--fuzz-examples=5"
    yield f"--budget={_BUDGET}"


@contextmanager
def package_of(described: Described) -> Iterator[ContractPackage]:
    """The contract package of a description, generated for the length of a `with`."""
    folder = Path(tempfile.mkdtemp(prefix="vcsdk-score-"))
    try:
        for file in emit(described.api, described.config, described.document):
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.content, encoding="utf-8")
        yield find(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def variable(password: str) -> Iterator[None]:
    """The password where the options say it is, for the length of a `with`."""
    before = os.environ.get(_PASSWORD)
    os.environ[_PASSWORD] = password
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_PASSWORD, None)
        else:
            os.environ[_PASSWORD] = before
