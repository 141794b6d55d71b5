"""The public names of a team's own modules, `src/<module>/extensions/`, in the form of a package's surface.

They are read, not imported: what a release looks at must not run anybody's code.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from msgspec.structs import replace

from vcsdk.diagnostics import Diagnostic, Diagnostics, InputError, Level, Location
from vcsdk.surface import (
    Alias,
    Class,
    ClassKind,
    Field,
    Member,
    Method,
    Module,
    Parameter,
    ParameterKind,
    Property,
    Surface,
)

FOLDER = "extensions"
FUNCTIONS = "functions"
"""The class that the functions of a module are listed under: a surface knows methods only."""

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def with_extensions(surface: Surface, package: Path, own: Iterable[str]) -> Surface:
    """The surface of a generated client together with that of its extensions.

    Args:
        surface: Of the generated modules.
        package: The folder of the client package.
        own: Paths of hand-written files below it.

    Raises:
        InputError: `not-python`: an extension cannot be read.
    """
    root = PurePosixPath("src", surface.package)
    modules = []
    for path in sorted(PurePosixPath(name) for name in own):
        if path.suffix == ".py" and path.is_relative_to(root / FOLDER):
            parts = path.relative_to(root).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            modules.append(_module(name, package / path))
    return replace(surface, modules=(*surface.modules, *modules))


def _module(name: str, file: Path) -> Module:
    try:
        tree = ast.parse(file.read_bytes())
    except (SyntaxError, ValueError) as error:
        line, column = getattr(error, "lineno", None) or 1, getattr(error, "offset", None) or 1
        text = f"this is not Python: {getattr(error, 'msg', error)}"
        place = Location(file.as_posix(), line, column)
        raise InputError(Diagnostics([Diagnostic(Level.ERROR, "not-python", text, place)])) from None
    classes = [_class(node) for node in tree.body if isinstance(node, ast.ClassDef) and _is_public(node.name)]
    functions = tuple(_method(node, bound=False) for node in _functions(tree.body))
    if functions:
        classes.append(Class(ClassKind.CLASS, FUNCTIONS, methods=functions))
    aliases = tuple(Alias(name, type_) for name, type_, _ in _values(tree.body))
    return Module(name, aliases=aliases, classes=tuple(classes))


def _class(node: ast.ClassDef) -> Class:
    bases = tuple(ast.unparse(base) for base in node.bases)
    last = [base.rpartition(".")[2] for base in bases]
    kind = ClassKind.CLASS
    if any(base.endswith(("Enum", "Flag")) for base in last):
        kind = ClassKind.ENUM
    elif any(base.endswith(("Error", "Exception")) for base in last):
        kind = ClassKind.EXCEPTION
    methods, properties = [], []
    for function in _functions(node.body):
        if any(ast.unparse(d).rpartition(".")[2].endswith("property") for d in function.decorator_list):
            properties.append(Property(function.name, _type(function.returns)))
        else:
            methods.append(_method(function, bound=True))
    fields, members = [], []
    for name, type_, value in _values(node.body):
        if kind is ClassKind.ENUM:
            members.append(Member(name, value or "..."))
        else:
            fields.append(Field(name, type_, value))
    return Class(kind, node.name, bases, tuple(fields), tuple(properties), tuple(members), tuple(methods))


def _functions(body: Sequence[ast.stmt]) -> list[_Function]:
    """The last definition of each public function, `__init__` included; setters and overloads come before or behind."""
    found: dict[str, _Function] = {}
    for node in body:
        if isinstance(node, _Function) and (_is_public(node.name) or node.name == "__init__"):
            setter = any(ast.unparse(d).endswith((".setter", ".deleter")) for d in node.decorator_list)
            if not setter:
                found[node.name] = node
    return list(found.values())


def _values(body: Sequence[ast.stmt]) -> list[tuple[str, str, str | None]]:
    """Name, type and value of each public constant or field."""
    found = []
    for node in body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            value = ast.unparse(node.value) if node.value is not None else None
            found.append((node.target.id, ast.unparse(node.annotation), value))
        elif isinstance(node, ast.Assign):
            type_ = type(node.value.value).__name__ if isinstance(node.value, ast.Constant) else "Any"
            found += [(t.id, type_, ast.unparse(node.value)) for t in node.targets if isinstance(t, ast.Name)]
    return [value for value in found if _is_public(value[0])]


def _method(node: _Function, *, bound: bool) -> Method:
    static = any(ast.unparse(decorator) == "staticmethod" for decorator in node.decorator_list)
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    kinds = [ParameterKind.POSITIONAL_ONLY] * len(arguments.posonlyargs)
    kinds += [ParameterKind.POSITIONAL] * len(arguments.args)
    found = [_parameter(a, kind, d) for a, kind, d in zip(positional, kinds, defaults, strict=True)]
    if bound and not static:
        found = found[1:]
    if arguments.vararg is not None:
        found.append(_parameter(arguments.vararg, ParameterKind.VARIADIC, None))
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        found.append(_parameter(argument, ParameterKind.KEYWORD, default))
    if arguments.kwarg is not None:
        found.append(_parameter(arguments.kwarg, ParameterKind.KEYWORDS, None))
    return Method(node.name, tuple(found), _type(node.returns), isinstance(node, ast.AsyncFunctionDef))


def _parameter(argument: ast.arg, kind: ParameterKind, default: ast.expr | None) -> Parameter:
    return Parameter(
        argument.arg, kind, _type(argument.annotation), ast.unparse(default) if default is not None else None
    )


def _type(annotation: ast.expr | None) -> str:
    if annotation is None:
        return "Any"
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        # A quoted annotation says the same as one without quotes.
        try:
            return ast.unparse(ast.parse(annotation.value, mode="eval"))
        except (SyntaxError, ValueError):
            return ast.unparse(annotation)
    return ast.unparse(annotation)


def _is_public(name: str) -> bool:
    return not name.startswith("_")
