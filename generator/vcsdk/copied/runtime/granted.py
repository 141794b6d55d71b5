"""An `OAuth2` of what stands in the environment, and of what a command line says in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from .called import calling
from .errors import ArgumentError
from .facts import GRANTED, SECRET_GRANTED, SecurityFacts
from .oauth2 import OAuth2
from .secret import Concealed
from .variables import Variables

_SAYS_WHO = ("client_id", "username", "refresh_token")
_EITHER = "say a token or what one is had by, not both"
_NEEDS = (("client_secret", "client_id"), ("password", "username"), ("username", "password"))


def read_grants(schemes: Mapping[str, SecurityFacts], variables: Variables, said: Mapping[str, Any]) -> None:
    """Give each argument that takes an `OAuth2` one, where what one is made of is set; `said` wins over variables.

    A keyword for the argument itself wins over all of it.

    Raises:
        ArgumentError: One is set without another that it needs, cannot be used, or stands beside a token.
    """
    for scheme in schemes.values():
        if not scheme.grants:
            continue
        token = scheme.given_by[0]
        if not variables.given(token):
            _read(scheme, variables, said)
        elif any(said.get(name) is not None for name in scheme.grants):
            here = next(name for name in scheme.grants if said.get(name) is not None)
            raise ArgumentError(f"{token}, {here}: {_EITHER}")


def _read(scheme: SecurityFacts, variables: Variables, said: Mapping[str, Any]) -> None:
    names = dict(zip(GRANTED, scheme.grants, strict=True))
    parts = variables.beside({name: said.get(name) for name in scheme.grants})
    for part, name in names.items():
        if part in SECRET_GRANTED:
            parts.secret(name)
        else:
            parts.text(name)
    found: Concealed[Any] = Concealed({part: parts.found[name] for part, name in names.items() if name in parts.found})
    token = scheme.given_by[0]
    if not any(part in found for part in (*_SAYS_WHO, *SECRET_GRANTED)):
        return
    if not parts.given(*scheme.grants):
        variables.secret(token)
        if token in variables.found:
            here = next(names[part] for part in (*_SAYS_WHO, *SECRET_GRANTED) if part in found)
            both = f"{variables.named(token)}, {parts.named(here)}"
            raise ArgumentError(f"{both}: {_EITHER}")
    for here, missing in _NEEDS:
        if here in found and missing not in found:
            raise ArgumentError(f"{parts.named(names[missing])}: is not set, but {parts.named(names[here])} is")
    if "token_url" in found and not _is_address(found["token_url"]):
        called = parts.named(names["token_url"])
        raise ArgumentError(f"{called}: expected an address of http or https without a user in it")
    with calling({part: parts.named(name) for part, name in names.items()}):
        variables.take(token, OAuth2(**found))


def _is_address(text: str) -> bool:
    """Whether tokens can be asked for there: at a whole address, or at one beside the API's."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("", "http", "https") and "@" not in parts.netloc
