"""Reads `surface.txt`."""

from __future__ import annotations

import ast
import re

from vcsdk.surface.model import (
    Alias,
    Class,
    ClassKind,
    Export,
    Field,
    Member,
    Method,
    Module,
    Parameter,
    ParameterKind,
    Property,
    Surface,
)

_LINE = re.compile(r"(?P<indent>(?:  ){0,2})(?P<word>async def|[a-z]+)(?: (?P<rest>.*))?")


class SurfaceError(ValueError):
    """A text that is no surface; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def parse(text: str) -> Surface:
    """Read a surface back.

    Raises:
        SurfaceError: A line is not of the form that `render` writes.
    """
    package = ""
    modules: list[_Block] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise SurfaceError("this is no line of a surface", number)
        depth, word, rest = len(found["indent"]) // 2, found["word"], found["rest"] or ""
        try:
            if depth == 0 and word == "package":
                package = rest
            elif depth == 0 and word == "module":
                modules.append(_Block(rest))
            else:
                modules[-1].add(depth, word, rest)
        except (SyntaxError, ValueError, IndexError, KeyError, TypeError) as problem:
            raise SurfaceError(f"`{word}` cannot be read here", number) from problem
    return Surface(package, tuple(block.module() for block in modules))


class _Block:
    """A module while its lines come in."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.exports: list[Export] = []
        self.aliases: list[Alias] = []
        self.classes: list[tuple[ClassKind, str, tuple[str, ...], list[Field | Member | Property | Method]]] = []

    def add(self, depth: int, word: str, rest: str) -> None:
        if depth == 1 and word == "export":
            name, _, home = rest.partition(" from ")
            self.exports.append(Export(name, home))
        elif depth == 1 and word == "alias":
            name, _, type_ = rest.partition(" = ")
            self.aliases.append(Alias(name, type_))
        elif depth == 1:
            name, _, bases = rest.removesuffix(")").partition("(")
            self.classes.append((ClassKind(word), name, tuple(bases.split(", ")) if bases else (), []))
        else:
            self.classes[-1][3].append(_part(word, rest))

    def module(self) -> Module:
        classes = (
            Class(
                kind,
                name,
                bases,
                tuple(part for part in parts if isinstance(part, Field)),
                tuple(part for part in parts if isinstance(part, Property)),
                tuple(part for part in parts if isinstance(part, Member)),
                tuple(part for part in parts if isinstance(part, Method)),
            )
            for kind, name, bases, parts in self.classes
        )
        return Module(self.name, tuple(self.exports), tuple(self.aliases), tuple(classes))


def _part(word: str, rest: str) -> Field | Member | Property | Method:
    if word == "member":
        name, _, value = rest.partition(" = ")
        return Member(name, value)
    if word in ("field", "property"):
        (node,) = ast.parse(rest).body
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            raise ValueError(rest)
        type_ = source_of(rest, node.annotation) or ""
        if word == "property":
            return Property(node.target.id, type_)
        return Field(node.target.id, type_, source_of(rest, node.value))
    if word not in ("def", "async def"):
        raise KeyError(word)
    return _method(rest, asynchronous=word == "async def")


def _method(rest: str, *, asynchronous: bool) -> Method:
    source = f"def {rest}"
    (node,) = ast.parse(source).body
    if not isinstance(node, ast.FunctionDef):
        raise TypeError(rest)
    comment = source.encode()[node.end_col_offset :].decode()
    parameters = tuple(
        Parameter(argument.arg, kind, source_of(source, argument.annotation) or "", source_of(source, default))
        for argument, kind, default in _arguments(node.args)
        if argument.arg != "self"
    )
    request = comment.strip().removeprefix("# ")
    return Method(node.name, parameters, source_of(source, node.returns) or "", asynchronous, request)


def _arguments(arguments: ast.arguments) -> list[tuple[ast.arg, ParameterKind, ast.expr | None]]:
    """Every parameter with its kind and default, in order."""
    only, both = arguments.posonlyargs, arguments.args
    kinds = [ParameterKind.POSITIONAL_ONLY] * len(only) + [ParameterKind.POSITIONAL] * len(both)
    defaults = [*[None] * (len(kinds) - len(arguments.defaults)), *arguments.defaults]
    found: list[tuple[ast.arg, ParameterKind, ast.expr | None]] = list(
        zip([*only, *both], kinds, defaults, strict=True)
    )
    if arguments.vararg is not None:
        found.append((arguments.vararg, ParameterKind.VARIADIC, None))
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        found.append((argument, ParameterKind.KEYWORD, default))
    if arguments.kwarg is not None:
        found.append((arguments.kwarg, ParameterKind.KEYWORDS, None))
    return found


def source_of(text: str, node: ast.expr | None) -> str | None:
    """The part of a one-line source that a node was parsed from."""
    # Columns count bytes of UTF-8.
    return None if node is None else text.encode()[node.col_offset : node.end_col_offset].decode()
