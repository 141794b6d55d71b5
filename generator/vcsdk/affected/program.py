"""A program as it is written: its modules, functions and classes."""

from __future__ import annotations

import ast
import tokenize
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from vcsdk.affected.values import Values
from vcsdk.diagnostics import WHOLE, Diagnostic, Diagnostics, Level, Location

_NEVER = frozenset({"__pycache__", "node_modules", "site-packages"})


@dataclass(slots=True)
class Scope:
    """The names of a module, a function or a class (`own`); every value that a name has anywhere in it.

    `method_of` is the class that a function is a method of.
    """

    module: Module
    above: Scope | None = None
    names: dict[str, set[object]] = field(default_factory=lambda: defaultdict(set))
    own: OwnClassDef | None = None
    method_of: OwnClassDef | None = None

    def holder(self, name: str) -> Scope:
        """The nearest scope that has a name; this one, where none does."""
        at: Scope | None = self
        while at is not None and name not in at.names:
            at = at.above
        return self if at is None else at


@dataclass(slots=True)
class Module:
    """A file."""

    number: int
    file: str
    parts: tuple[str, ...]
    tree: ast.Module
    source: list[str]
    scope: Scope = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no names."""
        self.scope = Scope(self)


@dataclass(slots=True)
class Function:
    """A function, with what is known of its parameters and of what it gives."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    scope: Scope
    returned: set[object] = field(default_factory=set)

    @property
    def parameters(self) -> list[str]:
        """Those that can be given by place."""
        return [argument.arg for argument in (*self.node.args.posonlyargs, *self.node.args.args)]


@dataclass(slots=True)
class OwnClassDef:
    """A class of the program: its attributes, and what it derives from."""

    node: ast.ClassDef
    scope: Scope
    bases: set[object] = field(default_factory=set)
    attributes: dict[str, set[object]] = field(default_factory=lambda: defaultdict(set))


@dataclass(slots=True)
class Program:
    """Every module that is read."""

    modules: list[Module]
    functions: list[Function] = field(default_factory=list)
    classes: list[OwnClassDef] = field(default_factory=list)
    known: dict[int, int] = field(default_factory=dict)
    fixtures: dict[str, set[object]] = field(default_factory=dict)
    _by_last: dict[str, list[Module]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Know the modules by the last part of their names."""
        for module in self.modules:
            self._by_last[module.parts[-1] if module.parts else ""].append(module)

    def module(self, importer: Module, dotted: str, level: int) -> Module | None:
        """The module that an import means: by its place for a relative one, else by the end of its path."""
        parts = tuple(dotted.split(".")) if dotted else ()
        if level:
            # The importer's own name is the last part, or its package's where it is `__init__`.
            kept = len(importer.parts) - level + (1 if Path(importer.file).stem == "__init__" else 0)
            wanted = importer.parts[: max(kept, 0)] + parts
            return next((m for m in self._by_last[wanted[-1] if wanted else ""] if m.parts == wanted), None)
        found = [m for m in self._by_last[parts[-1]] if m.parts[-len(parts) :] == parts] if parts else []
        return min(found, key=lambda module: len(module.parts), default=None)


def read(paths: Iterable[Path], diagnostics: Diagnostics) -> Program:
    """Read files, and the Python files of folders; hidden folders and installed packages are left out.

    An error `not-python`, `unreadable-file` or `no-python` for each that cannot be used is in `diagnostics`.
    """
    modules: list[Module] = []
    for path in paths:
        files = _files(path)
        if not files:
            text = "there is no Python file" if path.exists() else "there is no such file or folder"
            diagnostics.add(Diagnostic(Level.ERROR, "no-python", text, Location(path.as_posix(), WHOLE)))
        for file in files:
            tree = _parse(file, diagnostics)
            if tree is None:
                continue
            name = file.with_suffix("")
            parts = tuple(part for part in name.parts if part not in (".", "..", "/"))
            parts = parts[:-1] if parts[-1:] == ("__init__",) else parts
            source = file.read_text(encoding=_encoding(file), errors="replace").splitlines()
            modules.append(Module(len(modules), file.as_posix(), parts, tree, source))
    return Program(modules)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path] if path.is_file() else []
    return [
        file
        for file in sorted(path.rglob("*.py"))
        if file.is_file()
        and not any(part in _NEVER or part.startswith(".") for part in file.relative_to(path).parts[:-1])
    ]


def _parse(file: Path, diagnostics: Diagnostics) -> ast.Module | None:
    try:
        return ast.parse(file.read_bytes(), filename=file.as_posix())
    except (SyntaxError, ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", None) or 1
        column = getattr(problem, "offset", None) or 1
        text = f"this is no Python that can be read: {getattr(problem, 'msg', None) or type(problem).__name__}"
        diagnostics.add(Diagnostic(Level.ERROR, "not-python", text, Location(file.as_posix(), line, column)))
    except OSError as problem:
        text = f"cannot be read: {problem.strerror or problem}"
        diagnostics.add(Diagnostic(Level.ERROR, "unreadable-file", text, Location(file.as_posix(), WHOLE)))
    return None


def _encoding(file: Path) -> str:
    with file.open("rb") as content:
        try:
            return tokenize.detect_encoding(content.readline)[0]
        except SyntaxError:
            return "utf-8"


def values(found: Iterable[object]) -> Values:
    """What was collected, as values."""
    return frozenset(found)  # type: ignore[arg-type]
