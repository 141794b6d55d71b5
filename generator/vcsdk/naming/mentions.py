"""Texts that name other things of the description name them as Python does; for the profile `vapi` alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from vcsdk.ir import (
    Alias,
    Argument,
    Enumeration,
    EnumMember,
    Field,
    Operation,
    Parameter,
    Reason,
    Ref,
    Response,
    Schema,
    Struct,
)
from vcsdk.ir.api import ErrorType
from vcsdk.ir.ids import verb_phrase
from vcsdk.vapi_prose.mentions import can_mention, folded, replaced
from vcsdk.vapi_prose.reasons import by_name, standard_error

N = TypeVar("N", Operation, Parameter, Argument, Response, Struct, Enumeration, Alias, Field, EnumMember)
Path = tuple[str, ...]


class _Target(msgspec.Struct, frozen=True):
    """What a name can mean: where it is among the vendor's names, what we call it, and the schema it is, if one."""

    path: Path
    name: str
    schema: Schema | None = None


class _Own(msgspec.Struct, frozen=True):
    """What an operation calls its own: arguments by wire name, and the key of the schema whose fields become some."""

    names: Mapping[str, str] = msgspec.field(default_factory=dict)
    body: str = ""


_NOTHING = _Own()


class Mentions(msgspec.Struct, frozen=True):
    """The vendor's names by their last part or two: `VM.Info` is enough where no other schema ends so."""

    targets: Mapping[Path, list[_Target]]
    requests: Mapping[str, str]

    @classmethod
    def of(
        cls, operations: Sequence[Operation], schemas: Mapping[str, Schema], errors: Sequence[ErrorType]
    ) -> Mentions:
        """What the texts of an API whose names are set can mention."""
        family = by_name(errors)
        targets: dict[Path, list[_Target]] = defaultdict(list)
        for schema in schemas.values():
            path = folded(schema.wire_name)
            error = family.get(standard_error(schema.wire_name) or "")
            target = _Target(path, error.class_name if error is not None else schema.name, schema)
            for ending in {path[-1:], path[-2:]}:
                targets[ending].append(target)
        for operation in operations:
            path = _path(operation)
            if len(path) > 1:
                targets[path[-2:]].append(_Target(path, f"{operation.python_path}()"))
        return cls(targets, {o.request_line: f"{o.python_path}()" for o in operations})

    def of_schema(self, schema: Schema) -> Schema:
        """The schema with our names in its texts."""
        here = folded(schema.wire_name)
        if isinstance(schema, Struct):
            return replace(self._told(schema, here), fields=tuple(self._told(f, here) for f in schema.fields))
        if isinstance(schema, Enumeration):
            return replace(self._told(schema, here), members=tuple(self._told(m, here) for m in schema.members))
        return self._told(schema, here)

    def of_operation(self, operation: Operation) -> Operation:
        """The operation with our names in its texts; what names an argument of its own is called so."""
        here = _path(operation)
        own = _own(operation)
        return replace(
            self._told(operation, here, own),
            summary=self._text(operation.summary, here, own),
            parameters=tuple(self._told(parameter, here, own) for parameter in operation.parameters),
            arguments=tuple(self._told(argument, here, own) for argument in operation.arguments),
            responses=tuple(self._answer(response, here, own) for response in operation.responses),
        )

    def _answer(self, response: Response, here: Path, own: _Own) -> Response:
        if not response.reasons:
            return self._told(response, here, own)
        # The reasons are the description, taken apart.
        reasons = tuple(Reason(r.error_type, self._text(r.when, here, own)) for r in response.reasons)
        return replace(response, reasons=reasons) if reasons != response.reasons else response

    def _told(self, node: N, here: Path, own: _Own = _NOTHING) -> N:
        if not can_mention(node.description):
            return node
        return replace(node, description=self._text(node.description, here, own))

    def _text(self, text: str, here: Path, own: _Own) -> str:
        if not can_mention(text):
            return text
        return replaced(text, lambda name, unsure: self._ours(name, here, own, unsure=unsure))

    def _ours(self, name: str, here: Path, own: _Own, *, unsure: bool) -> str | None:
        if name in self.requests:
            return self.requests[name]
        path = folded(name)
        found = self._find(path, here) if len(path) > 1 or name[:1].isupper() else None
        if found is not None:
            return found.name if found.schema is not None or not unsure else None
        owner, _, part = name.rpartition(".")
        if not owner or unsure:
            return None
        found = self._find(path[:-1], here)
        if found is not None and found.schema is not None:
            if found.schema.key == own.body and part in own.names:
                return own.names[part]
            member = _part(found.schema, part)
            return f"{found.name}.{member}" if member is not None else None
        return own.names.get(part)

    def _find(self, path: Path, here: Path) -> _Target | None:
        """The only target that ends so, of several the nearest; a method is found behind its service's name alone."""
        found = self.targets.get(path[-2:], [])
        if len(path) > 2:
            found = [target for target in found if target.path[-len(path) :] == path]
        if len(found) > 1:
            near = [_common(target.path, here) for target in found]
            found = [target for target, length in zip(found, near, strict=True) if length == max(near)]
        return found[0] if len(found) == 1 else None


def _own(operation: Operation) -> _Own:
    names = {argument.wire_name: argument.name for argument in operation.arguments}
    sent = operation.body.content[0].type if operation.body is not None and operation.body.content else None
    return _Own(names, sent.key if isinstance(sent, Ref) else "")


def _path(operation: Operation) -> Path:
    service, _, verb = operation.operation_id.partition("_")
    return folded(f"{service}.{verb_phrase(operation.operation_id)}" if verb else service)


def _common(one: Path, other: Path) -> int:
    length = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        length += 1
    return length


def _part(schema: Schema, name: str) -> str | None:
    """The Python name of a field or a member."""
    if isinstance(schema, Struct):
        return next((field.name for field in schema.fields if field.wire_name == name), None)
    if isinstance(schema, Enumeration):
        return next((member.name for member in schema.members if member.value == name), None)
    return None
