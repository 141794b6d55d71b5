"""The servers that a description names, and the variables in their addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from .called import called
from .errors import ArgumentError

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_ODD = re.compile(r"[\s\x00-\x20\x7f\\?#]")
_ODD_IN_HOST = re.compile(r"[/@%]")


class Variable(msgspec.Struct, frozen=True, eq=False):
    """A part of a server's address: the keyword of the client for it, its default, and all values, () for any."""

    keyword: str
    default: str | None = None
    enum: tuple[str, ...] = ()

    def checked(self, value: Any) -> str:
        """The value as it stands in the address.  Raises ArgumentError."""
        if value is None:
            if self.default is None:
                raise ArgumentError(f"{called(self.keyword)}: the address of the server needs it; or pass a target")
            return self.default
        if not isinstance(value, str):
            raise ArgumentError(f"{called(self.keyword)}: expected text")
        if self.enum and value not in self.enum:
            raise ArgumentError(
                f"{called(self.keyword)}: expected one of {', '.join(map(repr, self.enum))}; or pass a target"
            )
        if _ODD.search(value):
            raise ArgumentError(f"{called(self.keyword)}: has what cannot stand in an address")
        return value


class Server(msgspec.Struct, frozen=True, eq=False):
    """An address with variables in braces; a path alone where the description does not say the host."""

    url: str
    variables: Mapping[str, Variable] = {}

    @property
    def is_absolute(self) -> bool:
        """Whether the host is said."""
        return bool(self.url) and not self.url.startswith("/")

    def expanded(self, values: Mapping[str, str | None]) -> str:
        """The address with these values, by what the description calls the variables.

        A value keeps to its part of the address: none can lead to another host than the one that the description
        writes around it.  Raises ArgumentError.
        """
        return self._filled(0, values)

    def path(self, values: Mapping[str, str | None]) -> str:
        """What stands behind the host, for another host; an address is given where that depends on a variable.

        Variables of the host alone need no value for it.
        """
        first = _VARIABLE.match(self.url)
        if first is not None and self.variables[first[1]].default is not None:
            return self.expanded(values)
        return self._filled(self._path_at(), values)

    def _filled(self, begin: int, values: Mapping[str, str | None]) -> str:
        def value(found: re.Match[str]) -> str:
            variable = self.variables[found[1]]
            checked = variable.checked(values.get(found[1]))
            given = checked != variable.default and checked not in variable.enum
            if given and self._is_in_host(found.start()) and (not checked or _ODD_IN_HOST.search(checked)):
                raise ArgumentError(f"{called(variable.keyword)}: has what cannot stand in a host name")
            return checked

        parts, at = [], begin
        for found in _VARIABLE.finditer(self.url, begin):
            parts += [self.url[at : found.start()], value(found)]
            at = found.end()
        return "".join([*parts, self.url[at:]])

    def in_path(self, name: str) -> bool:
        """Whether a variable stands in the path, which a target without one leaves as it is."""
        places = [found.start() for found in _VARIABLE.finditer(self.url) if found[1] == name]
        return any(place > self._path_at() for place in places)

    def _is_in_host(self, place: int) -> bool:
        return self.url.find("://") != -1 and self.url.find("://") < place < self._path_at()

    def _path_at(self) -> int:
        """Where the path begins; the end where there is none."""
        scheme = self.url.find("://")
        slash = self.url.find("/", 0 if scheme == -1 else scheme + 3)
        return len(self.url) if slash == -1 else slash
