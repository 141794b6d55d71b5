"""Variables of the environment, each by the argument that it stands for; no value shows in a frame or a message."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .called import calling
from .errors import ArgumentError
from .secret import Concealed, Secret
from .target import address
from .unsendable import is_text

_MOST = 1 << 16
"""Bytes of a file with a secret; what has more is another file than was meant."""


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

    def beside(self, given: Mapping[str, Any]) -> Variables:
        """The variables of what is no argument of the client itself, as what is `given` in their place names it."""
        return Variables(self._prefix, given)

    def take(self, name: str, value: Any) -> None:
        """Give an argument a value, as a keyword would."""
        self.found[name] = value
        self._given |= {name}

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
