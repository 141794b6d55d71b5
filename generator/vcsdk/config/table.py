"""Reads the keys of a TOML table by type; everything that is wrong becomes a finding at its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Any

from vcsdk.config.toml import KeyPath, TomlSource
from vcsdk.diagnostics import Diagnostic, Diagnostics, Level

_TYPES = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}


def nearest(word: str, known: Iterable[str]) -> str | None:
    """`did you mean …?` with the nearest known word, or None where nothing is near."""
    known = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), known, n=1)
    return f"did you mean `{known[found[0]]}`?" if found else None


class Table:
    """A table of the configuration.  Keys that nobody asked for are reported by `close`.

    `path` is where it stands in the file, () for the file itself.  No method raises; what cannot be used reads as
    absent, so that one run finds every problem.
    """

    def __init__(self, data: dict[str, Any], path: KeyPath, source: TomlSource, diagnostics: Diagnostics) -> None:
        self.data = data
        self.path = path
        self._source = source
        self._diagnostics = diagnostics
        self._asked: list[str] = []

    def report(self, rule: str, message: str, key: str | None = None, hint: str | None = None) -> None:
        """Add an error about a key, or about the table as a whole."""
        path = self.path if key is None else (*self.path, key)
        location = self._source.locate(path)
        excerpt = self._source.excerpt(location)
        self._diagnostics.add(Diagnostic(Level.ERROR, rule, message, location, hint, excerpt))

    def text(self, key: str, accept: Callable[[str], str | None] | None = None) -> str | None:
        """A text that is not empty; `accept` says what is wrong with a value, or None if nothing is."""
        value = self._value(key, str)
        if value is None:
            return None
        wrong = "it must not be empty" if not value.strip() else accept(value) if accept is not None else None
        if wrong is not None:
            self.report("config-value", f"`{self._name(key)}` cannot be {_shown(value)}: {wrong}", key)
            return None
        return str(value)

    def choice(self, key: str, choices: Iterable[str]) -> str | None:
        """One of a few words."""
        value = self._value(key, str)
        return None if value is None else self._chosen(key, value, list(choices), "config-value")

    def flag(self, key: str) -> bool | None:
        """True or false."""
        value = self._value(key, bool)
        return None if value is None else bool(value)

    def count(self, key: str) -> int | None:
        """A whole number from 0 on."""
        value = self._value(key, int)
        if value is not None and value < 0:
            self.report("config-value", f"`{self._name(key)}` cannot be {value}: it counts from 0 on", key)
            return None
        return None if value is None else int(value)

    def way(self, key: str) -> tuple[str, ...] | None:
        """Names of properties from outside in: dotted, or a list where a name has a dot; "" and [] are the whole."""
        value = self.data.get(key)
        if isinstance(value, list):
            return self.texts(key)
        found = self._value(key, str)
        return None if found is None else tuple(found.split(".")) if found else ()

    def texts(self, key: str, choices: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of texts that are not empty, each one of `choices` where they are given."""
        values = self._value(key, list)
        found = []
        for value in values or ():
            if not isinstance(value, str) or not value.strip():
                message = f"`{self._name(key)}` must be a list of texts, and {_shown(value)} is not one"
                self.report("config-type", message, key)
            elif choices is None or self._chosen(key, value, list(choices), "config-value") is not None:
                found.append(value)
        return tuple(found)

    def words(self, accept: Callable[[str], str | None]) -> dict[str, str]:
        """Every key as a text or a whole number; `accept` says what is wrong with one, or None if nothing is."""
        found = {}
        for key, value in self.data.items():
            self._asked.append(key)
            if type(value) is int:
                found[key] = str(value)
            elif (text := self.text(key, accept)) is not None:
                found[key] = text
        return found

    def table(self, key: str) -> Table | None:
        """The table below a key, or None."""
        value = self._value(key, dict)
        return None if value is None else Table(value, (*self.path, key), self._source, self._diagnostics)

    def tables(self) -> dict[str, Table]:
        """Every key as a table: where keys are names that the user chose."""
        found = {key: self.table(key) for key in self.data}
        return {key: table for key, table in found.items() if table is not None}

    def require(self, *keys: str) -> bool:
        """True if all keys are there; each that is not is reported."""
        missing = [key for key in keys if key not in self.data]
        for key in missing:
            self.report("config-key", f"`{self._name(key)}` is missing")
        return not missing

    def close(self) -> None:
        """Report the keys that nothing asked for."""
        for key in self.data:
            if key not in self._asked:
                known = ", ".join(f"`{name}`" for name in self._asked)
                hint = nearest(key, self._asked) or f"known here are {known}"
                self.report("config-key", f"there is no setting `{self._name(key)}`", key, hint)

    def _value(self, key: str, kind: type) -> Any:
        self._asked.append(key)
        value = self.data.get(key)
        # `type`, not `isinstance`: true is no number.
        if value is None or type(value) is kind:
            return value
        found = _TYPES.get(type(value), "a date or time")
        self.report("config-type", f"`{self._name(key)}` must be {_TYPES[kind]}, not {found}", key)
        return None

    def _chosen(self, key: str, value: str, choices: list[str], rule: str) -> str | None:
        if value in choices:
            return value
        hint = nearest(value, choices) or "known are " + ", ".join(f"`{name}`" for name in choices)
        self.report(rule, f"`{self._name(key)}` cannot be {_shown(value)}", key, hint)
        return None

    def _name(self, key: str) -> str:
        """The key as TOML writes it, quotes where it needs them."""
        return ".".join(
            part if part.replace("-", "").replace("_", "").isalnum() and part.isascii() else f'"{part}"'
            for part in (*self.path, key)
        )


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else f'"{value}"'
    return text if len(text) <= 60 else text[:59] + "…"
