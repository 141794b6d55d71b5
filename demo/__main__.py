"""`python -m demo`: each step once, one table, exit 0 if everything went well.  Writes nothing outside `.demo/`."""

from __future__ import annotations

import json
import logging
import secrets
import shutil
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import NoReturn

from rich.console import Console
from rich.markup import escape

from demo import contract, leaks
from demo.processes import Workshop
from demo.steps import StepFailedError, Steps

FOLDER = Path(".demo")
SECONDS = 115.0
USER, READER = "administrator@vsphere.local", "reader@vsphere.local"

GENERATE, SERVE, SIGN_IN, SHOW = "generate", "simulator", "log in", "show the cluster"
PLANNED, FORCED, REFUSED = "planned failover", "forced failover", "refused failover"
READ, DESTRUCTIVE, FUZZ, SECRETS = "contract, reading", "contract, destructive", "fuzz", "secrets"
STEPS = (GENERATE, SERVE, SIGN_IN, SHOW, PLANNED, FORCED, REFUSED, READ, DESTRUCTIVE, FUZZ, SECRETS)

TIMES = ("--failover-seconds", "1.2", "--outage", "1.5", "--unavailable", "0.5", "--task-seconds", "0.3")


def main() -> int:
    """Run the demo.  130 after Ctrl-C or SIGTERM, 1 if a step failed or was not reached."""
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGTERM, _interrupt)
    shutil.rmtree(FOLDER, ignore_errors=True)
    password = secrets.token_urlsafe(18)
    workshop = Workshop(FOLDER.resolve(), password, time.monotonic() + SECONDS)
    # Everything that is logged is written down, the HTTP library's own chatter included: it is searched at the end.
    logging.basicConfig(filename=workshop.logs / "client.log", level=logging.DEBUG)
    console = Console(highlight=False, soft_wrap=True, record=True)
    console.width = max(console.width, 110)
    steps = Steps(STEPS, console)
    tokens: set[str] = set()
    try:
        with ExitStack() as stack:
            _walk(steps, workshop, console, password, tokens, stack)
        with steps.step(SECRETS, vital=False) as step:
            (workshop.logs / "demo.txt").write_text(console.export_text(clear=False), encoding="utf-8")
            step.seen = _search(workshop, password, tokens)
    except KeyboardInterrupt:
        console.print("\ninterrupted; all processes are ended")
        return 130
    except Exception:
        # It stands in the table; the log says where it came from.
        logging.getLogger("demo").exception("the demo ended early")
    steps.summarise()
    return 1 if steps.failed else 0


def _walk(
    steps: Steps, workshop: Workshop, console: Console, password: str, tokens: set[str], stack: ExitStack
) -> None:
    with steps.step(GENERATE) as step:
        step.seen = _generate(workshop, console)
    with steps.step(SERVE) as step:
        log = str(workshop.logs / "requests.jsonl")
        url = stack.enter_context(workshop.serving("spec/vcha.yaml", "--log", log, *TIMES))
        step.seen = f"a vCenter at {url}"
    _call(steps, workshop, console, password, tokens, url)
    allowed = ("--level", "destructive", "--allow", "vcha.cluster.failover")
    for name, options in (
        (READ, ("-k", "not fuzz")),
        (DESTRUCTIVE, (*allowed, "-k", "not fuzz")),
        (FUZZ, ("-k", "fuzz", "--fuzz-examples", "20", "--seed", "7")),
    ):
        with steps.step(name, vital=False) as step:
            step.seen = contract.run(workshop, name.replace(", ", "-"), url, (USER, READER), *options)


def _generate(workshop: Workshop, console: Console) -> str:
    options = ("spec/vcha.yaml", "--config", "spec/vcha.toml", "--output", str(workshop.generated))
    status, output = workshop.run("generate", "generate", *options)
    if status != 0:
        raise StepFailedError(f"exit {status}: {output.strip()}")
    console.print(escape(output.rstrip().replace(str(workshop.folder), FOLDER.name)))
    files = _tree(workshop.generated)
    same = "equal" if files.items() <= _tree(Path("generated")).items() else "NOT equal"
    return f"{len(files)} files, {same} to generated/"


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _call(steps: Steps, workshop: Workshop, console: Console, password: str, tokens: set[str], url: str) -> None:
    sys.path[:0] = [str(path) for path in workshop.sources()]
    from vcenter_vcha import VCenter

    from demo.calls import Calls

    with VCenter(url, username=USER, password=password) as vc:
        calls = Calls(vc, lambda text: console.print(f"  {escape(text)}"), lambda: workshop.left)
        try:
            with steps.step(SIGN_IN) as step:
                step.seen = calls.sign_in()
            with steps.step(SHOW) as step:
                step.seen = calls.show_cluster()
            for name, planned in ((PLANNED, True), (FORCED, False)):
                with steps.step(name, vital=False) as step:
                    sent = _failovers(workshop)
                    step.seen = calls.fail_over(planned=planned)
                    sent = _failovers(workshop) - sent
                    step.seen += f", {sent} failover request sent"
                    if sent != 1:
                        raise StepFailedError(f"{sent} failover requests reached the server")
            with steps.step(REFUSED, vital=False) as step:
                step.seen = calls.be_refused()
        finally:
            tokens |= calls.tokens
            (workshop.logs / "shown.txt").write_text("\n".join(calls.shown), encoding="utf-8")


def _failovers(workshop: Workshop) -> int:
    """How many failover requests the server has logged."""
    lines = (workshop.logs / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    return sum(json.loads(line)["operation"] == "vcha.cluster.failover" for line in lines)


def _search(workshop: Workshop, password: str, tokens: set[str]) -> str:
    if not tokens:
        raise StepFailedError("no session token was ever seen, so none can be searched for")
    found = leaks.search(workshop.folder, {USER: password, READER: password}, tokens)
    if found:
        raise StepFailedError("; ".join(found))
    return f"the password and {len(tokens)} session tokens are in none of {leaks.count(workshop.folder)} files"


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - the signature of a signal handler
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
