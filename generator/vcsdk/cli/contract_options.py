"""The options that say which target is tested, as whom, and how far; shared by the commands of `vcsdk contract`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from vcsdk.access import real
from vcsdk.cli.parameter import Parameter
from vcsdk.copied.suite.masking import Secrets

_SECRETS = (("username", "password"), ("powerless_username", "powerless_password"), ("client_id", "client_secret"))


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """What to test.

    Attributes:
        url: The target's origin, such as `https://vc.example.com`.
        username: Account that the tests sign in with.
        password_env: Environment variable that holds its password.
        password_fd: File descriptor to read its password from instead.
        powerless_username: Account without privileges, for what must be refused.
        powerless_password_env: Environment variable that holds its password.
        powerless_password_fd: File descriptor to read its password from instead.
        token_env: Environment variable with the key of an API without sessions, or SCHEME=VARIABLE with that of one
            security scheme; may be given several times.
        token_fd: File descriptor to read it from instead, or SCHEME=NUMBER.
        client_id: Program that is given tokens (OAuth 2.0, client credentials).
        client_secret_env: Environment variable that holds its secret.
        client_secret_fd: File descriptor to read its secret from instead.
        token_url: Where tokens are given, if not on the target as the description says.
        level: The most a request may do to the target. Default: read.
        allow: A destructive operation that may be called, or one to fuzz; may be given several times.
        allow_all: Allow every operation, also to be fuzzed; the target must prove to be `vcsdk serve` on this machine.
        max_accepted: How often the target may accept each destructive operation. Default: 4.
        seed: Seed of the generated requests. Default: 0.
        fuzz_examples: Random requests for each fuzzed operation. Default: 20.
        workers: Processes that share the tests. Default: 1.
        undocumented_fields: What a field means that the description does not know. Default: fail.
        strict: Fail if an operation or a documented answer was not exercised, or a known finding is out of date.
        known: Known findings that do not fail the run (TOML, see docs/results.md).
        despite_preflight: Run although the target's state speaks against it.
        budget: Seconds an operation may take to answer, or OPERATION=SECONDS; may be given several times. Default: 10.
        timeout: Seconds to wait for an answer. Default: 30.
        recovery: Seconds to wait for the target to come back after an outage. Default: 900.
        task_timeout: Seconds a task may take to end, without outages. Default: 120.
        max_seconds: Seconds the whole run may take; what is left then is not tested. Default: no limit.
        operation_seconds: Seconds that all tests of one operation may take. Default: 1800.
        shard: The part of the suite to run, `K/N`; `vcsdk contract merge` makes one report of all. Default: the whole.
        ca_bundle: Certificates (PEM) to trust at the target.
        insecure: Do not verify the target's certificate.
        proxy: Proxy to reach the target through.
        package: The contract package's folder. Default: the one in `generated/`, else the installed one.
        expression: Only tests that match, as pytest's `-k`.
    """

    url: str
    username: str | None = None
    password_env: str | None = None
    password_fd: int | None = None
    powerless_username: str | None = None
    powerless_password_env: str | None = None
    powerless_password_fd: int | None = None
    token_env: list[str] | None = None
    token_fd: list[str] | None = None
    client_id: str | None = None
    client_secret_env: str | None = None
    client_secret_fd: int | None = None
    token_url: str | None = None
    level: Literal["read", "write", "destructive"] = "read"
    allow: list[str] | None = None
    allow_all: bool = False
    max_accepted: int | None = None
    seed: int = 0
    fuzz_examples: int = 20
    workers: int = 1
    undocumented_fields: Literal["fail", "ignore"] = "fail"
    strict: bool = False
    known: Path | None = None
    despite_preflight: bool = False
    budget: list[str] | None = None
    timeout: float | None = None
    recovery: float | None = None
    task_timeout: float | None = None
    max_seconds: float | None = None
    operation_seconds: float | None = None
    shard: str | None = None
    ca_bundle: Path | None = None
    insecure: bool = False
    proxy: str | None = None
    package: Path | None = None
    expression: Annotated[str | None, Parameter("-k")] = None

    def arguments(self) -> list[str]:
        """The plugin's options, as they stand on pytest's command line."""
        values: dict[str, object] = {
            "--url": self.url,
            "--username": self.username,
            "--password-env": self.password_env,
            "--password-fd": self.password_fd,
            "--powerless-username": self.powerless_username,
            "--powerless-password-env": self.powerless_password_env,
            "--powerless-password-fd": self.powerless_password_fd,
            "--client-id": self.client_id,
            "--client-secret-env": self.client_secret_env,
            "--client-secret-fd": self.client_secret_fd,
            "--token-url": self.token_url,
            "--level": self.level,
            "--max-accepted": self.max_accepted,
            "--seed": self.seed,
            "--fuzz-examples": self.fuzz_examples,
            "--undocumented-fields": self.undocumented_fields,
            "--timeout": self.timeout,
            "--recovery": self.recovery,
            "--task-timeout": self.task_timeout,
            "--max-seconds": self.max_seconds,
            "--operation-seconds": self.operation_seconds,
            "--shard": self.shard,
            "--ca-bundle": real(self.ca_bundle) if self.ca_bundle is not None else None,
            "--proxy": self.proxy,
            "--known": real(self.known) if self.known is not None else None,
        }
        flags = {
            "--allow-all": self.allow_all,
            "--insecure": self.insecure,
            "--contract-strict": self.strict,
            "--despite-preflight": self.despite_preflight,
        }
        words = [f"{flag}={value}" for flag, value in values.items() if value is not None]
        words += [f"--budget={text}" for text in self.budget or ()]
        words += [f"--token-env={text}" for text in self.token_env or ()]
        words += [f"--token-fd={text}" for text in self.token_fd or ()]
        return words + [f"--allow={name}" for name in self.allow or ()] + [flag for flag, on in flags.items() if on]

    def descriptors(self) -> tuple[int, ...]:
        """The file descriptors that secrets are read from."""
        numbers = (text.rpartition("=")[2] for text in self.token_fd or ())
        found = [self.password_fd, self.powerless_password_fd, self.client_secret_fd]
        found += [int(number) for number in numbers if number.isdecimal()]
        return tuple(sorted({descriptor for descriptor in found if descriptor is not None}))

    def secrets(self) -> Secrets:
        """The secrets in the environment, to be masked in whatever pytest prints; the suite masks those it reads."""
        known = Secrets()
        for user, name in _SECRETS:
            variable = getattr(self, f"{name}_env")
            if variable is not None and (value := os.environ.get(variable, "")):
                known.add_login(getattr(self, user) or "", value)
        for text in self.token_env or ():
            known.add(os.environ.get(text.rpartition("=")[2], ""))
        return known

    def mistakes(self) -> Iterator[str]:
        """What is wrong with the options and would not be noticed before pytest runs."""
        if self.workers < 1:
            yield "--workers must be 1 or more"
        for text in self.token_fd or ():
            if not text.rpartition("=")[2].isdecimal():
                yield f"--token-fd {text}: expected NUMBER or SCHEME=NUMBER"
        for descriptor in self.descriptors():
            try:
                os.fstat(descriptor)
            except OSError:
                yield f"file descriptor {descriptor} is not open"
