"""Where a command goes, and as whom: from options, from the environment, from a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from ..called import calling
from ..environment import completed
from ..errors import ArgumentError
from ..facts import GRANTED, SECRET_GRANTED, SecurityFacts
from ..secret import Concealed
from .texts import named_secret
from .usage import UsageError

_GRANTS = {
    "client_id": ("NAME", "the client that gets a token by OAuth 2.0"),
    "client_secret": ("", "the client's secret: "),
    "username": ("NAME", "the user whose token it is"),
    "password": ("", "the user's password: "),
    "refresh_token": ("", "a refresh token of an earlier authorization: "),
    "scope": ("NAMES", "what a token is asked for, with blanks between"),
    "token_url": ("URL", "where tokens are had, if not where the description says"),
}
"""What stands for the value of each part of an `OAuth2` in help, and what help says."""


class Credential(msgspec.Struct, frozen=True):
    """An argument of the client that is a credential; `user` is the argument of the user whom it is the password of.

    With `token` it is no argument but a part of the `OAuth2` that this argument is given.  `metavar` and `said` are
    for help.
    """

    keyword: str
    is_secret: bool
    user: str = ""
    token: str = ""
    metavar: str = "NAME"
    said: str = ""


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
    parts = (part for scheme in facts.security.values() if scheme.grants for part in _granted(scheme))
    return *found.values(), *parts


def _granted(scheme: SecurityFacts) -> Iterator[Credential]:
    """What a token of OAuth 2.0 is had by."""
    names = dict(zip(GRANTED, scheme.grants, strict=True))
    for part, (metavar, said) in _GRANTS.items():
        user = names["username"] if part == "password" else ""
        yield Credential(names[part], part in SECRET_GRANTED, user, scheme.given_by[0], metavar, said)


def variables(client: Any) -> dict[str, tuple[str, ...]]:
    """The arguments of a client that stand in the address of its servers, with the values that each may have."""
    servers = client._describe().servers.values()
    return {variable.keyword: variable.enum for server in servers for variable in server.variables.values()}


def add_options(parser: Any, client: Any) -> Iterator[argparse.Action]:
    """Add the options of a connection to a parser, one at a time."""
    start = client._describe().env_prefix
    yield parser.add_argument(
        "--target", metavar="HOST|URL", help=f"where the server is [{start}_TARGET, {start}_BASE_URL]"
    )
    for credential in credentials(client):
        name, flag = credential.keyword, credential.keyword.replace("_", "-")
        variable = f"{start}_{name.upper()}"
        if credential.is_secret:
            yield parser.add_argument(
                f"--{flag}-file",
                dest=f"{name}_file",
                metavar="FILE|-",
                help=f"{credential.said}the file that holds it, or - for the standard input"
                f" [{variable}, {variable}_FILE]",
            )
            yield parser.add_argument(
                f"--{flag}-env",
                dest=f"{name}_env",
                metavar="NAME",
                help="the variable of the environment that holds it",
            )
        else:
            said = f"{credential.said or 'the user'} [{variable}]"
            yield parser.add_argument(f"--{flag}", dest=name, metavar=credential.metavar, help=said)
    for name, values in variables(client).items():
        flag = f"--{name.replace('_', '-')}"
        said = f"a part of the server's address [{start}_{name.upper()}]"
        yield parser.add_argument(flag, dest=name, choices=values or None, help=said)
    yield parser.add_argument(
        "--ca-bundle", metavar="FILE", help=f"authorities to trust, in PEM [{start}_CA_BUNDLE]; else the system's"
    )
    yield parser.add_argument("--insecure", action="store_true", default=None, help="do not check the certificate")
    yield parser.add_argument(
        "--timeout", type=seconds, metavar="SECONDS", help=f"for a call as a whole [{start}_TIMEOUT] (default 60)"
    )


def seconds(text: str) -> float:
    """A time to wait at most.  Raises ArgumentTypeError for what is none."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < float("inf"):
        raise argparse.ArgumentTypeError("expected seconds greater than 0")
    return found


def connected(client: Any, given: argparse.Namespace) -> tuple[Any, str]:
    """A client of options, and for the rest of the environment, as `from_env` reads it; and where it speaks to.

    Raises:
        UsageError: Something is missing, contradicts something else, or cannot be used.
    """
    facts, known = client._describe(), credentials(client)
    start, in_address = facts.env_prefix, variables(client)
    said = {name: getattr(given, name, None) for name in ("target", "ca_bundle", "timeout", *in_address)}
    somewhere = said["target"] is not None or any(server.is_absolute for server in facts.servers.values())
    if not somewhere and not any(os.environ.get(f"{start}_{name}") for name in ("TARGET", "BASE_URL")):
        raise UsageError(f"needed: --target, or {start}_TARGET")
    for credential in known:
        name = credential.keyword
        said[name] = _secret(given, name) if credential.is_secret else getattr(given, name, None)
    for credential in known:
        name, user = credential.keyword, said.get(credential.user) or os.environ.get(_variable(start, credential.user))
        others = [c.keyword for c in known if c.is_secret and not c.user and credential.token in ("", c.token)]
        instead = (name, credential.token or name, *others)
        if credential.user and user and not any(_is_said(said, start, each) for each in instead):
            said[name] = _asked(f"{name} of {user}: ", f"--{name.replace('_', '-')}-file or {_variable(start, name)}")
    said["verify"] = False if getattr(given, "insecure", None) else None
    parts = Concealed({c.keyword: said.pop(c.keyword) for c in known if c.token})
    try:
        found, called = completed(facts, Concealed({"base_url": None, **said}), parts)
        with calling(called):
            made = client(**found)
    except ArgumentError as error:
        raise UsageError(str(error)) from None
    return made, found.get("target") or found.get("base_url") or "the server of the description"


def _variable(start: str, name: str) -> str:
    return f"{start}_{name.upper()}"


def _is_said(said: Mapping[str, Any], start: str, name: str) -> bool:
    """Whether an option or the environment has a credential."""
    variable = _variable(start, name)
    return said[name] is not None or variable in os.environ or f"{variable}_FILE" in os.environ


def _secret(given: argparse.Namespace, name: str) -> str | None:
    flag = f"--{name.replace('_', '-')}"
    file, named = getattr(given, f"{name}_file", None), getattr(given, f"{name}_env", None)
    if file is not None and named is not None:
        raise UsageError(f"{flag}-file and {flag}-env: give one of them")
    if file is not None:
        return named_secret("-" if file == "-" else f"@{file}", f"{flag}-file")
    return None if named is None else named_secret(f"env:{named}", f"{flag}-env")


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
