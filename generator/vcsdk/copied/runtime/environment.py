"""The arguments of a client by variables of the environment; a keyword that is given wins over them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from .errors import ArgumentError
from .facts import ApiFacts
from .granted import read_grants
from .secret import Concealed
from .target import address
from .variables import Variables

_USER = ("username", "password")


def completed(
    facts: ApiFacts, given: Mapping[str, Any], said: Mapping[str, Any] = MappingProxyType({})
) -> tuple[Concealed[Any], dict[str, str]]:
    """The arguments of a client, and the variables of those that no keyword was given for.

    `given` has the client's own arguments, None where none was given; `said` what an `OAuth2` is to be made of, by the
    names in `SecurityFacts.grants`.  Raises ArgumentError, which names the variable
    and never its value, for one that is missing, empty or cannot be used, and for two that contradict each other.
    """
    variables = Variables(facts.env_prefix, given)
    of_servers = {v.keyword: name for server in facts.servers.values() for name, v in server.variables.items()}
    places = [name for name in ("target", "base_url") if variables.takes(name) and name not in of_servers]
    if not variables.given(*places):
        for place in places:
            variables.place(place)
    for keyword, name in of_servers.items():
        if _stands(facts, name, variables, places):
            variables.text(keyword)
    read_grants(facts.security, variables, said)
    _read_credentials(facts, variables)
    if not variables.given("http_client") and variables.found.get("verify", True) is True:
        variables.text("ca_bundle")
    variables.text("timeout")
    if not variables.given("timeout") and "timeout" in variables.found:
        variables.found["timeout"] = _seconds(variables.found["timeout"])
    return variables.found, variables.called


def _stands(facts: ApiFacts, name: str, variables: Variables, places: Collection[str]) -> bool:
    """Whether a variable of servers still stands in an address beside where a keyword leads."""
    if not variables.given(*places):
        return True
    if "base_url" in places and variables.given("base_url"):
        return False
    servers = [server for server in facts.servers.values() if name in server.variables]
    return not address(variables.found["target"]).path and any(server.in_path(name) for server in servers)


def _read_credentials(facts: ApiFacts, variables: Variables) -> None:
    pairs = [scheme.given_by for scheme in facts.security.values() if scheme.kind == "basic" and scheme.given_by]
    pairs = list(dict.fromkeys(pair for pair in (_USER, *pairs) if variables.takes(*pair)))
    names = [name for scheme in facts.security.values() for name in scheme.given_by]
    names = [name for name in dict.fromkeys((*_USER, "token", *names)) if variables.takes(name)]
    session = facts.session is not None
    for name in names:
        # A session has one way to say who the caller is; what a keyword says in the other way stands in its place.
        if session and variables.given("token" if name in _USER else "", *(_USER if name == "token" else ())):
            continue
        if any(name == pair[0] for pair in pairs):
            variables.text(name)
        else:
            variables.secret(name)
    found = variables.found
    for user, password in pairs:
        if (user in found) != (password in found):
            here, missing = (user, password) if user in found else (password, user)
            raise ArgumentError(f"{variables.named(missing)}: is not set, but {variables.named(here)} is")
    if session and "token" in found and _USER[0] in found:
        both = ", ".join(variables.named(name) for name in ("token", *_USER))
        raise ArgumentError(f"{both}: set either a token or a user with a password")
    other = variables.given("http_client", "headers") or not isinstance(found.get("verify", True), bool)
    if names and facts.authenticated and not other and found.keys().isdisjoint(names):
        ways = [*_ways(names, pairs), *((scheme.grants[0],) for scheme in facts.security.values() if scheme.grants)]
        missing = " or ".join(" and ".join(map(variables.named, way)) for way in ways)
        raise ArgumentError(f"{missing}: is not set, and every call needs it")


def _ways(names: Collection[str], pairs: Collection[tuple[str, ...]]) -> list[tuple[str, ...]]:
    paired = {name for pair in pairs for name in pair}
    return [*pairs, *((name,) for name in names if name not in paired)]


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0  # which is none, as the client says
