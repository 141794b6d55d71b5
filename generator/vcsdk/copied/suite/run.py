"""One run of the suite against one target."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2

from . import removal, tasks
from .description import Description
from .existing import Existing
from .gate import NotSimulated, RequestRefused
from .kept import Kept
from .line import Line
from .operations import Catalogue
from .settings import Settings
from .target import Target

# Seconds that a target may be away of which nobody expects that: no failover was accepted.
_UNEXPECTED_OUTAGE = 60.0


class Unreachable(Exception):
    """The target does not answer, or does not let the run in."""


class Run(Line):
    """Holds what the tests of one process share: the line to the target, and the accounts.

    Raises:
        OSError: The authority's certificates cannot be read.
    """

    def __init__(
        self,
        settings: Settings,
        catalogue: Catalogue,
        description: Description,
        folder: Path,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        super().__init__(settings, catalogue, description, folder, transport)
        self.existing: Existing = Existing()
        self._disturbances = self.shared.disturbances
        self.target: Target = Target(self, *settings.login)
        self.kept: Kept = Kept(self.target, self._let_end)
        self.gate.keeper = self.kept
        self.powerless: Target | None = None
        if settings.powerless_login[0]:
            self.powerless = Target(self, *settings.powerless_login)
            self.powerless.may_be_forbidden = True

    def preflight(self) -> None:
        """Make sure that the target answers and lets the run in.

        Raises:
            Unreachable: It does not; the text says why, without secrets.
            NotSimulated: It would, and is no simulator where the run needs one; nothing secret was sent to it.
        """
        try:
            self.gate.prove(self.settings.url)
            for account in filter(None, (self.target, self.powerless)):
                account.credentials_for("GET", "/")
            if self.catalogue.with_role("session-create") is None:
                self.client.get(self.url("/"))
        except httpx2.TransportError as error:
            raise Unreachable(f"{self.settings.url} does not answer: {self.secrets.mask(str(error))}") from None
        except AssertionError as error:
            raise Unreachable(self.secrets.mask(str(error))) from None

    @property
    def away_by_agreement(self) -> bool:
        """True from when something is accepted that takes the target away until it is known to be back."""
        return self.shared.disturbances != self._disturbances

    def recover(self) -> None:
        """After a disturbance: wait until the target answers again, and sign in anew.

        Raises:
            Unreachable: It has not answered within `settings.recovery` seconds, or not within a minute where no
                disruptive operation was accepted; then the rest of the run gives it up at once.
        """
        if self.shared.lost:
            raise Unreachable(self.shared.lost)
        disturbances = self.shared.disturbances
        expected = self.away_by_agreement
        if not self.gate.disturbed and not expected:
            # What a test that broke off had started must not get into the next one's way.
            self._let_end()
            return
        bound = self.settings.recovery if expected else min(self.settings.recovery, _UNEXPECTED_OUTAGE)
        deadline = time.monotonic() + bound
        pause = 0.05
        with self.gate.waiting():
            while not self._is_back(deadline) or self._let_end():
                time.sleep(pause)
                pause = min(pause * 1.5, 2.0)
        self.gate.disturbed = False
        self._disturbances = disturbances

    def _let_end(self) -> bool:
        """Wait for what was accepted, also where that was wrong: its outage may be still to come.  True if it was."""
        started = list(self.gate.links.open)
        for task in started if self.catalogue.with_role("task-get") is not None else ():
            try:
                if not tasks.is_hopeless(self.target, task):
                    tasks.wait_out(self.target, task, heard=False)
            except (AssertionError, KeyError, TypeError):
                # A record that makes no sense, or never ends: what the tests of tasks are for.
                pass
            self.gate.links.open.pop(task, None)
        self.gate.links.open.clear()
        return bool(started)

    def _is_back(self, deadline: float) -> bool:
        for account in filter(None, (self.target, self.powerless)):
            account.forget_session()
        try:
            self.preflight()
        except NotSimulated as refusal:
            self.shared.lose(str(refusal))
            raise Unreachable(self.shared.lost) from None
        except Unreachable as trouble:
            if time.monotonic() < deadline:
                return False
            last = self.secrets.mask(self.gate.last_answered or "no request")
            self.shared.lose(f"{trouble}\nIt went away in the course of the run; its last answer was to {last}.")
            raise Unreachable(self.shared.lost) from None
        return True

    def close(self) -> None:
        """Set back what the run set, remove what it made, log out and close the connections.

        A target that is gone by now is no longer this run's concern.
        """
        # Things are removed and sessions ended however little time there was.
        self.gate.limits = None
        self.gate.interruption.end()
        self.shared.leave(self.kept.put_back_all())
        self.shared.leave(removal.remove_all(self.target))
        operation = self.catalogue.with_role("session-delete")
        protected, self.gate.protected = self.gate.protected, set()
        for token in protected if operation is not None else ():
            assert operation is not None
            try:
                self.client.request(
                    operation.method, self.url(operation.path), headers={self.catalogue.session_header: token}
                )
            except (httpx2.TransportError, RequestRefused):
                break
        self.client.close()
