"""The options that the plugin adds to pytest, all in one group."""

from __future__ import annotations

import argparse

import pytest

from .settings import BUDGET, LIMIT, OPERATION_SECONDS, TASK_TIMEOUT

_DESTINATION = "contract_"


def add(parser: pytest.Parser, title: str) -> None:
    """Add the options; one that another contract package added already is shared."""
    group = parser.getgroup("contract", f"contract tests ({title})")
    for flags, settings in _OPTIONS.items():
        name = _name(flags)
        try:
            group.addoption(flags, dest=_DESTINATION + name, **settings)
        except ValueError:
            continue


def values(config: pytest.Config) -> dict[str, object]:
    """The options' values by name, without the group's prefix."""
    return {_name(flags): getattr(config.option, _DESTINATION + _name(flags), None) for flags in _OPTIONS}


def _name(flags: str) -> str:
    return flags.removeprefix("--").removeprefix("contract-").replace("-", "_")


def shown(config: pytest.Config) -> dict[str, object]:
    """What the results tell of the options: those that are set, without files of the machine and without secrets."""
    return {name: value for name, value in values(config).items() if name in _SHOWN and _is_set(value)}


def _is_set(value: object) -> bool:
    # 0 is a value, and equal to False.
    return value is not None and value is not False and value != []


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("must be a number of seconds above 0")
    return number


# Of secrets the variables that hold them: without them nobody can run a test again.
_SHOWN = (
    "username",
    "password_env",
    "powerless_username",
    "powerless_password_env",
    "token_env",
    "client_id",
    "client_secret_env",
    "token_url",
    "level",
    "allow",
    "allow_all",
    "max_accepted",
    "seed",
    "fuzz_examples",
    "undocumented_fields",
    "strict",
    "despite_preflight",
    "timeout",
    "recovery",
    "task_timeout",
    "max_seconds",
    "operation_seconds",
    "shard",
    "insecure",
)

_OPTIONS: dict[str, dict[str, object]] = {
    "--url": {"metavar": "ORIGIN", "help": "the target: https://vc.example.com"},
    "--username": {"metavar": "NAME", "help": "account that the tests sign in with"},
    "--password-env": {"metavar": "VARIABLE", "help": "environment variable that holds its password"},
    "--password-fd": {"metavar": "NUMBER", "type": int, "help": "file descriptor to read its password from instead"},
    "--powerless-username": {"metavar": "NAME", "help": "account without privileges, for what must be refused"},
    "--powerless-password-env": {"metavar": "VARIABLE", "help": "environment variable that holds its password"},
    "--powerless-password-fd": {"metavar": "NUMBER", "type": int, "help": "file descriptor to read it from instead"},
    "--token-env": {
        "metavar": "[SCHEME=]VARIABLE",
        "action": "append",
        "default": [],
        "help": "environment variable with the key of an API without sessions, or of one security scheme; repeatable",
    },
    "--token-fd": {
        "metavar": "[SCHEME=]NUMBER",
        "action": "append",
        "default": [],
        "help": "file descriptor to read it from instead; repeatable",
    },
    "--client-id": {"metavar": "ID", "help": "program that is given tokens (OAuth 2.0, client credentials)"},
    "--client-secret-env": {"metavar": "VARIABLE", "help": "environment variable that holds its secret"},
    "--client-secret-fd": {"metavar": "NUMBER", "type": int, "help": "file descriptor to read its secret from instead"},
    "--token-url": {"metavar": "URL", "help": "where tokens are given, if not on the target as the description says"},
    "--level": {
        "choices": ["read", "write", "destructive"],
        "default": "read",
        "help": "the most a request may do to the target (default: read)",
    },
    "--allow": {
        "metavar": "OPERATION",
        "action": "append",
        "default": [],
        "help": "a destructive operation that may be called, or one to fuzz; by name or operationId; repeatable",
    },
    "--allow-all": {
        "action": "store_true",
        "default": False,
        "help": "call and fuzz every operation; the target must prove to be `vcsdk serve` on this machine",
    },
    "--max-accepted": {
        "metavar": "N",
        "type": _count,
        "default": LIMIT,
        "help": f"how often the target may accept each destructive operation (default: {LIMIT})",
    },
    "--seed": {"metavar": "N", "type": int, "default": 0, "help": "seed of the generated requests (default: 0)"},
    "--fuzz-examples": {
        "metavar": "N",
        "type": _count,
        "default": 20,
        "help": "random requests for each fuzzed operation (default: 20)",
    },
    "--undocumented-fields": {
        "choices": ["fail", "ignore"],
        "default": "fail",
        "help": "what a field means that the description does not know (default: fail)",
    },
    # pytest has a --strict of its own.
    "--contract-strict": {
        "action": "store_true",
        "default": False,
        "help": "fail the run if an operation or a documented answer was not exercised",
    },
    "--despite-preflight": {
        "action": "store_true",
        "default": False,
        "help": "run although the target's state speaks against it; never against a host marked as production",
    },
    "--timeout": {
        "metavar": "SECONDS",
        "type": _seconds,
        "default": 30.0,
        "help": "how long to wait for a whole answer (default: 30)",
    },
    "--recovery": {
        "metavar": "SECONDS",
        "type": _seconds,
        "default": 900.0,
        "help": "how long to wait for the target to come back after an outage (default: 900)",
    },
    "--task-timeout": {
        "metavar": "SECONDS",
        "type": _seconds,
        "default": TASK_TIMEOUT,
        "help": f"how long a task may take to end, without outages (default: {TASK_TIMEOUT:g})",
    },
    "--max-seconds": {
        "metavar": "SECONDS",
        "type": _seconds,
        "help": "how long the whole run may take; what is left then is not tested (default: no limit)",
    },
    "--operation-seconds": {
        "metavar": "SECONDS",
        "type": _seconds,
        "default": OPERATION_SECONDS,
        "help": f"how long all tests of one operation may take (default: {OPERATION_SECONDS:g})",
    },
    "--shard": {
        "metavar": "K/N",
        "help": "run only this part of the suite, of N; operations stay whole, and what is in a part stays there",
    },
    "--budget": {
        "metavar": "[OPERATION=]SECONDS",
        "action": "append",
        "default": [],
        "help": f"how long an operation may take to answer; repeatable (default: {BUDGET:g})",
    },
    "--ca-bundle": {"metavar": "FILE", "help": "certificates of the target's authority"},
    "--insecure": {"action": "store_true", "default": False, "help": "do not verify the target's certificate"},
    "--proxy": {"metavar": "URL", "help": "proxy to reach the target through"},
    "--known": {"metavar": "FILE", "help": "known findings that do not fail the run (TOML)"},
    "--har": {"metavar": "FILE", "help": "write every exchange as an HTTP Archive, secrets masked"},
    "--results": {"metavar": "FILE", "help": "write results as JSON"},
    "--events": {"metavar": "FILE", "help": "append one line of JSON for each finished test as the run goes"},
}
