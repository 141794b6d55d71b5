"""What a server sends by itself: the body of a webhook's request, decoded by whoever receives it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import msgspec

from .arguments import explain
from .content import BOM, decoded
from .errors import ArgumentError
from .media import essence, is_json
from .operation import Body
from .secret import dec_hook


class Webhook:
    """A webhook: its name in the description, the method, and the bodies that its request may have; () for none."""

    def __init__(self, name: str, method: str, bodies: tuple[Body, ...] = ()) -> None:
        self.name = name
        self.method = method
        self._bodies = bodies

    def decode(self, content: bytes | str, content_type: str | None = None) -> Any:
        """The body of a request; `content_type` is what the request says, the described one if None.

        What is neither JSON nor a plain form comes as it is.  Raises ArgumentError, which is a ValueError, where the
        content is not what the description says: it comes from outside.
        """
        if not self._bodies:
            return None
        body = self._chosen(content_type)
        raw = content.encode() if isinstance(content, str) else bytes(content)
        raw = raw.removeprefix(BOM)
        if not raw and not body.required:
            return None
        try:
            if is_json(body.content_type):
                return decoded(body, raw)
            if body.content_type.startswith("application/x-www-form-urlencoded"):
                return msgspec.convert(_fields(raw.decode(), body.type), body.type, strict=False, dec_hook=dec_hook)
            return raw.decode() if body.type is str else raw
        except msgspec.ValidationError as error:
            said = explain(error, "content")
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            said = f"content: {error}"
        raise ArgumentError(f"{self.name}: {said}")

    def _chosen(self, content_type: str | None) -> Body:
        if content_type is None:
            return self._bodies[0]
        wanted = essence(content_type)
        for body in self._bodies:
            if essence(body.content_type) == wanted:
                return body
        offered = ", ".join(body.content_type for body in self._bodies)
        raise ArgumentError(f"{self.name}: content_type: expected one of {offered}")

    def __repr__(self) -> str:
        return f"<Webhook {self.name}>"


def _fields(text: str, kind: Any) -> dict[str, Any]:
    lists = {field.encode_name for field in _fields_of(kind) if _is_list(field.type)}
    found: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        if name in lists:
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


def _fields_of(kind: Any) -> tuple[msgspec.structs.FieldInfo, ...]:
    known = getattr(kind, "__known__", kind)
    is_struct = isinstance(known, type) and issubclass(known, msgspec.Struct)
    return msgspec.structs.fields(known) if is_struct else ()


def _is_list(kind: Any) -> bool:
    return "list" in {getattr(each, "__name__", "") for each in (kind, getattr(kind, "__origin__", None))} or any(
        map(_is_list, getattr(kind, "__args__", ()))
    )
