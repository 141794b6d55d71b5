"""Models that lead through so many others that msgspec cannot look into all of them at once."""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from .secret import dec_hook


def prepare(kind: Any) -> None:
    """Make msgspec know every model that a type leads to, the deepest first: what it knows it does not enter again."""
    order: list[Any] = []
    seen: set[Any] = set()
    rest = [(kind, False)]
    while rest:
        current, is_done = rest.pop()
        if is_done:
            order.append(current)
            continue
        struct = getattr(current, "__known__", current)
        if not hasattr(struct, "__struct_fields__"):
            rest += [(part, False) for part in get_args(current)]
        elif struct not in seen:
            seen.add(struct)
            rest.append((struct, True))
            rest += [(field.type, False) for field in msgspec.structs.fields(struct)]
    for struct in order:
        msgspec.json.Decoder(struct, dec_hook=dec_hook)
