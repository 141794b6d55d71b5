"""One run of the shards of a suite: their events make the events of the whole."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from vcsdk.contract.artefacts import EVENTS
from vcsdk.contract.fitting import misfit
from vcsdk.copied.suite.replay import SPOILT, replay, results_of
from vcsdk.copied.suite.shards import Shard

Event = dict[str, Any]
_WORST = ("unsafe", "unreachable", "inconclusive")
_MOST_NAMED = 20
_FACTS = ("product", "version", "build")
# Where each job keeps its secrets is its own affair.
_SOURCES = frozenset({"password_env", "powerless_password_env", "token_env", "client_secret_env"})


class MergeError(ValueError):
    """The folders are not the shards of one suite; each text is `folder: error: message [contract-merge]`."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__("\n".join(texts))
        self.texts = tuple(texts)


@dataclass(slots=True)
class _Run:
    """What one folder has: how its run begins, what the target said, its tests, and how it ended (None if it died)."""

    folder: Path
    shard: Shard
    head: Event
    target: dict[str, str] = field(default_factory=dict)
    tests: list[Event] = field(default_factory=list)
    running: dict[str, None] = field(default_factory=dict)
    end: Event | None = None


def merge(folders: Sequence[Path]) -> list[Event]:
    """The events of the whole suite, from folders that have those of its shards.

    A shard that is missing or did not come to its end makes the whole inconclusive; so does a destructive operation
    that several shards had accepted, for then their limits did not hold over all.

    Raises:
        MergeError: A folder has no run of a shard, or they do not belong together.
        OSError: A file cannot be read.
    """
    runs, wrong = [], []
    for folder in folders:
        try:
            runs.append(_read(folder))
        except ValueError as error:
            wrong.append(f"{folder}: error: {error} [contract-merge]")
    wrong += [f"{folder}: error: {text} [contract-merge]" for folder, text in _disagreements(runs)]
    if wrong:
        raise MergeError(wrong)
    runs.sort(key=lambda run: run.shard.number)
    return [*_events(runs)]


def _read(folder: Path) -> _Run:
    path = folder / EVENTS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise ValueError(f"there is no {EVENTS} of a run") from None
    except UnicodeDecodeError:
        raise ValueError(f"{EVENTS} is not UTF-8") from None
    try:
        # It says what is wrong with them, but for the last one, which may be half.
        replay(lines)
        run = _of(folder, [line for line in lines if line.strip()])
        alone = results_of(json.dumps(event) for event in _events([run]))
    except ValueError:
        raise
    except SPOILT as error:
        raise ValueError(f"{EVENTS} is not that of a run: {type(error).__name__}") from None
    if told := misfit(alone):
        raise ValueError(f"{EVENTS} is not that of a run: {told}")
    return run


def _of(folder: Path, lines: Sequence[str]) -> _Run:
    head = json.loads(lines[0])
    del head["event"]
    text = head["options"].get("shard")
    if not text:
        raise ValueError("is no shard: it was run without --shard")
    run = _Run(folder, Shard.parse(str(text)), head)
    for number, line in enumerate(lines[1:], 2):
        try:
            _take(run, json.loads(line))
        except SPOILT:
            if number < len(lines):
                raise
    return run


def _take(run: _Run, event: Event) -> None:
    kind = event.pop("event")
    if kind == "target":
        run.target.update(event)
    elif kind == "start":
        run.running[event["test"]] = None
    elif kind == "test":
        run.running.pop(event["nodeid"], None)
        run.tests.append(event)
    elif kind == "end":
        run.end = event


def _disagreements(runs: Sequence[_Run]) -> Iterator[tuple[Path, str]]:
    if not runs:
        return
    first, seen = runs[0], {runs[0].shard.number: runs[0].folder}
    for run in runs[1:]:
        if run.shard.of != first.shard.of:
            yield run.folder, f"is shard {run.shard}, and {first.folder} is {first.shard}"
        elif run.shard.number in seen:
            yield run.folder, f"is shard {run.shard}, as {seen[run.shard.number]} is"
        seen.setdefault(run.shard.number, run.folder)
        for name in ("operations", "strict", "known"):
            if run.head[name] != first.head[name]:
                yield run.folder, f"has other {name} than {first.folder}"
        ours, theirs = (_options(one) for one in (run, first))
        for name in sorted({name for name in {*ours, *theirs} - _SOURCES if ours.get(name) != theirs.get(name)}):
            yield run.folder, f"was run with another --{name.replace('_', '-')} than {first.folder}"
        for name in _FACTS:
            mine, other = run.target.get(name), first.target.get(name)
            if mine and other and mine != other:
                yield run.folder, f"tested {name} {mine}, and {first.folder} {name} {other}"


def _options(run: _Run) -> dict[str, Any]:
    return {name: value for name, value in run.head["options"].items() if name != "shard"}


def _events(runs: Sequence[_Run]) -> Iterator[Event]:
    first = runs[0]
    started = min(str(run.head["started"]) for run in runs)
    yield {"event": "run", **first.head, "options": _options(first), "started": started}
    facts: dict[str, str] = {}
    for run in reversed(runs):
        facts.update(run.target)
    if facts:
        yield {"event": "target", **facts}
    total = sum(max((test["total"] for test in run.tests), default=0) for run in runs)
    for run in runs:
        for test in run.tests:
            yield {"event": "test", **test, "total": total}
    yield from ({"event": "start", "test": test} for run in runs for test in run.running)
    trouble, verdicts = [*_trouble(runs)], [run.end["verdict"] for run in runs if run.end is not None]
    verdict = next((name for name in _WORST if name in verdicts), "")
    yield {
        "event": "end",
        "seconds": round(max(_seconds(run) for run in runs), 2),
        "verdict": verdict or ("inconclusive" if trouble else ""),
        "trouble": "\n".join(trouble),
        "complete": all(run.end is not None and run.end["complete"] for run in runs),
        **{name: lines for name in ("left", "notes") if (lines := _all(runs, name))},
    }


def _all(runs: Sequence[_Run], name: str) -> list[str]:
    """What the ends of the runs list under a name, each once."""
    ends = (run.end for run in runs if run.end is not None)
    return [*dict.fromkeys(line for end in ends for line in end.get(name, ()))]


def _seconds(run: _Run) -> float:
    if run.end is not None:
        return float(run.end["seconds"])
    return max((float(test["at"] + test["seconds"]) for test in run.tests), default=0.0)


def _trouble(runs: Sequence[_Run]) -> Iterator[str]:
    here, of = {run.shard.number for run in runs}, runs[0].shard.of
    missing = [*islice((str(Shard(n, of)) for n in range(1, of + 1) if n not in here), _MOST_NAMED)]
    if missing:
        more = of - len(here) - len(missing)
        yield f"not all shards are here: {', '.join(missing)}{f' and {more} more' if more else ''} missing"
    for run in runs:
        told = run.end["trouble"] if run.end is not None else "the run died"
        yield from (f"shard {run.shard}: {line}" for line in told.splitlines())
    yield from _accepted_twice(runs)


def _accepted_twice(runs: Sequence[_Run]) -> Iterator[str]:
    for name, operation in runs[0].head["operations"].items():
        if operation["effect"] != "destructive":
            continue
        accepted = Counter(
            str(run.shard)
            for run in runs
            for test in run.tests
            for called, status, _ in test["exchanges"]
            if called == name and 200 <= status < 300
        )
        if len(accepted) > 1:
            yield f"{name} was accepted in several shards ({', '.join(accepted)}): its limit did not hold over all"
