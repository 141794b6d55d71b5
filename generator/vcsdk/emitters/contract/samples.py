"""Example calls for the README and the reference: an operation's own examples, else plausible values."""

from __future__ import annotations

from collections.abc import Mapping

from vcsdk.emitters.contract import smallest
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.ir import (
    MISSING,
    Alias,
    Api,
    Argument,
    Array,
    Constant,
    Enumeration,
    Kind,
    Map,
    Nullable,
    Operation,
    Ref,
    Safety,
    Scalar,
    Struct,
    Type,
    Union,
)
from vcsdk.ir.types import UNCONSTRAINED

_PLAIN = {Kind.BOOLEAN: "True", Kind.INTEGER: "1", Kind.NUMBER: "1.0", Kind.NULL: "None", Kind.ANY: "{}"}
_CALLS = {
    Kind.DATE_TIME: "datetime.now(UTC)",
    Kind.DATE: "date.today()",
    Kind.UUID: "uuid4()",
    Kind.TIME: "time(8, 0, tzinfo=UTC)",
    Kind.DURATION: "timedelta(seconds=1)",
    Kind.PASSWORD: 'Secret("...")',
    Kind.BYTE: 'b"..."',
    Kind.BINARY: 'b"..."',
}
_DEPTH, _MOST = 6, 10


def arguments(api: Api, operation: Operation) -> list[str]:
    """The required arguments of an example, as a call has them: `planned=True`."""
    examples = _examples(operation)
    return [f"{identifier(a.name)}={_value(api, a, examples)}" for a in operation.arguments if a.required]


def is_plain(operation: Operation) -> bool:
    """True for an operation that can be called without thinking: it reads and has no required argument."""
    return (
        operation.safety is Safety.READ and operation.role is None and not any(a.required for a in operation.arguments)
    )


def _examples(operation: Operation) -> Mapping[str, object]:
    examples: dict[str, object] = {p.wire_name: p.example for p in operation.parameters if p.example is not MISSING}
    for media in operation.body.content if operation.body is not None else ():
        if isinstance(media.example, dict):
            examples |= media.example
    return examples


def _value(api: Api, argument: Argument, examples: Mapping[str, object]) -> str:
    example = examples.get(argument.wire_name)
    if isinstance(example, bool | int | float | str) and _takes(api, argument.type, example):
        return python_literal(example)
    return sample(api, argument.type, argument.name)


def _takes(api: Api, type_: Type, value: object) -> bool:
    """True where an example stands for itself: a plain scalar of the right kind."""
    kinds = {str: Kind.STRING, bool: Kind.BOOLEAN, int: Kind.INTEGER, float: Kind.NUMBER}
    while isinstance(type_, Ref) and isinstance(schema := api.schemas[type_.key], Alias):
        type_ = schema.type
    return isinstance(type_, Scalar) and type_.kind is kinds[type(value)]


def sample(api: Api, type_: Type, name: str, depth: int = 0) -> str:
    """A Python expression for a value of a type; `name` makes texts telling."""
    match type_:
        case Nullable(inner):
            return sample(api, inner, name, depth)
        case Union(members) if members:
            return sample(api, members[0], name, depth)
        case Array(items, constraints=constraints):
            item = "" if depth > _DEPTH else sample(api, items, name, depth + 1)
            return f"[{', '.join([item] * min(max(1, constraints.min_items or 0), _MOST))}]"
        case Map():
            return "{}"
        case Constant(value):
            return python_literal(value)
        case Ref(key):
            return _declared(api, key, name, depth)
        case Scalar(kind):
            plain = type_.constraints == UNCONSTRAINED and type_.format is None
            return _CALLS.get(kind) or (_PLAIN.get(kind) if plain else None) or _scalar(api, type_, name)
    return "..."


def _scalar(api: Api, type_: Scalar, name: str) -> str:
    telling = name.replace("_", "-") + "-1"
    if type_.kind is Kind.STRING and type_.format is None and type_.constraints == UNCONSTRAINED:
        return python_literal(telling)
    try:
        return python_literal(smallest.sample(type_, api.schemas))
    except smallest.NoValueError:
        return "..."


def _declared(api: Api, key: str, name: str, depth: int) -> str:
    schema = api.schemas[key]
    if depth > _DEPTH:
        return "..."
    if isinstance(schema, Enumeration):
        return f"{schema.name}.{schema.members[0].name}" if schema.members else "..."
    if isinstance(schema, Struct):
        fields = ", ".join(f"{f.name}={sample(api, f.type, f.name, depth + 1)}" for f in schema.fields if f.required)
        return f"{schema.name}({fields})"
    return sample(api, schema.type, name, depth + 1)
