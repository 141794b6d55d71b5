"""A second `vcsdk generate` with nothing changed: says what the first one said, without doing it again."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import msgspec

from vcsdk.cli import output
from vcsdk.cli.folding import say
from vcsdk.cli.generation_request import Request
from vcsdk.cli.style import Style
from vcsdk.write import memory


class Answer(msgspec.Struct):
    """What the next run shall say, in plain text and painted; `report` is that of `--report` without its seconds."""

    findings: tuple[str, str]
    few: bool
    screen: tuple[str, str]
    outcome: output.Outcome
    report: dict[str, Any]


def answer(request: Request) -> int | None:
    """Say what `remember` kept for this request; None if anything has changed since, or nothing was kept."""
    if request.flavor is not None:
        return None
    kept = memory.recall(request.output, request.words)
    if kept is None:
        return None
    try:
        known = msgspec.msgpack.decode(kept, type=Answer)
    except msgspec.MsgspecError:
        return None
    seconds = time.perf_counter() - request.started
    if request.quiet or request.json or known.few:
        say(known.findings[Style(sys.stderr).colour], sys.stderr)
    if not request.quiet and not request.json:
        style = Style(sys.stdout)
        say(known.screen[style.colour])
        say(output.closing(seconds, request.shown, known.outcome, style))
    report = {**known.report, "seconds": round(seconds, 3)}
    output.hand_over(json.dumps(report, indent=2) + "\n", request.report_file, printed=request.json)
    return 1 if request.fails_on(known.outcome.untyped) else 0


def remember(request: Request, sources: dict[Path, str | None], packages: tuple[str, ...], known: Answer) -> None:
    """Keep an answer for the next run; `sources` gives the SHA-256 of each file read, None where one was missing."""
    memory.remember(request.output, request.words, sources, packages, msgspec.msgpack.encode(known))
