"""`vcsdk serve`: a vCenter on this machine that serves a description."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from generator.diagnostics import InputError
from generator.pipeline import read_api
from generator.reporting import render_text, verdict, wants_colour
from generator.simulator import Simulator, SimulatorOptions, UnknownFaultError, known_faults
from generator.simulator.password import NoPasswordError, find_password


def serve(
    description: Path | None = None,
    *,
    config: Annotated[Path | None, Parameter(name=["--config", "-c"])] = None,
    host: str = "127.0.0.1",
    port: int = 8080,
    mode: str = "ENABLED",
    member_down: Annotated[list[str] | None, Parameter(negative="")] = None,
    outage: float = 10.0,
    failover_seconds: float = 3.0,
    unavailable: float = 2.0,
    task_seconds: float = 2.0,
    session_outage: float = 0.0,
    session_outage_status: int = 503,
    idle_timeout: float = 1800.0,
    gone_for_good: Annotated[bool, Parameter(negative="")] = False,
    failover_fails: Annotated[bool, Parameter(negative="")] = False,
    strict_query: Annotated[bool, Parameter(negative="")] = False,
    fault: Annotated[list[str] | None, Parameter(negative="")] = None,
    list_faults: Annotated[bool, Parameter(negative="")] = False,
    log: Path | None = None,
    username: str = "administrator@vsphere.local",
    password_env: str | None = None,
    password_file: Path | None = None,
    ready_file: Path | None = None,
    seed: int = 0,
) -> int:
    """Serve a description as a vCenter would, with state for sessions, tasks and VCHA.

    Ctrl-C or SIGTERM ends it at once.  While it runs, `GET /_simulator/state` shows what is inside.

    Parameters
    ----------
    description
        The OpenAPI description, YAML or JSON.
    config
        Its configuration; the .toml beside the description if not given.
    host
        Address to listen on.
    port
        Port to listen on; 0 takes a free one.
    mode
        Mode of the cluster at the start: ENABLED, DISABLED or MAINTENANCE.
    member_down
        A member that is absent: node1, node2 or witness (repeatable).
    outage
        Seconds for which connections are refused after a failover.
    failover_seconds
        Seconds a failover's task runs before the outage.
    unavailable
        Seconds of 503 after the outage.
    task_seconds
        Seconds every other task runs.
    session_outage
        Seconds for which the session service alone fails after an outage.
    session_outage_status
        What the session service answers then: 503 or 500.
    idle_timeout
        Seconds after which an unused session ends.
    gone_for_good
        Never come back from an outage.
    failover_fails
        End each failover FAILED, without an outage.
    strict_query
        Refuse undeclared query parameters instead of ignoring them.
    fault
        Plant a fault by its id (repeatable).
    list_faults
        Print the faults there are, and end.
    log
        Append a JSON line for each request to this file.
    username
        The administrator's name.
    password_env
        Environment variable that holds the password of both accounts (default VCSDK_SIMULATOR_PASSWORD, if set).
    password_file
        File that holds it; written with a random one if it does not exist (default .vcsdk-simulator-password).
    ready_file
        Write {"url", "pid"} as JSON to this file once connections are accepted.
    seed
        Seed of generated values and task ids.
    """
    if list_faults:
        print_lines(f"{info.id:<26}{info.breaks}" for info in known_faults())
        return 0
    if description is None:
        return _fail("a description is needed")
    try:
        described = read_api(description, config)
        password, place = find_password(os.environ, password_env, password_file)
        options = SimulatorOptions(
            host=host,
            port=port,
            mode=mode.upper(),
            members_down=tuple(member_down or ()),
            username=username,
            password=password,
            failover_seconds=failover_seconds,
            outage=outage,
            unavailable=unavailable,
            session_outage=session_outage,
            session_outage_status=session_outage_status,
            task_seconds=task_seconds,
            idle_timeout=idle_timeout,
            gone_for_good=gone_for_good,
            failover_fails=failover_fails,
            strict_query=strict_query,
            faults=tuple(fault or ()),
            log=log,
            seed=seed,
        )
    except InputError as error:
        sys.stderr.write(render_text(error.diagnostics, colour=wants_colour(sys.stderr, os.environ)))
        return _fail(f"{verdict(error.diagnostics)}; nothing is served")
    except (NoPasswordError, ValueError) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.filename}: {error.strerror}")
    try:
        simulator = Simulator(described, options)
    except UnknownFaultError as error:
        return _fail(str(error), "`vcsdk serve --list-faults` lists them")
    except OSError as error:
        if error.filename is not None:
            return _fail(f"{error.filename}: {error.strerror}")
        return _fail(f"cannot listen on {host}:{port}: {error.strerror}", "choose another --port, or 0 for a free one")
    return _run(simulator, len(described.api.operations), described.api.title, place, ready_file)


def _run(simulator: Simulator, operations: int, title: str, place: str, ready_file: Path | None) -> int:
    def announce() -> None:
        print_lines(_banner(simulator, operations, title, place))
        if ready_file is not None:
            unfinished = ready_file.with_name(ready_file.name + ".part")
            unfinished.write_text(json.dumps({"url": simulator.url, "pid": os.getpid()}) + "\n", encoding="utf-8")
            unfinished.replace(ready_file)

    try:
        simulator.run(announce)
    finally:
        if ready_file is not None:
            ready_file.unlink(missing_ok=True)
    return 0


def _banner(simulator: Simulator, operations: int, title: str, place: str) -> Iterable[str]:
    options = simulator.options
    api = simulator.application.api
    shown = "".join(char if char.isprintable() else " " for char in title)
    yield f"{simulator.url}{api.prefix}"
    yield f"  serves     {shown}: {operations} operations"
    if api.profile == "vapi":
        yield f"  accounts   {options.username} ({', '.join(sorted(options.privileges)) or 'no privileges'})"
        yield f"             {options.reader} (may only read)"
    yield f"  password   of both: {place}"
    if api.profile == "vapi":
        yield f"  cluster    mode {options.mode}, health {simulator.application.cluster.health}"
        end = "for good" if options.gone_for_good else f"{options.outage:g} s refused, {options.unavailable:g} s 503"
        yield f"  failover   {options.failover_seconds:g} s running, then {end}"
    if options.faults:
        yield f"  faults     {', '.join(options.faults)}"
    if options.log is not None:
        yield f"  log        {options.log}"
    yield f"  control    {simulator.url}/_simulator/state"


def print_lines(lines: Iterable[str]) -> None:
    """Write lines to stdout at once, so that a program that reads them need not wait."""
    sys.stdout.write("".join(line + "\n" for line in lines))
    sys.stdout.flush()


def _fail(message: str, hint: str | None = None) -> int:
    sys.stderr.write(f"error: {message}\n" + (f"  hint: {hint}\n" if hint else ""))
    return 2
