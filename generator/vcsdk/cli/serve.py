"""`vcsdk serve`: a vCenter on this machine that serves a description."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from vcsdk.cli import failure
from vcsdk.cli.parameter import Parameter
from vcsdk.cli.sources import AllowOutside, CaBundle, Description, access
from vcsdk.cli.style import plural
from vcsdk.diagnostics import InputError
from vcsdk.partial import cost
from vcsdk.pipeline import Described, read_api
from vcsdk.reporting import verdict

if TYPE_CHECKING:  # It needs the extra `serve`, which the help does without.
    from vcsdk.simulator import Simulator


def serve(
    description: Description | None = None,
    /,
    *,
    config: Annotated[Path | None, Parameter("--config", "-c")] = None,
    no_config: bool = False,
    overlay: list[Path] | None = None,
    partial: bool = False,
    allow_outside: AllowOutside = None,
    ca_bundle: CaBundle = None,
    host: str = "127.0.0.1",
    port: Annotated[int, Parameter(least=0, most=65535)] = 8080,
    mode: Literal["ENABLED", "DISABLED", "MAINTENANCE"] = "ENABLED",
    member_down: list[str] | None = None,
    failover_seconds: float = 3.0,
    outage: float = 10.0,
    unavailable: float = 2.0,
    session_outage: float = 0.0,
    session_outage_status: int = 503,
    task_seconds: float = 2.0,
    idle_timeout: float = 1800.0,
    gone_for_good: bool = False,
    failover_fails: bool = False,
    strict_query: bool = False,
    order: Literal["body-first", "privilege-first"] = "body-first",
    build: str = "24022515",
    fault: list[str] | None = None,
    list_faults: bool = False,
    log: Path | None = None,
    username: str = "administrator@vsphere.local",
    password_env: str | None = None,
    password_file: Path | None = None,
    ready_file: Path | None = None,
    seed: int = 0,
) -> int:
    """Serve a description as a simulated vCenter.

    Every operation answers as described; sessions, tasks and the VCHA cluster have state, and a failover takes the
    server away for a while.  Ctrl-C or SIGTERM ends it.  `GET /_simulator/state` shows what is inside.

    For example: `vcsdk serve spec/vcha.yaml --outage 5`

    Exits 0, or 2 if the description or the command line cannot be used or the port is taken.

    Args:
        description: The API's description, OpenAPI in YAML or JSON, or a configuration that names several.
        config: Its configuration. Default: the `.toml` file of the same name beside it.
        no_config: Ignore that file.
        overlay: An OpenAPI Overlay to apply first; may be given several times.
        partial: Leave out what cannot be emitted, with everything that needs it, instead of refusing the description.
        allow_outside: A folder that references may lead into, besides the description's; may be given several times.
        ca_bundle: Certificates (PEM) to trust when a description is read from an https address.
        host: Address to listen on.
        port: Port to listen on (default 8080); 0 takes a free one.
        mode: Mode that the cluster is in at the start. Default: ENABLED.
        member_down: A member that is absent: node1, node2 or witness; may be given several times.
        failover_seconds: Seconds a failover's task runs before the outage (default 3).
        outage: Seconds for which connections are refused (default 10).
        unavailable: Seconds of 503 after that (default 2).
        session_outage: Seconds for which the session service alone fails after that (default 0).
        session_outage_status: What it answers then, 503 (default) or 500.
        task_seconds: Seconds every other task runs (default 2).
        idle_timeout: Seconds after which an unused session ends (default 1800).
        gone_for_good: Never come back from an outage.
        failover_fails: End each failover FAILED, without an outage.
        strict_query: Refuse undeclared query parameters instead of ignoring them.
        order: What is looked at first, body or privilege, as real servers may. Default: body-first.
        build: Number of the build that it says it is (default 24022515).
        fault: Plant a fault by its id; may be given several times.
        list_faults: Print the faults there are, and end.
        log: Append a JSON line for each request to this file.
        username: Account of the administrator. Default: administrator@vsphere.local.
        password_env: Environment variable that holds the password of the accounts. Default:
            VCSDK_SIMULATOR_PASSWORD, if it is set.
        password_file: File that holds it, written with a random one if it does not exist. Default:
            .vcsdk-simulator-password.
        ready_file: Write {"url", "pid"} as JSON to this file once connections are accepted.
        seed: Seed of generated values and task ids.
    """
    from vcsdk.simulator import Simulator, SimulatorOptions, UnknownFaultError, known_faults
    from vcsdk.simulator.password import NoPasswordError, find_password

    if list_faults:
        print_lines(f"{info.id:<34}{info.breaks}" for info in known_faults())
        return 0
    if description is None:
        return _fail("a description is needed", "for example: vcsdk serve spec/vcha.yaml")
    try:
        described = read_api(
            description,
            config,
            use_config=not no_config,
            overlays=overlay or (),
            partial=partial,
            access=access(allow_outside, ca_bundle),
        )
    except InputError as error:
        return failure.refuse(error.diagnostics, ", nothing served")
    try:
        password, place = find_password(os.environ, password_env, password_file)
        options = SimulatorOptions(
            host=host,
            port=port,
            mode=mode,
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
            order=order,
            build=build,
            faults=tuple(fault or ()),
            log=log,
            seed=seed,
        )
        simulator = Simulator(described, options)
    except UnknownFaultError as error:
        return _fail(str(error), "`vcsdk serve --list-faults` lists them")
    except (NoPasswordError, ValueError) as error:
        return _fail(str(error))
    except OSError as error:
        if error.filename is not None:
            return _fail(f"{error.filename}: {error.strerror}")
        return _fail(f"cannot listen on {host}:{port}: {error.strerror}", "choose another --port, or 0 for a free one")
    return _run(simulator, described, place, ready_file)


def _run(simulator: Simulator, described: Described, place: str, ready_file: Path | None) -> int:
    def announce() -> None:
        print_lines(_banner(simulator, described, place))
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


def _banner(simulator: Simulator, described: Described, place: str) -> Iterable[str]:
    options, api = simulator.options, described.api
    # As clients and `contract run` take it; what stands before every path they know themselves.
    yield simulator.url
    below = f" below {failure.clean(api.prefix)}" if api.prefix else ""
    title = failure.clean(" ".join(api.title.split()))
    yield f"  serves     {title}, {plural(len(api.operations), 'operation')}{below}"
    if described.omissions:
        yield f"  left out   {cost(described.omissions, described.declared_operations)} (see `vcsdk lint`)"
    if found := verdict(described.diagnostics):
        yield f"  findings   {found} (see `vcsdk lint`)"
    if api.profile == "vapi":
        yield f"  accounts   {options.username} (has {', '.join(sorted(options.privileges))})"
        yield f"             {options.reader} (may only read)"
        yield f"             {options.guest} (may do nothing)"
    for answered, hidden in simulator.application.hidden:
        yield f"  the same   {answered} is answered, and {hidden} never: nothing tells their requests apart"
    yield f"  password   {place}"
    if api.profile == "vapi":
        yield f"  cluster    mode {options.mode}, health {simulator.application.cluster.health}"
        end = (
            "gone for good" if options.gone_for_good else f"{options.outage:g} s refused, {options.unavailable:g} s 503"
        )
        yield f"  failover   {options.failover_seconds:g} s running, then {'FAILED' if options.failover_fails else end}"
        yield f"  tasks      {options.task_seconds:g} s"
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
    sys.stderr.write(f"error: {failure.clean(message)}\n" + (f"  hint: {hint}\n" if hint else ""))
    return failure.USAGE
