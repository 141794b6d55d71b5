"""Maps that travel as lists of `{"key": …, "value": …}`, as the older form of vCenter's API (`/rest`) writes them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from ..nested import MisfitError, convert
from ..secret import json_name
from ..standin import StandIn

__all__ = ["Pairs"]

K = TypeVar("K")
V = TypeVar("V")


class _Pair(msgspec.Struct, Generic[K, V]):
    key: K
    value: V


@cache
def _pairs_of(key: Any, kind: Any) -> Any:
    """The type of a list of pairs; msgspec keeps what it works out about one and the same."""
    return list[_Pair[key, kind]]


if TYPE_CHECKING:
    from builtins import dict as Pairs  # noqa: N812 - what callers meet is a dict
else:

    class Pairs(Generic[K, V], metaclass=StandIn):
        """What msgspec meets where such a map is declared; its values are dicts."""

        @classmethod
        def __decode__(cls, value: Any, key: Any, kind: Any) -> dict[Any, Any]:
            """The dict from plain JSON, a list of pairs or an object; `dec_hook` calls this.

            Raises:
                MisfitError: A pair does not fit, or its key came before: a dict would lose one of the two.
            """
            if isinstance(value, dict):
                return convert(value, dict[key, kind], str_keys=True)
            if not isinstance(value, list):
                raise ValueError(f"Expected a list of pairs, got `{json_name(value)}`")
            pairs = convert(value, _pairs_of(key, kind))
            found = {pair.key: pair.value for pair in pairs}
            if len(found) < len(pairs):
                seen: set[Any] = set()
                for place, pair in enumerate(pairs):
                    if pair.key in seen:
                        raise MisfitError("A key that came before", f"[{place}].key")
                    seen.add(pair.key)
            return found
