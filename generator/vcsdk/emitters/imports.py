"""What a generated module imports, and what each imported thing is called there."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Mapping

_BUILTINS = "builtins"
# `from datetime import datetime` and `from uuid import UUID` want the plain module name for themselves.
_NEVER_PLAIN = frozenset({"datetime"})
_THIRD_PARTY = frozenset({"msgspec", "httpx2"})


class Imports:
    """Collects the imports of one module.

    `module` is the dotted module below the package ("models.vcha_cluster"), `taken` the names it defines itself:
    something imported under such a name is spelled through its module instead (`typing.Any`).
    """

    def __init__(self, module: str, taken: Collection[str] = ()) -> None:
        self.module = module
        self.taken = frozenset(taken)
        self._members: dict[str, dict[str, str]] = defaultdict(dict)
        self._modules: dict[str, str] = {}
        self._lazy: dict[str, dict[str, str]] = defaultdict(dict)
        self._lazy_modules: dict[str, str] = {}
        self._bound: dict[str, tuple[str, str]] = {}

    def use(self, module: str, symbol: str, shadowed: Collection[str] = ()) -> str:
        """The spelling of a symbol of a library module, importing it.

        `shadowed` are names that mean something else where it is used (the fields or methods of the class).
        """
        if symbol not in self.taken and symbol not in shadowed and self._bound.get(symbol, (module,))[0] == module:
            if module != _BUILTINS:
                self._members[module][symbol] = symbol
                self._bound[symbol] = (module, symbol)
            return symbol
        return f"{self.use_module(module, shadowed)}.{symbol}"

    def use_module(self, module: str, shadowed: Collection[str] = (), *, lazy: bool = False) -> str:
        """The spelling of a whole module, importing it; `lazy` does so for type checkers only."""
        plain = module not in _NEVER_PLAIN and module not in self.taken and module not in shadowed
        alias = module if plain else f"_{module}"
        (self._lazy_modules if lazy else self._modules)[alias] = module
        return alias

    def within(self, module: str, symbol: str, shadowed: Collection[str] = ()) -> str:
        """The spelling of a symbol through its library module, which is imported for type checkers only."""
        return f"{self.use_module(module, shadowed, lazy=True)}.{symbol}"

    def use_lazily(self, module: str, symbol: str, shadowed: Collection[str] = ()) -> str:
        """The spelling of a symbol of a library module, which is imported for type checkers only."""
        return self._named(self._lazy[module], module, symbol, shadowed)

    def builtin(self, symbol: str, shadowed: Collection[str] = ()) -> str:
        """The spelling of a builtin: `list`, or `builtins.list` in a class with a method of that name."""
        return self.use(_BUILTINS, symbol, shadowed)

    def runtime(self, symbol: str, shadowed: Collection[str] = ()) -> str:
        """The spelling of a symbol of the package's `_runtime`."""
        return self.own("_runtime", symbol, shadowed)

    def own(self, module: str, symbol: str, shadowed: Collection[str] = (), *, lazy: bool = False) -> str:
        """The spelling of a symbol of another module of the package; `lazy` imports it for type checkers only."""
        if module == self.module:
            return symbol
        path = _relative(self.module, module)
        return self._named((self._lazy if lazy else self._members)[path], path, symbol, shadowed)

    def _named(self, known: dict[str, str], path: str, symbol: str, shadowed: Collection[str]) -> str:
        if symbol in known:
            return known[symbol]
        alias = symbol
        while alias in self.taken or alias in shadowed or self._bound.get(alias, (path, symbol)) != (path, symbol):
            alias = f"{alias}_" if alias.startswith("_") else f"_{alias}"
        known[symbol] = alias
        self._bound[alias] = (path, symbol)
        return alias

    def lines(self) -> list[str]:
        """The import statements in the order ruff's isort rules want, an empty string between sections."""
        return _sorted(self._modules, self._members)

    def lazy_lines(self) -> list[str]:
        """The statements for `if TYPE_CHECKING:`, where something was imported lazily, in the same order."""
        return _sorted(self._lazy_modules, self._lazy)


class NoImports(Imports):
    """Spells every symbol by its own name and imports nothing: for text that people read and no interpreter."""

    def __init__(self) -> None:
        super().__init__("")

    def use(self, module: str, symbol: str, shadowed: Collection[str] = ()) -> str:  # noqa: ARG002
        """The symbol itself."""
        return symbol

    def own(self, module: str, symbol: str, shadowed: Collection[str] = (), *, lazy: bool = False) -> str:  # noqa: ARG002
        """The symbol itself."""
        return symbol

    def use_lazily(self, module: str, symbol: str, shadowed: Collection[str] = ()) -> str:  # noqa: ARG002
        """The symbol itself."""
        return symbol

    def within(self, module: str, symbol: str, shadowed: Collection[str] = ()) -> str:  # noqa: ARG002
        """The symbol itself."""
        return symbol


def _sorted(modules: Mapping[str, str], members: Mapping[str, Mapping[str, str]]) -> list[str]:
    rows = [(_section(module), 0, module_order(module), [_import(module, alias)]) for alias, module in modules.items()]
    rows += [
        (_section(module), 1, module_order(module), from_lines(module, names)) for module, names in members.items()
    ]
    lines: list[str] = []
    section: int | None = None
    for row in sorted(rows):
        if section is not None and row[0] != section:
            lines.append("")
        section = row[0]
        lines += row[3]
    return lines


@functools.lru_cache(maxsize=4096)
def _relative(importing: str, imported: str) -> str:
    here, there = importing.split("."), imported.split(".")
    shared = 0
    while shared < min(len(here), len(there)) - 1 and here[shared] == there[shared]:
        shared += 1
    return "." * (len(here) - shared) + ".".join(there[shared:])


@functools.lru_cache(maxsize=4096)
def member_order(name: str) -> tuple[int, list[tuple[int, int | str]], str]:
    """Where a name stands in an import: constants, classes, then the rest, each in natural order."""
    kind = 0 if len(name) > 1 and name.isupper() else 1 if name[:1].isupper() else 2
    return (kind, _natural(name.lower()), name)


def _natural(text: str) -> list[tuple[int, int | str]]:
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"(\d+)", text) if part]


def from_lines(module: str, names: Mapping[str, str]) -> list[str]:
    """`from … import …` for names and what each is called here; a renamed one has a line of its own."""
    ordered = sorted(names, key=member_order)
    plain = [name for name in ordered if names[name] == name]
    lines = [f"from {module} import {', '.join(plain)}"] if plain else []
    return lines + [f"from {module} import {name} as {names[name]}" for name in ordered if names[name] != name]


def _import(module: str, alias: str) -> str:
    return f"import {module}" if alias == module else f"import {module} as {alias}"


def _section(module: str) -> int:
    return 2 if module.startswith(".") else 1 if module.split(".", maxsplit=1)[0] in _THIRD_PARTY else 0


def module_order(module: str) -> tuple[int, list[tuple[int, int | str]]]:
    """Where a module stands among imports: furthest first (`..x` before `.x`), then in natural order."""
    name = module.lstrip(".")
    return (len(name) - len(module), _natural(name))
