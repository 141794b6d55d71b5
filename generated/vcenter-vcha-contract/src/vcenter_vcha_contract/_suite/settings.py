"""What the command line says of a run, and where its secrets come from."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2

from . import production, simulated
from .operations import Catalogue, Effect
from .shards import Shard
from .tokens import wrong_client, wrong_keys

LIMIT = 4
BUDGET = 10.0
TASK_TIMEOUT = 120.0
OPERATION_SECONDS = 1800.0
_SECRETS = ("password", "powerless_password", "client_secret")
_TOKEN = "token "
_USERS = {"password": "username", "powerless_password": "powerless_username", "client_secret": "client_id"}


class SettingsError(ValueError):
    """The command line cannot be used; the text says how to mend it."""


@dataclass(frozen=True)
class Settings:
    """The settings of a run.  Logins are (name, password); times are in seconds.

    `allowed` names every operation with `allow_all`, which only a simulator is good for.
    `tokens` are the keys of an API that has no sessions by their scheme, "" for every scheme without its own; `client`
    is the (id, secret) of a program that is given tokens, at `token_url` if not where the description says.
    `production` is the pattern by which the target counts as production, or None; `doubt` says why nobody knows
    whether it is, "" where that is known.
    """

    url: str
    login: tuple[str, str] = field(default=("", ""), repr=False)
    powerless_login: tuple[str, str] = field(default=("", ""), repr=False)
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    client: tuple[str, str] = field(default=("", ""), repr=False)
    token_url: str = ""
    level: Effect = Effect.READ
    allowed: frozenset[str] = frozenset()
    allow_all: bool = False
    max_accepted: int = LIMIT
    seed: int = 0
    fuzz_examples: int = 20
    timeout: float = 30.0
    recovery: float = 900.0
    task_timeout: float = TASK_TIMEOUT
    max_seconds: float | None = None
    operation_seconds: float = OPERATION_SECONDS
    shard: Shard | None = None
    ca_bundle: str | None = None
    verify: bool = True
    proxy: str | None = None
    undocumented_fields: str = "fail"
    strict: bool = False
    despite_preflight: bool = False
    production: str | None = None
    doubt: str = ""
    budgets: Mapping[str, float] = field(default_factory=dict)

    def budget(self, operation: str) -> float:
        """Seconds that an operation may take to answer: its own budget, else the one of all, else `BUDGET`."""
        return self.budgets.get(operation, self.budgets.get("", BUDGET))


def secrets(options: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, str]:
    """The secrets that the options name, by option without its `_env` or `_fd`; a descriptor is read once.

    Raises:
        SettingsError: A variable or descriptor is missing, empty or unreadable.
    """
    found = {name: _secret(options, name, environment) for name in _SECRETS}
    for source in ("env", "fd"):
        for text in options.get(f"token_{source}") or ():
            scheme, _, place = str(text).rpartition("=")
            if source == "fd" and not place.isdecimal():
                raise SettingsError(f"--token-fd {text}: expected NUMBER or SCHEME=NUMBER")
            alone = {f"token_{source}": place}
            found[_TOKEN + scheme] = _secret(alone, "token", environment)
    return found


def read(
    options: Mapping[str, Any],
    catalogue: Catalogue,
    environment: Mapping[str, str],
    known: Mapping[str, str] | None = None,
) -> Settings:
    """Settings from parsed options (see `options.add`).

    `known` are the secrets where another process of the run has read them already.

    Raises:
        SettingsError: An option is missing or wrong.
        production.ProductionFileError: The user's list of production hosts cannot be used.
    """
    known = known if known is not None else secrets(options, environment)
    url = str(options.get("url") or "").rstrip("/")
    _insist_on_one_host(url)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingsError("--url must name the target's origin, such as https://vc.example.com")
    if parts.username or parts.password:
        raise SettingsError("--url must not hold credentials; use --username and --password-env")
    if parts.path or "?" in url or "#" in url:
        raise SettingsError(f"--url must end after the host: the description adds {catalogue.prefix or 'the path'}")
    allowed = frozenset(options.get("allow") or ())
    for name in sorted(allowed):
        if catalogue.named(name) is None:
            raise SettingsError(f"--allow {name}: no such operation; there are {_names(catalogue)}")
    judged = production.judge(url, production.patterns(production.path(environment)))
    if allow_all := bool(options.get("allow_all")):
        _insist_on_a_simulator(url, options, judged.pattern)
        allowed |= {operation.name for operation in catalogue.operations}
    tokens = {name.removeprefix(_TOKEN): value for name, value in known.items() if name.startswith(_TOKEN)}
    client = (str(options.get("client_id") or ""), known.get("client_secret", ""))
    token_url = str(options.get("token_url") or "")
    if mistake := wrong_keys(tokens, catalogue) or wrong_client(client[0], token_url, url, catalogue):
        raise SettingsError(mistake)
    limit = int(options.get("max_accepted", LIMIT))
    if limit < 0:
        raise SettingsError("--max-accepted must not be negative")
    return Settings(
        url=url,
        login=(str(options.get("username") or ""), known["password"]),
        powerless_login=(str(options.get("powerless_username") or ""), known["powerless_password"]),
        tokens=tokens,
        client=client,
        token_url=token_url,
        level=Effect(options.get("level") or "read"),
        allowed=allowed,
        allow_all=allow_all,
        max_accepted=limit,
        seed=int(options.get("seed") or 0),
        fuzz_examples=int(options.get("fuzz_examples", 20)),
        timeout=float(options.get("timeout") or 30),
        recovery=float(options.get("recovery") or 900),
        task_timeout=float(options.get("task_timeout") or TASK_TIMEOUT),
        max_seconds=options.get("max_seconds"),
        operation_seconds=float(options.get("operation_seconds") or OPERATION_SECONDS),
        shard=_shard(options.get("shard")),
        ca_bundle=options.get("ca_bundle"),
        verify=not options.get("insecure"),
        proxy=options.get("proxy"),
        undocumented_fields=str(options.get("undocumented_fields") or "fail"),
        strict=bool(options.get("strict")),
        despite_preflight=bool(options.get("despite_preflight")),
        budgets=_budgets(options.get("budget") or (), catalogue),
        production=judged.pattern,
        doubt=judged.doubt,
    )


def _shard(text: str | None) -> Shard | None:
    try:
        return Shard.parse(text) if text else None
    except ValueError as error:
        raise SettingsError(f"--shard {text}: {error}") from None


def _insist_on_one_host(url: str) -> None:
    """Refuse an address that programs read in different ways: what is asked must be what was judged."""
    try:
        dialled, read = httpx2.URL(url).host, urlsplit(url).hostname or ""
    except (httpx2.InvalidURL, ValueError):
        raise SettingsError("--url must name the target's origin, such as https://vc.example.com") from None
    same = dialled.lower() == unicodedata.normalize("NFC", read).lower().replace("\u3002", ".")
    if not same or (":" not in dialled and any(sign in dialled for sign in "%\\")):
        raise SettingsError("--url has characters that no host has")


def _insist_on_a_simulator(url: str, options: Mapping[str, Any], marked: str | None) -> None:
    """Refuse `--allow-all` where the target cannot be one; that it is one, it has to prove itself (`simulated`)."""
    if marked is not None:
        raise SettingsError(f"--allow-all: {url} is marked as production (pattern {marked!r})")
    if not simulated.is_on_this_machine(url):
        raise SettingsError(f"--allow-all is for `vcsdk serve` on this machine, and {url} is not on it: pass --allow")
    if options.get("proxy"):
        raise SettingsError("--allow-all is for `vcsdk serve` on this machine, which needs no --proxy")


def _budgets(texts: Iterable[str], catalogue: Catalogue) -> dict[str, float]:
    """`SECONDS` or `OPERATION=SECONDS` as seconds by operation, "" for all others."""
    budgets = {}
    for text in texts:
        name, _, seconds = text.rpartition("=")
        operation = catalogue.named(name) if name else None
        if name and operation is None:
            raise SettingsError(f"--budget {text}: no such operation; there are {_names(catalogue)}")
        try:
            budgets[operation.name if operation is not None else ""] = _positive(seconds)
        except ValueError:
            raise SettingsError(f"--budget {text}: expected SECONDS or OPERATION=SECONDS, above 0") from None
    return budgets


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError(text)
    return number


def _secret(options: Mapping[str, Any], name: str, environment: Mapping[str, str]) -> str:
    user = _USERS.get(name, "")
    variable, descriptor = options.get(f"{name}_env"), options.get(f"{name}_fd")
    flag = f"--{name.replace('_', '-')}-env"
    if descriptor is not None:
        try:
            value = _line(int(descriptor))
        except (UnicodeDecodeError, OverflowError):
            raise SettingsError(f"--{name.replace('_', '-')}-fd {descriptor}: is not text in UTF-8") from None
        except OSError as error:
            raise SettingsError(f"--{name.replace('_', '-')}-fd {descriptor}: {error.strerror}") from None
        if not value:
            raise SettingsError(f"--{name.replace('_', '-')}-fd {descriptor}: there is nothing to read")
        return value
    if variable is None:
        if options.get(user):
            raise SettingsError(f"--{user.replace('_', '-')} needs {flag} VARIABLE: the password is read from there")
        return ""
    found = environment.get(str(variable))
    if not found:
        raise SettingsError(f"{flag} {variable}: the environment has no such variable, or it is empty")
    return found


def _line(descriptor: int) -> str:
    """One line, byte by byte, so that the next secret may stand on the next line of the same descriptor."""
    found = bytearray()
    while (byte := os.read(descriptor, 1)) not in (b"", b"\n"):
        found += byte
    return found.decode().removesuffix("\r")


def _names(catalogue: Catalogue) -> str:
    return ", ".join(sorted(operation.name for operation in catalogue.operations))
