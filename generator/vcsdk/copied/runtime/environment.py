"""The arguments of a client by variables of the environment; a keyword that is given wins over them."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from .called import calling
from .errors import ArgumentError
from .facts import ApiFacts
from .secret import Concealed, Secret
from .target import address
from .unsendable import is_text

_MOST = 1 << 16
"""Bytes of a file with a secret; what has more is another file than was meant."""
_USER = ("username", "password")


class Variables:
    """The variables of one client that is made, by its arguments: `called` has those that no keyword was given for."""

    def __init__(self, prefix: str, given: Mapping[str, Any]) -> None:
        self._prefix = prefix
        self._taken = frozenset(given)
        self.found: Concealed[Any] = Concealed({name: value for name, value in given.items() if value is not None})
        self._given = frozenset(self.found)
        self.called: dict[str, str] = {}

    def given(self, *names: str) -> bool:
        """Whether a keyword was given for one of these arguments."""
        return not self._given.isdisjoint(names)

    def takes(self, *names: str) -> bool:
        """Whether the client has all these arguments."""
        return self._taken.issuperset(names)

    def named(self, name: str) -> str:
        """What says an argument: its variable, or the keyword that was given."""
        return name if self.given(name) else self.called.get(name) or self._variable(name)

    def text(self, name: str) -> None:
        """Read an argument that is text.  Raises ArgumentError."""
        if self.given(name):
            return
        variable = self.called.setdefault(name, self._variable(name))
        value = _value(variable)
        if isinstance(value, ArgumentError):
            raise value
        if value is not None:
            self.found[name] = value.reveal()

    def place(self, name: str) -> None:
        """Read an argument that is an address, which may hold a password where it should not.  Raises ArgumentError."""
        if self.given(name):
            return
        variable = self.called.setdefault(name, self._variable(name))
        value = _value(variable)
        problem = value if isinstance(value, ArgumentError) else None
        if isinstance(value, Secret):
            problem = _no_address(value, name, variable)
        if problem is not None:
            raise problem
        if isinstance(value, Secret):
            self.found[name] = value.reveal()

    def secret(self, name: str) -> None:
        """Read an argument that is secret, from its variable or the file that another names.  Raises ArgumentError."""
        if self.given(name):
            return
        variable, file = self._variable(name), self._variable(f"{name}_file")
        self.called[name] = variable
        value = _value(variable)
        path = None if self.takes(f"{name}_file") else _value(file)
        if value is not None and path is not None:
            raise ArgumentError(f"{variable}, {file}: say the same thing twice; set one")
        if isinstance(path, Secret):
            self.called[name] = file
            value = _read(path, file)
        for problem in (value, path):
            if isinstance(problem, ArgumentError):
                raise problem
        if value is not None:
            self.found[name] = value

    def _variable(self, name: str) -> str:
        return f"{self._prefix}_{name.upper()}"


def completed(facts: ApiFacts, given: Mapping[str, Any]) -> tuple[Concealed[Any], dict[str, str]]:
    """The arguments of a client, and the variables of those that no keyword was given for.

    `given` has the client's own arguments, None where none was given.  Raises ArgumentError, which names the variable
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
        missing = " or ".join(" and ".join(map(variables.named, way)) for way in _ways(names, pairs))
        raise ArgumentError(f"{missing}: is not set, and every call needs it")


def _ways(names: Collection[str], pairs: Collection[tuple[str, ...]]) -> list[tuple[str, ...]]:
    paired = {name for pair in pairs for name in pair}
    return [*pairs, *((name,) for name in names if name not in paired)]


def _value(variable: str) -> Secret | ArgumentError | None:
    """What a variable holds, which no frame shows; or what is to be raised."""
    found = os.environ.get(variable)
    if found is None:
        return None
    if not found:
        return ArgumentError(f"{variable}: is set and empty")
    return Secret(found) if is_text(found) else ArgumentError(f"{variable}: is no UTF-8")


def _read(path: Secret, variable: str) -> Secret | ArgumentError:
    """What a file holds."""
    try:
        with Path(path.reveal()).open("rb") as file:
            content = file.read(_MOST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        return ArgumentError(f"{variable}: its file cannot be read: {why}")
    if len(content) > _MOST:
        return ArgumentError(f"{variable}: its file has more than {_MOST} bytes")
    return secret_in(content, variable)


def secret_in(content: bytes, name: str) -> Secret | ArgumentError:
    """What a file or a pipe holds, without the line end that editors leave there; or what is to be raised."""
    if content.endswith(b"\n"):
        content = content[:-1].removesuffix(b"\r")
    if not content:
        return ArgumentError(f"{name}: its file is empty")
    try:
        return Secret(content.decode())
    except UnicodeDecodeError:
        return ArgumentError(f"{name}: its file is no UTF-8")


def _no_address(value: Secret, name: str, variable: str) -> ArgumentError | None:
    try:
        with calling({name: variable}):
            address(value.reveal(), name)
    except ArgumentError as error:
        # Another one, as the frames of this one, and of what it came from, show the value.
        return ArgumentError(*error.args)
    return None


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0  # which is none, as the client says
