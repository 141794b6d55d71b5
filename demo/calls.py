"""What a program does with the generated client; imported once the client has been generated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vcenter_vcha import NotAllowedInCurrentState, VapiError, VCenter
from vcenter_vcha.models import VchaClusterModeClusterMode

from demo.steps import StepFailedError


class Calls:
    """A client at work.  `say` shows a line to the reader; `deadline` gives the seconds that are left.

    `tokens` collects every session token this client was given, and `shown` the `repr` of what a program would log.
    """

    def __init__(self, vc: VCenter, say: Callable[[str], None], deadline: Callable[[], float]) -> None:
        self._vc = vc
        self._say = say
        self._deadline = deadline
        self.tokens: set[str] = set()
        self.shown: list[str] = [repr(vc)]

    def sign_in(self) -> str:
        """The first call makes the session."""
        session = self._vc.session.get()
        self._note(session)
        return f"session of {session.user}"

    def show_cluster(self) -> str:
        """Mode, health, and who is active."""
        info = self._vc.vcha.cluster.get()
        self._note(info)
        self._say(f"mode {info.mode}, health {info.health_state}, configuration {info.config_state}")
        for name in ("node1", "node2"):
            node = getattr(info, name)
            self._say(f"{name}: {node.runtime.role}, {node.runtime.state}")
        return f"mode {info.mode}, {info.health_state}, {self._active()} is ACTIVE"

    def fail_over(self, *, planned: bool) -> str:
        """Move the active role and wait through the outage."""
        before = self._active()
        task = self._vc.vcha.cluster.failover(planned=planned)
        self._note(task)
        task.wait(timeout=self._deadline(), poll=0.3, on_progress=lambda progress: self._say(str(progress)))
        self._note(task)
        after = self._active()
        if after == before:
            raise StepFailedError(f"{before} is still ACTIVE")
        return f"{before} → {after}, decided by the {task.decided_by}"

    def be_refused(self) -> str:
        """A failover while the mode is DISABLED gives a typed error; the mode is put back."""
        with self._disabled():
            try:
                self._vc.vcha.cluster.failover(planned=True)
            except NotAllowedInCurrentState as error:
                self._note(error)
                for line in f"{type(error).__module__}.{type(error).__qualname__}: {error}".splitlines():
                    self._say(line)
                if not isinstance(error, VapiError) or error.status != 400:
                    raise StepFailedError(f"the error has status {error.status}") from error
                return f"{type(error).__name__} ({error.status}): {error.message}"
        raise StepFailedError("the failover was accepted while the mode was DISABLED")

    @contextmanager
    def _disabled(self) -> Iterator[None]:
        mode = self._vc.vcha.cluster.mode
        mode.set(mode=VchaClusterModeClusterMode.DISABLED).wait(timeout=self._deadline(), poll=0.2)
        self._say(f"mode is {mode.get().mode} now")
        try:
            yield
        finally:
            mode.set(mode=VchaClusterModeClusterMode.ENABLED).wait(timeout=self._deadline(), poll=0.2)

    def _active(self) -> str:
        info = self._vc.vcha.cluster.get()
        self._note(info)
        for name in ("node1", "node2"):
            node = getattr(info, name)
            if node is not None and node.runtime is not None and node.runtime.role == "ACTIVE":
                return name
        raise StepFailedError("no node is ACTIVE")

    def _note(self, value: object) -> None:
        """Keep how a value shows itself, and the token in use now: a failover ends one session, another follows."""
        self.shown += [repr(value), str(value)]
        token = self._vc._transport.caller.session._own.get().token
        if token is not None:
            self.tokens.add(token.reveal())
            self.shown += [repr(token), str(token), repr(self._vc._transport.caller.session)]
