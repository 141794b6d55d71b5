"""One run of the suite against one target."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2

from .answers import Answer
from .description import Description
from .gate import Gate, Policy
from .ledger import Ledger
from .masking import Secrets
from .operations import Catalogue
from .settings import Settings
from .target import Target


class Unreachable(Exception):
    """The target does not answer, or does not let the run in."""


class Run:
    """Holds what the tests of one process share: the client with its gate, the accounts, the description."""

    def __init__(self, settings: Settings, catalogue: Catalogue, description: Description, ledger: Path) -> None:
        self.settings = settings
        self.catalogue = catalogue
        self.description = description
        self.secrets = Secrets()
        for username, password in (settings.login, settings.powerless_login):
            if password:
                self.secrets.add_login(username, password)
        self.gate = Gate(
            httpx2.HTTPTransport(verify=settings.ca_bundle or settings.verify, proxy=settings.proxy),
            catalogue,
            Policy(settings.level, settings.allowed),
            Ledger(ledger, settings.max_accepted),
            self.secrets,
        )
        self.client = httpx2.Client(transport=self.gate, timeout=settings.timeout, trust_env=False)
        self.target = Target(self, *settings.login)
        self.powerless = Target(self, *settings.powerless_login) if settings.powerless_login[0] else None
        if self.powerless is not None:
            self.powerless.may_be_forbidden = True

    def url(self, path: str) -> str:
        """The absolute address of a path below the API's prefix."""
        return f"{self.settings.url}{self.catalogue.prefix}{path}"

    def answer(self, response: httpx2.Response, path: str, credentials: tuple[str, ...] = ()) -> Answer:
        """The answer in the form the checks take."""
        url = response.request.url
        return Answer(
            method=response.request.method,
            target=path,
            status=response.status_code,
            headers=response.headers,
            content=response.content,
            operation=self.catalogue.match(response.request.method, url.path, url.query.decode()),
            credentials=credentials,
        )

    def preflight(self) -> None:
        """Make sure that the target answers and lets the run in.

        Raises:
            Unreachable: It does not; the text says why, without secrets.
        """
        try:
            if self.catalogue.with_role("session-create") is None:
                self.client.get(self.url("/"))
            else:
                self.target.headers()
        except httpx2.TransportError as error:
            raise Unreachable(f"{self.settings.url} does not answer: {self.secrets.mask(str(error))}") from None
        except AssertionError as error:
            raise Unreachable(self.secrets.mask(str(error))) from None

    def recover(self) -> None:
        """After a disturbance: wait until the target answers again, and sign in anew.

        Raises:
            Unreachable: It has not answered within `settings.recovery` seconds.
        """
        if not self.gate.disturbed:
            return
        deadline = time.monotonic() + self.settings.recovery
        pause = 0.05
        while True:
            for account in filter(None, (self.target, self.powerless)):
                account.forget_session()
            try:
                self.preflight()
            except Unreachable:
                if time.monotonic() > deadline:
                    raise
            else:
                self.gate.disturbed = False
                return
            time.sleep(pause)
            pause = min(pause * 1.5, 2.0)

    def close(self) -> None:
        """Log out and close the connections; a target that is gone by now is no longer this run's concern."""
        operation = self.catalogue.with_role("session-delete")
        protected, self.gate.protected = self.gate.protected, set()
        for token in protected if operation is not None else ():
            assert operation is not None
            try:
                self.client.request(
                    operation.method, self.url(operation.path), headers={self.catalogue.session_header: token}
                )
            except httpx2.TransportError:
                break
        self.client.close()
