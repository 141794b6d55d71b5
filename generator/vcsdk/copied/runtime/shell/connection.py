"""Where a command goes, and as whom: from options, from the environment, from a terminal."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from .texts import named_secret
from .usage import UsageError

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z]{2})(?=[A-Z][a-z])")


class Credential(msgspec.Struct, frozen=True):
    """An argument of the client that is a credential; `user` is the argument of the user whom it is the password of."""

    keyword: str
    is_secret: bool
    user: str = ""


def prefix(client: type) -> str:
    """What the variables of the environment begin with: `VCENTER` of `VCenter`, `PET_STORE` of `PetStore`."""
    return _HUMP.sub("_", client.__name__).upper()


def credentials(client: Any) -> tuple[Credential, ...]:
    """The credentials that a client takes."""
    facts = client._describe()
    if "__init__" not in vars(client):
        return Credential("username", False), Credential("password", True, "username"), Credential("token", True)
    found: dict[str, Credential] = {}
    for scheme in facts.security.values():
        names = scheme.given_by
        if scheme.kind == "basic":
            found.setdefault(names[0], Credential(names[0], False))
            found.setdefault(names[1], Credential(names[1], True, names[0]))
        else:
            found.update({name: Credential(name, True) for name in names if name not in found})
    return tuple(found.values())


def variables(client: Any) -> dict[str, tuple[str, ...]]:
    """The arguments of a client that stand in the address of its servers, with the values that each may have."""
    servers = client._describe().servers.values()
    return {variable.keyword: variable.enum for server in servers for variable in server.variables.values()}


def add_options(parser: Any, client: Any) -> Iterator[argparse.Action]:
    """Add the options of a connection to a parser, one at a time."""
    start = prefix(client)
    yield parser.add_argument("--target", metavar="HOST|URL", help=f"where the server is [{start}_TARGET]")
    for credential in credentials(client):
        name, flag = credential.keyword, credential.keyword.replace("_", "-")
        variable = f"{start}_{name.upper()}"
        if credential.is_secret:
            yield parser.add_argument(
                f"--{flag}-file",
                dest=f"{name}_file",
                metavar="FILE|-",
                help=f"the file that holds it, or - for the standard input [{variable}, {variable}_FILE]",
            )
            yield parser.add_argument(
                f"--{flag}-env",
                dest=f"{name}_env",
                metavar="NAME",
                help="the variable of the environment that holds it",
            )
        else:
            yield parser.add_argument(f"--{flag}", dest=name, metavar="NAME", help=f"the user [{variable}]")
    for name, values in variables(client).items():
        flag = f"--{name.replace('_', '-')}"
        said = f"a part of the server's address [{start}_{name.upper()}]"
        yield parser.add_argument(flag, dest=name, choices=values or None, help=said)
    yield parser.add_argument(
        "--ca-bundle", metavar="FILE", help=f"authorities to trust, in PEM [{start}_CA_BUNDLE]; else the system's"
    )
    yield parser.add_argument("--insecure", action="store_true", default=None, help="do not check the certificate")
    yield parser.add_argument("--timeout", type=seconds, metavar="SECONDS", help="for a call as a whole (default 60)")


def seconds(text: str) -> float:
    """A time to wait at most.  Raises ArgumentTypeError for what is none."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < float("inf"):
        raise argparse.ArgumentTypeError("expected seconds greater than 0")
    return found


def arguments(client: Any, given: argparse.Namespace) -> dict[str, Any]:
    """The keywords to make a client with.  Raises UsageError."""
    start = prefix(client)
    found: dict[str, Any] = {
        "target": _text(given, "target", start),
        "ca_bundle": _text(given, "ca_bundle", start),
    }
    servers = client._describe().servers
    if found["target"] is None and not any(server.is_absolute for server in servers.values()):
        raise UsageError(f"needed: --target, or {start}_TARGET")
    found |= {name: _text(given, name, start) for name in variables(client)}
    known = credentials(client)
    for credential in known:
        name = credential.keyword
        found[name] = _secret(given, name, start) if credential.is_secret else _text(given, name, start)
    tokens = [c.keyword for c in known if c.is_secret and not c.user]
    for credential in known:
        user, name = found.get(credential.user), credential.keyword
        if credential.user and user is not None and found[name] is None and not any(found[t] for t in tokens):
            found[name] = _asked(f"{name} of {user}: ", f"--{name.replace('_', '-')}-file or {start}_{name.upper()}")
    if getattr(given, "insecure", None):
        found["verify"] = False
    if getattr(given, "timeout", None) is not None:
        found["timeout"] = given.timeout
    return {name: value for name, value in found.items() if value is not None or name == "target"}


def _text(given: argparse.Namespace, name: str, start: str) -> str | None:
    value = getattr(given, name, None)
    if value is not None:
        return str(value)
    return os.environ.get(f"{start}_{name.upper()}") or None


def _secret(given: argparse.Namespace, name: str, start: str) -> str | None:
    flag, variable = f"--{name.replace('_', '-')}", f"{start}_{name.upper()}"
    file, named = getattr(given, f"{name}_file", None), getattr(given, f"{name}_env", None)
    if file is not None and named is not None:
        raise UsageError(f"{flag}-file and {flag}-env: give one of them")
    if file is not None:
        return named_secret("-" if file == "-" else f"@{file}", f"{flag}-file")
    if named is not None:
        return named_secret(f"env:{named}", f"{flag}-env")
    if os.environ.get(variable):
        if os.environ.get(f"{variable}_FILE"):
            raise UsageError(f"{variable} and {variable}_FILE: set one of them")
        return named_secret(f"env:{variable}", variable)
    path = os.environ.get(f"{variable}_FILE")
    return named_secret(f"@{path}", f"{variable}_FILE") if path else None


def _asked(prompt: str, otherwise: str) -> str:
    if not types_here():
        raise UsageError(f"{prompt.rstrip(': ')} is needed: {otherwise}")
    return asked(prompt)


def types_here() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def asked(prompt: str) -> str:
    """A secret that is typed and not shown.  Raises UsageError where nobody types."""
    import getpass

    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise UsageError(f"{prompt.rstrip(': ')} is needed") from None
