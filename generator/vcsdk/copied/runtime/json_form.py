"""A model as JSON, and JSON as a model: what every generated model can do by itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Self, get_args

import msgspec

from .carried import carried
from .secret import Secret, hides_text

if TYPE_CHECKING:
    from .operation import Answer

_HIDDEN = "***"


class JsonForm:
    """The form that a value has on the wire: properties by their names there, and nothing of what is absent.

    What came of a newer server and is kept in the value is in it; null stands where the value has None and may.
    """

    __slots__ = ()

    def to_dict(self, *, reveal: bool = False) -> dict[str, Any]:
        """The value as plain JSON: dicts, lists, texts, numbers, booleans and None.

        Args:
            reveal: Passwords and tokens stand in it as they are; otherwise each is `***`, which no server takes.

        Raises:
            ArgumentError: Something in it has no form in JSON, such as NaN.
        """
        return _plain(self, reveal)

    def to_json(self, *, reveal: bool = False, indent: int | None = None) -> str:
        """The value as a JSON text.

        Args:
            reveal: As in `to_dict`.
            indent: Spaces for each level; all is in one line if None.

        Raises:
            ArgumentError: As in `to_dict`.
        """
        text = msgspec.json.encode(_plain(self, reveal))
        return (text if indent is None else msgspec.json.format(text, indent=indent)).decode()

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        """The value of plain JSON, such as `to_dict(reveal=True)` gives; it is checked as an answer is.

        Raises:
            ArgumentError: It does not fit; the message names the place, and nothing that stands there.
        """
        found, refused = _read(cls, value)
        value = {}  # no frame of what is raised shows what may be a password
        if refused:
            raise _argument_error(refused)
        read: Self = found
        return read

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The value of a JSON text, such as `to_json(reveal=True)` gives; it is checked as an answer is.

        Raises:
            ArgumentError: It is no JSON or does not fit; the message names the place, and nothing that stands there.
        """
        found, refused = _decoded(cls, text)
        text = ""
        if refused:
            raise _argument_error(refused)
        read: Self = found
        return read


def _argument_error(said: str) -> Exception:
    from .errors import ArgumentError

    return ArgumentError(said)


def _plain(model: Any, reveal: bool) -> dict[str, Any]:
    import sys

    from .serialize import plain
    from .unsendable import refuse_unsendable

    shown = model if reveal else concealed(model)
    name = type(model).__name__
    try:
        found: dict[str, Any] = plain(shown)
        refuse_unsendable(found, name)
    except (TypeError, NotImplementedError, RecursionError, OverflowError) as error:
        said = f"{name}: cannot be written as JSON: {error}"
    else:
        if f"{__package__}.vapi.pairs" not in sys.modules:  # no model can hold one
            return found
        written: dict[str, Any] = carried("vapi.sending").as_pairs(found, type(model))
        return written
    raise _argument_error(said)


def _decoded(kind: Any, text: Any) -> tuple[Any, str]:
    """The value, or what is wrong with it."""
    from .content import BOM, decoded

    if not isinstance(text, str | bytes | bytearray | memoryview):
        return None, f"{kind.__name__}: expected a JSON text, got {type(text).__name__}"
    content = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else bytes(text)
    try:
        return decoded(_answer(kind), content.removeprefix(BOM)), ""
    except Exception as error:  # a text may say anything, and decoders raise what they like
        return None, _said(error, kind)


def _read(kind: Any, value: Any) -> tuple[Any, str]:
    from .again import fitted
    from .secret import dec_hook

    if not isinstance(value, Mapping):
        return None, f"{kind.__name__}: expected object, got {type(value).__name__}"
    try:
        _ = _answer(kind).decoder  # makes msgspec know models that lead through very many others
        return msgspec.convert(value, kind, dec_hook=dec_hook), ""
    except Exception as error:
        refused = error
    try:
        return fitted(dict(value), kind), ""
    except Exception:
        return None, _said(refused, kind)


def _said(error: Exception, kind: Any) -> str:
    if isinstance(error, msgspec.ValidationError):
        from .arguments import explain

        return explain(error, kind.__name__)
    if isinstance(error, UnicodeError):  # whose text has what stands there
        return f"{kind.__name__}: the text is not UTF-8"
    if isinstance(error, RecursionError):
        return f"{kind.__name__}: nested too deeply"
    told = str(error) if isinstance(error, msgspec.DecodeError) else f"cannot be decoded ({type(error).__name__})"
    return f"{kind.__name__}: {told}"


@cache
def _answer(kind: Any) -> Answer:
    from .operation import Answer

    return Answer(kind)


def concealed(value: Any, secret: bool = False) -> Any:
    """The value with `***` for each secret, and for each plain text where a secret is declared; itself if it has none.

    `secret` tells that one is declared here.
    """
    if hides_text(value):
        return _HIDDEN
    if isinstance(value, msgspec.Struct):
        changed = {}
        declared = secret_fields(type(value))
        for name in value.__struct_fields__:
            part = getattr(value, name)
            shown = concealed(part, secret or name in declared)
            if shown is not part:
                changed[name] = shown
        return msgspec.structs.replace(value, **changed) if changed else value
    if isinstance(value, Mapping):
        items = {key: concealed(part, secret) for key, part in value.items()}
        return items if any(items[key] is not part for key, part in value.items()) else value
    if isinstance(value, list | tuple):
        parts = [concealed(part, secret) for part in value]
        return parts if any(one is not other for one, other in zip(parts, value, strict=True)) else value
    if hasattr(type(value), "__conceal__"):
        return value.__conceal__(lambda part: concealed(part, secret))
    return _HIDDEN if secret and isinstance(value, str | bytes) and value else value


_secret_by_class: dict[type, frozenset[str]] = {}


def secret_fields(model: Any) -> frozenset[str]:
    """The fields of a struct that are declared to hold a secret."""
    known = _secret_by_class.get(model)
    if known is None:
        try:
            fields = msgspec.structs.fields(model)
        except NameError:  # a forward reference that only type checkers can see
            return frozenset()
        known = frozenset(field.name for field in fields if _mentions_secret(field.type))
        _secret_by_class[model] = known
    return known


def _mentions_secret(annotation: Any) -> bool:
    return annotation is Secret or any(_mentions_secret(part) for part in get_args(annotation))
