"""Generated methods as the surface knows them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from generator.emitters.call_view import OperationView
from generator.emitters.plain_types import PlainTypes
from generator.emitters.prose import one_line
from generator.ir import Operation
from generator.surface import Method, Parameter, ParameterKind
from generator.surface.parse import source_of


def method(view: OperationView, operation: Operation, types: PlainTypes, *, asynchronous: bool) -> Method:
    """A method of a resource: every parameter can be given by keyword only."""
    returns = types.plain(view.async_returns if asynchronous else view.returns)
    parameters = tuple(_parameters(view, types))
    return Method(view.name, parameters, returns, asynchronous, one_line(operation.request_line), operation.origin)


def _parameters(view: OperationView, types: PlainTypes) -> Iterator[Parameter]:
    source = f"def call(*, {', '.join(view.parameters)}): ..."
    (node,) = ast.parse(source).body
    if not isinstance(node, ast.FunctionDef):
        raise TypeError(source)
    for argument, value in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
        annotation, default = source_of(source, argument.annotation), source_of(source, value)
        if isinstance(value, ast.Attribute):
            default = value.attr
        yield Parameter(argument.arg, ParameterKind.KEYWORD, types.plain(annotation or ""), default)
