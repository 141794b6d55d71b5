"""The API in this process, for tests of programs that call it; what serves it comes with the extra `testing`.

The toolkit is asked for by name and when a simulation starts: nothing else of a package knows of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

import httpx2

from .errors import ArgumentError

C = TypeVar("C")
A = TypeVar("A")

_CONTROL = {"sec-simulator-control": "1"}


class Simulation(Generic[C, A]):
    """Serves the description on a free port of this machine, from `with` to its end, and gives a client of it.

    `async with` gives the asynchronous client. Each one is a server of its own, with a state of its own.

    Args:
        client: Keywords for the client that is given, such as `timeout`.
        options: What the simulator is told, such as `failover_seconds=0.2`, `outage=0.5` or `faults=("…",)`.

    Raises:
        ImportError: The extra `testing` is not installed.
        ArgumentError: The simulator has no such option, or takes no such value.
    """

    _client: ClassVar[Any]
    _async_client: ClassVar[Any]
    _package: ClassVar[str]
    _description: ClassVar[str]

    def __init__(self, *, client: Mapping[str, Any] | None = None, **options: Any) -> None:
        self._made = _toolkit("vcsdk.simulator", self._package)
        if self._is_plain:
            options = {"username": "tester", **options}
        try:
            self._options = self._made.SimulatorOptions(**options)
        except (TypeError, ValueError) as error:
            raise ArgumentError(f"simulated: {error}") from None
        self._keywords = dict(client or {})
        self._simulator: Any = None
        self._given: Any = None

    @property
    def _is_plain(self) -> bool:
        """Whether the client takes credentials of its own, rather than those of a vCenter's session."""
        return "__init__" in vars(self._client)

    @property
    def target(self) -> str:
        """Where it is: what a program under test takes for its target.  Raises ArgumentError outside of the block."""
        if self._simulator is None:
            raise ArgumentError("simulated: it is there inside of its `with` block only")
        url: str = self._simulator.url
        return url

    @property
    def credentials(self) -> Mapping[str, str]:
        """What it lets in, by the arguments of the client: `VCenter(s.target, **s.credentials)`."""
        options, facts = self._options, self._client._describe()
        if not self._is_plain:
            return {"username": options.username, "password": options.password}
        found = {}
        for scheme in facts.security.values():
            for place, name in enumerate(scheme.given_by):
                found[name] = options.username if scheme.kind == "basic" and place == 0 else options.password
        return found

    def state(self) -> dict[str, Any]:
        """What is inside: requests by operation, and what else the simulator shows of itself."""
        found: dict[str, Any] = self._control("GET", "state")
        return found

    def reset(self) -> None:
        """Everything back to the beginning; sessions end, and clients make new ones."""
        self._control("POST", "reset")

    def control(self, name: str, value: Mapping[str, Any]) -> None:
        """Change what no operation can: `control("members", {"node2": "DOWN"})`.  Raises ArgumentError."""
        self._control("POST", name, value)

    def _control(self, method: str, name: str, value: Mapping[str, Any] | None = None) -> Any:
        with httpx2.Client(trust_env=False) as http:
            answer = http.request(method, f"{self.target}/_simulator/{name}", headers=_CONTROL, json=value)
        said = answer.json() if answer.content else None
        if answer.status_code >= 400:
            raise ArgumentError(f"{name}: {said.get('message') if isinstance(said, dict) else answer.status_code}")
        return said

    def start(self) -> None:
        """Serve, without a client of its own: `stop` ends it.  Raises ArgumentError for a fault that does not exist."""
        if self._simulator is not None:
            raise ArgumentError("simulated: it is there already")
        try:
            self._simulator = self._made.Simulator(_described(self._description, self._package), self._options)
        except self._made.UnknownFaultError as error:
            raise ArgumentError(f"simulated: {error}") from None
        self._simulator.start()

    def stop(self) -> None:
        """Serve no longer."""
        simulator, self._simulator = self._simulator, None
        if simulator is not None:
            simulator.stop()

    def _begin(self, client: Any) -> Any:
        self.start()
        try:
            self._given = client(self.target, **{**self.credentials, **self._keywords})
        except BaseException:
            self.stop()
            raise
        return self._given

    def __enter__(self) -> C:
        client: C = self._begin(self._client)
        return client

    def __exit__(self, *_: object) -> None:
        try:
            self._given.close()
        finally:
            self.stop()

    async def __aenter__(self) -> A:
        client: A = self._begin(self._async_client)
        return client

    async def __aexit__(self, *_: object) -> None:
        try:
            await self._given.close()
        finally:
            self.stop()


def _toolkit(name: str, package: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise _missing(package, (error.name or name).partition(".")[0]) from error


def _missing(package: str, name: str) -> ImportError:
    return ImportError(f"a simulation needs {name}: pip install '{package}[testing]'", name=name)


@cache
def _described(module: str, package: str) -> Any:
    """The description, which is that of the package's contract tests; read once."""
    found = find_spec(module)
    if found is None or not found.submodule_search_locations:
        raise _missing(package, module)
    path = Path(next(iter(found.submodule_search_locations)), "openapi.json")
    return _toolkit("vcsdk.pipeline", package).read_api(path, use_config=False)
