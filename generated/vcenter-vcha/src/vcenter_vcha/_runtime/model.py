"""The base of every generated model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, dataclass_transform

import msgspec

from .json_form import JsonForm, secret_fields
from .secret import Secret

if TYPE_CHECKING:

    @dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
    class Model(JsonForm):
        """A value with named fields, decoded from and encoded to JSON by msgspec."""

        __struct_fields__: tuple[str, ...]
        __struct_encode_fields__: tuple[str, ...]

        def __init_subclass__(
            cls,
            *,
            tag: str | int | bool | None = None,
            tag_field: str | None = None,
            kw_only: bool = True,
            omit_defaults: bool = True,
            forbid_unknown_fields: bool = False,
            dict: bool = False,  # noqa: A002 - msgspec's own name
        ) -> None: ...

else:

    class _KeywordOnly(msgspec.StructMeta):
        """msgspec does not inherit `kw_only`; without it a required field could not follow an optional one."""

        def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **config: Any) -> Any:
            config.setdefault("kw_only", True)
            return super().__new__(mcls, name, bases, namespace, **config)

    class Model(JsonForm, msgspec.Struct, metaclass=_KeywordOnly, omit_defaults=True):
        """A value with named fields, decoded from and encoded to JSON by msgspec.

        Fields are keywords; a field that holds its default is left off the wire, so an optional field that is None
        is absent.  Unknown fields of the wire are ignored.
        """

        def __repr__(self) -> str:
            # A plain text given where a secret is declared would show in msgspec's own repr.
            secret = secret_fields(type(self))
            if not secret:
                return super().__repr__()
            values = (
                f"{name}={Secret('')!r}"
                if name in secret and getattr(self, name)
                else f"{name}={getattr(self, name)!r}"
                for name in self.__struct_fields__
            )
            return f"{type(self).__name__}({', '.join(values)})"

        def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
            secret = secret_fields(type(self))
            for name in self.__struct_fields__:
                value = getattr(self, name)
                yield name, Secret("") if name in secret and value else value
