"""Objects that are several models at once (`anyOf`): a class made of theirs when the first such value comes."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec


@cache
def joined(kind: Any, others: tuple[Any, ...]) -> Any:
    """A subclass of the model `kind` that also has the fields of the models `others`."""
    wires = set(kind.__struct_encode_fields__)
    names = set(kind.__struct_fields__)
    annotations: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    for other in others:
        for field in msgspec.structs.fields(other):
            if field.encode_name in wires:
                continue
            name = field.name
            while name in names:
                name += "_"
            names.add(name)
            wires.add(field.encode_name)
            annotations[name] = field.type
            wire = field.encode_name
            if field.default_factory is not msgspec.NODEFAULT:
                defaults[name] = msgspec.field(default_factory=field.default_factory, name=wire)
            elif field.default is not msgspec.NODEFAULT:
                defaults[name] = msgspec.field(default=field.default, name=wire)
            else:
                defaults[name] = msgspec.field(name=wire)

    def reduce(self: Any) -> tuple[Any, ...]:
        values = {name: getattr(self, name) for name in self.__struct_fields__}
        return _restore, (kind, others, values)

    body = {"__module__": kind.__module__, "__annotations__": annotations, "__reduce__": reduce, **defaults}
    return type(kind)("".join(each.__name__ for each in (kind, *others)), (kind,), body)


def _restore(kind: Any, others: tuple[Any, ...], values: dict[str, Any]) -> Any:
    return joined(kind, others)(**values)
