"""The base of generated models whose objects may have properties beside the known ones (`additionalProperties`).

msgspec drops what a struct does not know, so such a class wraps a struct, and decodes and encodes through the hooks.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, dataclass_transform

import msgspec

from .json_form import JsonForm
from .model import Model
from .nested import MisfitError, convert
from .secret import enc_hook

# What each format writes in its own way stays as it is until then: bytes are base64 in JSON only.
_KEPT = (bytes, bytearray, memoryview, datetime.datetime, datetime.date, datetime.time, datetime.timedelta, uuid.UUID)

if TYPE_CHECKING:

    @dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
    class OpenModel(JsonForm):
        """A value with named fields and a mapping of all other properties, decoded from and encoded to JSON."""

        def __init_subclass__(
            cls, *, more: str = "additional_properties", tag: str | None = None, tag_field: str | None = None
        ) -> None: ...

else:

    class _Open(type):
        """Takes the fields out of the class body and makes a struct of them, which the class keeps to itself."""

        def __new__(
            mcls,
            name: str,
            bases: tuple[type, ...],
            namespace: dict[str, Any],
            *,
            more: str = "additional_properties",
            **config: Any,
        ) -> Any:
            if JsonForm in bases:
                return super().__new__(mcls, name, bases, namespace)
            annotations = namespace.get("__annotations__", {})
            fields = {field: namespace.pop(field) for field in annotations if field in namespace}
            fields[more] = msgspec.field(default_factory=dict, name=" ")  # no wire name: `__decode__` puts it there
            # A field that was released before models had methods of its name stands in their place.
            namespace |= {field: _reading(field) for field in annotations if hasattr(JsonForm, field)}
            place = {key: namespace[key] for key in ("__module__", "__qualname__") if key in namespace}
            cls = super().__new__(mcls, name, bases, {"__slots__": (), **namespace})
            cls.__known__ = type(Model)(name, (Model,), {**place, **fields, "__annotations__": annotations}, **config)
            names = {*cls.__known__.__struct_encode_fields__, cls.__known__.__struct_config__.tag_field}
            cls.__names__ = names - {" ", None}
            return cls

        def __init__(cls, *args: Any, **_: Any) -> None:
            super().__init__(*args)

    class OpenModel(JsonForm, metaclass=_Open):
        """A value with named fields and a mapping of all other properties, decoded from and encoded to JSON.

        Fields are keywords; the class argument `more` names the mapping.  On the wire the mapping's entries stand
        beside the fields; a field wins over an entry of its name.
        """

        __slots__ = ("_values",)
        __known__: ClassVar[type[Model]]
        __names__: ClassVar[frozenset[str]]

        def __init__(self, **values: Any) -> None:
            object.__setattr__(self, "_values", self.__known__(**values))

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                raise AttributeError(name)
            return getattr(self._values, name)

        def __setattr__(self, name: str, value: Any) -> None:
            setattr(self._values, name, value)

        def __eq__(self, other: object) -> bool:
            return self._values == other._values if isinstance(other, OpenModel) else NotImplemented

        __hash__ = None

        def __repr__(self) -> str:
            return repr(self._values)

        def __rich_repr__(self) -> Any:
            return self._values.__rich_repr__()

        def __reduce__(self) -> tuple[Any, ...]:
            values = {name: getattr(self._values, name) for name in self._values.__struct_fields__}
            return _restore, (type(self), values)

        @classmethod
        def __decode__(cls, value: Any) -> Self:
            """The value from plain JSON; `dec_hook` calls this.  Raises ValueError if it does not fit."""
            if isinstance(value, cls):
                return value
            if not isinstance(value, Mapping):
                raise ValueError(f"Expected `object`, got `{type(value).__name__}`")
            names = cls.__names__
            known = {name: item for name, item in value.items() if name in names}
            known[" "] = {name: item for name, item in value.items() if name not in names}
            self = cls.__new__(cls)
            try:
                values = convert(known, cls.__known__)
            except MisfitError as error:
                place = error.place.removeprefix(". ")  # the mapping has no name on the wire
                raise MisfitError(error.said, place, key=error.key) from None
            object.__setattr__(self, "_values", values)
            return self

        def __encode__(self) -> dict[str, Any]:
            """The JSON object; `enc_hook` calls this."""
            known = msgspec.to_builtins(self._values, enc_hook=enc_hook, str_keys=True, builtin_types=_KEPT)
            return {**known.pop(" ", {}), **known}

        def __conceal__(self, conceal: Callable[[Any], Any]) -> Any:
            """The same with what `conceal` makes of the struct inside; itself where that changes nothing."""
            values = conceal(self._values)
            if values is self._values:
                return self
            other = type(self).__new__(type(self))
            object.__setattr__(other, "_values", values)
            return other

    def _reading(field: str) -> property:
        return property(lambda self: getattr(self._values, field))

    def _restore(cls: type[OpenModel], values: dict[str, Any]) -> OpenModel:
        return cls(**values)
