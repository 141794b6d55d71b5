"""Puts a description through every command in this process, and names what no description may cause."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import signal
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vcsdk.cli.main import call
from vcsdk.diagnostics import InputError

from tests.fuzz.requests import ask

COMMANDS = ("generate", "lint", "bundle", "diff", "serve", "init")
SECONDS = 15.0
"""Longest that a command may take over a small description, in seconds of a processor: others may use the machine."""
REFUSED = 2
_OURS = "vcsdk"


@dataclass(frozen=True)
class Fault:
    """What a command did that it must not: an exception that no user can act upon, or a time without end.

    `kind` is the exception's class (or `not-usable`, `not-emitted`, `status`), `where` the place in the toolkit.
    """

    command: str
    kind: str
    where: str
    detail: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What is the same for one fault, whichever description meets it."""
        return self.kind, self.where


class TookTooLong(BaseException):
    """Raised in the command when its time is over; nothing that catches `Exception` catches it."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Let the block run for so long."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(number: int, frame: object) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def faults(
    description: Path, known: Path, work: Path, seconds: float = SECONDS, commands: tuple[str, ...] = COMMANDS
) -> list[Fault]:
    """Run the commands over a description.

    Args:
        description: The file.
        known: A description that is right, to compare it with.
        work: A folder for what is written; emptied first.
        seconds: What each command may take; a comparison is several.
        commands: Those to run.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    report = work / "report.json"

    def run(*words: object) -> int:
        with limited(seconds):
            status = call([str(word) for word in words])
        return status if isinstance(status, int) else 0

    def serve() -> None:
        with limited(seconds):
            ask(description)

    runs: dict[str, Callable[[], int | None]] = {
        "generate": lambda: _generated(run, description, work, report),
        "lint": lambda: run("lint", description, "--no-config", "--places", "--partial"),
        "bundle": lambda: run("bundle", description, "-o", work / "bundle.yaml", "--no-config", "--view", "plain"),
        "diff": lambda: _compared(run, known, description),
        "serve": serve,
        "init": lambda: run("init", description, "-o", work / "made.toml"),
    }
    found = []
    for name in commands:
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = runs[name]()
            if status not in (0, 1, 2, None):
                found.append(Fault(name, "status", str(status)))
        except InputError:
            pass
        except (Exception, SystemExit, TookTooLong) as error:
            if not (isinstance(error, OSError) and error.filename is not None):
                found.append(_fault(name, error))
    return [*found, *_mistakes(report)]


def _generated(run: Callable[..., int], description: Path, work: Path, report: Path) -> int:
    """A generation; of what is refused, one of the parts that can be used."""
    words = ("generate", description, "-o", work / "out", "--no-config", "--report", report, "-q")
    status = run(*words)
    return run(*words, "--partial") if status == REFUSED else status


def _compared(run: Callable[..., int], known: Path, description: Path) -> int:
    """Every way of a comparison, and every form of its result."""
    pairs = ((known, description, "markdown"), (description, known, "github"), (description, description, "text"))
    return max(run("diff", old, new, "--no-config", "--format", form) for old, new, form in pairs)


def _fault(command: str, error: BaseException) -> Fault:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if f"/{_OURS}/" in frame.filename]
    places = [f"{Path(f.filename.partition(f'/{_OURS}/')[2]).as_posix()}:{f.name}" for f in frames]
    where = places[-1] if places else ""
    if isinstance(error, RecursionError | TookTooLong) and places:
        where = Counter(places).most_common(1)[0][0] if isinstance(error, RecursionError) else _slow(places)
    return Fault(command, type(error).__name__, where, str(error)[:300])


def _slow(places: list[str]) -> str:
    """The stage that took too long: where exactly it was interrupted is chance."""
    return next((place for place in reversed(places) if place.partition("/")[0] in _STAGES), places[0])


_STAGES = frozenset(
    ("load", "normalize", "checks", "partial", "build", "naming", "emitters", "diff", "instances", "simulator")
)


def _mistakes(report: Path) -> Iterator[Fault]:
    """What the toolkit found wrong with its own output."""
    with contextlib.suppress(FileNotFoundError, ValueError):
        for told in json.loads(report.read_text(encoding="utf-8"))["diagnostics"]:
            if told["rule"] in ("not-usable", "not-emitted", "not-python"):
                yield Fault("generate", told["rule"], _words(told["message"]), told["message"])


def _words(message: str) -> str:
    """The message without what the description calls things."""
    return "".join(part for number, part in enumerate(message.split("`")) if number % 2 == 0)[:120]
