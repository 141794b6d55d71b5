"""The way to the target, which every account of a run takes."""

from __future__ import annotations

import ssl
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from urllib.parse import quote_plus

import httpx2

from . import newer, paths
from .answers import Answer
from .credentials import basic_value
from .description import Description
from .gate import Gate, Policy
from .ledger import Ledger
from .limits import Limits
from .masking import Secrets, texts_below
from .operations import Catalogue
from .settings import Settings
from .shared import Shared


class Line(ABC):
    """Holds the client with its gate, and what an answer is held to; whoever signs in over it stands above (`run`).

    `folder` is known to every process of the run.  `transport` carries the requests; None is the network.
    `extra_check` is called with every answer that a test judges; `expected` says what would have failed the last one.
    `existing` puts something that is there into a path (see `existing.Existing`); `shown` has a few identifiers from
    each list that was asked, by the list's path.

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
        self.settings = settings
        self.catalogue = catalogue
        self.description = description
        self.expected: str = ""
        self.existing: Callable[..., str | None] = lambda *_: None
        self.shown: dict[str, list[str]] = {}
        self.extra_check: Callable[[Answer], object] = lambda _: None
        self.shared: Shared = Shared(folder)
        self.secrets: Secrets = Secrets(self._public)
        for value in (*settings.tokens.values(), settings.client[1]):
            self.secrets.add(value)
        if settings.client[1]:
            self.secrets.add(basic_value(*map(quote_plus, settings.client)))
        for username, password in (settings.login, settings.powerless_login):
            if password:
                self.secrets.add_login(username, password)
        self.gate: Gate = Gate(
            transport or httpx2.HTTPTransport(verify=_trust(settings), proxy=settings.proxy),
            catalogue,
            Policy(settings.level, settings.allowed, settings.allow_all),
            Ledger(self.shared.accepted, settings.max_accepted),
            self.secrets,
            self.shared,
            description,
            settings.timeout,
            Limits(folder, settings.max_seconds, settings.operation_seconds),
        )
        self.client: httpx2.Client = httpx2.Client(
            transport=self.gate,
            timeout=settings.timeout,
            trust_env=False,
            # Servers set the session as a cookie too; kept, it would sign in requests that are to have no session.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )

    def url(self, path: str) -> str:
        """The absolute address of a path below the API's prefix."""
        return f"{self.settings.url}{self.catalogue.prefix}{path}"

    def answer(
        self, response: httpx2.Response, path: str, credentials: tuple[str, ...] = (), unarmed: str = ""
    ) -> Answer:
        """The answer in the form the checks take."""
        url = response.request.url
        answer = Answer(
            method=response.request.method,
            target=path,
            status=response.status_code,
            headers=response.headers,
            content=response.content,
            operation=self.catalogue.match(
                response.request.method, paths.as_sent(url.raw_path.decode()), url.query.decode()
            ),
            credentials=credentials,
            mask=self.secrets.mask,
            host=url.host,
            prefix=self.catalogue.prefix,
            unarmed=unarmed,
        )
        if kind := newer.error_type(answer, self.catalogue):
            self.shared.note(self.secrets.mask(newer.remark(answer, kind)))
        return answer

    def _public(self) -> Iterator[str]:
        """What stands in a run's record without being anybody's secret: the package, the target, who signs in."""
        yield from texts_below(self.description.path.parent)
        yield from (self.settings.url, self.settings.login[0], self.settings.powerless_login[0])
        for operation in self.catalogue.operations:
            yield f"{operation.request_line}\n{self.settings.url}{operation.path}"

    @property
    @abstractmethod
    def away_by_agreement(self) -> bool:
        """True from when something is accepted that takes the target away until it is known to be back."""

    @abstractmethod
    def recover(self) -> None:
        """After a disturbance: wait until the target answers again, and sign in anew."""


def _trust(settings: Settings) -> ssl.SSLContext | bool:
    return ssl.create_default_context(cafile=settings.ca_bundle) if settings.ca_bundle else settings.verify
