"""What the command line says of a run, and where its secrets come from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from .operations import Catalogue, Effect

LIMIT = 4


class SettingsError(ValueError):
    """The command line cannot be used; the text says how to mend it."""


@dataclass(frozen=True)
class Settings:
    """The settings of a run.  Logins are (name, password); times are in seconds."""

    url: str
    login: tuple[str, str] = field(default=("", ""), repr=False)
    powerless_login: tuple[str, str] = field(default=("", ""), repr=False)
    level: Effect = Effect.READ
    allowed: frozenset[str] = frozenset()
    max_accepted: int = LIMIT
    seed: int = 0
    fuzz_examples: int = 20
    timeout: float = 30.0
    recovery: float = 900.0
    ca_bundle: str | None = None
    verify: bool = True
    proxy: str | None = None
    undocumented_fields: str = "fail"


def read(options: Mapping[str, Any], catalogue: Catalogue, environment: Mapping[str, str]) -> Settings:
    """Settings from parsed options (see `options.add`).

    Raises:
        SettingsError: An option is missing or wrong.
    """
    url = str(options.get("url") or "").rstrip("/")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingsError("--url must name the target's origin, such as https://vc.example.com")
    if parts.username or parts.password:
        raise SettingsError("--url must not hold credentials; use --username and --password-env")
    if parts.path or parts.query:
        raise SettingsError(f"--url must end after the host: the description adds {catalogue.prefix or 'the path'}")
    allowed = frozenset(options.get("allow") or ())
    for name in sorted(allowed):
        if catalogue.named(name) is None:
            raise SettingsError(f"--allow {name}: no such operation; there are {_names(catalogue)}")
    limit = int(options.get("max_accepted", LIMIT))
    if limit < 0:
        raise SettingsError("--max-accepted must not be negative")
    return Settings(
        url=url,
        login=(str(options.get("username") or ""), _secret(options, "password", environment)),
        powerless_login=(
            str(options.get("powerless_username") or ""),
            _secret(options, "powerless_password", environment),
        ),
        level=Effect(options.get("level") or "read"),
        allowed=allowed,
        max_accepted=limit,
        seed=int(options.get("seed") or 0),
        fuzz_examples=int(options.get("fuzz_examples", 20)),
        timeout=float(options.get("timeout") or 30),
        recovery=float(options.get("recovery") or 900),
        ca_bundle=options.get("ca_bundle"),
        verify=not options.get("insecure"),
        proxy=options.get("proxy"),
        undocumented_fields=str(options.get("undocumented_fields") or "fail"),
    )


def _secret(options: Mapping[str, Any], name: str, environment: Mapping[str, str]) -> str:
    user = "powerless_username" if name.startswith("powerless") else "username"
    variable, descriptor = options.get(f"{name}_env"), options.get(f"{name}_fd")
    flag = f"--{name.replace('_', '-')}-env"
    if descriptor is not None:
        try:
            with os.fdopen(os.dup(int(descriptor)), encoding="utf-8") as stream:
                return stream.readline().rstrip("\n")
        except OSError as error:
            raise SettingsError(f"--{name.replace('_', '-')}-fd {descriptor}: {error.strerror}") from None
    if variable is None:
        if options.get(user):
            raise SettingsError(f"--{user.replace('_', '-')} needs {flag} VARIABLE: the password is read from there")
        return ""
    value = environment.get(str(variable))
    if not value:
        raise SettingsError(f"{flag} {variable}: the environment has no such variable, or it is empty")
    return value


def _names(catalogue: Catalogue) -> str:
    return ", ".join(sorted(operation.name for operation in catalogue.operations))
