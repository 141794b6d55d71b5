"""Generated methods as the surface knows them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from vcsdk.emitters.client.call_views import OperationView
from vcsdk.emitters.plain_types import PlainTypes
from vcsdk.emitters.prose import one_line
from vcsdk.ir import Operation
from vcsdk.surface import Method, Parameter, ParameterKind
from vcsdk.surface.parse import source_of


def methods(view: OperationView, operation: Operation, types: PlainTypes) -> tuple[Method, Method]:
    """A method of a resource and its asynchronous twin: every parameter can be given by keyword only."""
    made = Method(
        view.name,
        tuple(_parameters(view, types)),
        types.plain(view.returns),
        request=one_line(operation.request_line),
        origin=operation.origin,
    )
    return made, replace(made, returns=types.plain(view.async_returns), asynchronous=True)


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
