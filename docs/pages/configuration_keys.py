"""The keys of a configuration file, as the code that reads one asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vcsdk.config.model import PackageNames
from vcsdk.config.sections import read_sections
from vcsdk.config.table import Table
from vcsdk.config.toml import KeyPath, TomlSource
from vcsdk.diagnostics import Diagnostics

from docs.pages.markdown import code, table

_HEAD = """# Configuration keys

Every key that a configuration file may have, and what it takes. What each means:
[configuration](../configuration.md). `"NAME"` is yours to choose.

"""


def page() -> str:
    """The page: each key with its kind and its choices."""
    return _HEAD + table(("key", "value", "one of"), ((code(key), kind, choices) for key, kind, choices in keys()))


def keys() -> list[tuple[str, str, str]]:
    """Key, kind and choices of every setting, in the order in which they are read."""
    found: list[tuple[str, str, str]] = []
    read_sections(_Recorder((), found), PackageNames("a", "a", "A"), "")
    return found


class _Recorder(Table):
    """A table that notes what it is asked for; it has every table, no value, and `"NAME"` where keys are chosen."""

    def __init__(self, path: KeyPath, found: list[tuple[str, str, str]]) -> None:
        super().__init__({'"NAME"': {}}, path, TomlSource("", ""), Diagnostics())
        self.found = found

    def text(self, key: str, accept: Callable[[str], str | None] | None = None) -> None:  # noqa: ARG002
        self._note(key, "text")

    def choice(self, key: str, choices: Iterable[str]) -> None:
        self._note(key, "text", choices)

    def flag(self, key: str) -> None:
        self._note(key, "true or false")

    def texts(self, key: str, choices: Iterable[str] | None = None) -> tuple[str, ...]:
        self._note(key, "list of texts", choices or ())
        return ()

    def table(self, key: str) -> _Recorder:
        return _Recorder((*self.path, key), self.found)

    def require(self, *keys: str) -> bool:  # noqa: ARG002
        return False

    def close(self) -> None:
        """Nothing is left over: no value is there."""

    def _note(self, key: str, kind: str, choices: Iterable[str] = ()) -> None:
        self.found.append((".".join((*self.path, key)), kind, ", ".join(code(choice) for choice in choices)))
