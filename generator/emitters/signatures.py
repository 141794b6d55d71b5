"""Generated methods as the surface knows them."""

from __future__ import annotations

import re

from generator.emitters.call_view import OperationView
from generator.emitters.plain_types import PlainTypes
from generator.emitters.prose import one_line
from generator.ir import Operation
from generator.surface import Method, Parameter, ParameterKind

# The only defaults that methods have; anything before them is the annotation, text of the description included.
_PARAMETER = re.compile(r"(?P<name>\w+): (?P<type>.*?)(?: = (?P<default>None|(?:\w+\.)*UNSET))?", re.DOTALL)


def method(view: OperationView, operation: Operation, types: PlainTypes, *, asynchronous: bool) -> Method:
    """A method of a resource: every parameter can be given by keyword only."""
    returns = types.plain(view.async_returns if asynchronous else view.returns)
    parameters = tuple(_parameter(text, types) for text in view.parameters)
    return Method(view.name, parameters, returns, asynchronous, one_line(operation.request_line), operation.origin)


def _parameter(text: str, types: PlainTypes) -> Parameter:
    found = _PARAMETER.fullmatch(text)
    if found is None:
        raise ValueError(text)
    default = found["default"]
    return Parameter(
        found["name"],
        ParameterKind.KEYWORD,
        types.plain(found["type"]),
        None if default is None else default.rpartition(".")[2],
    )
