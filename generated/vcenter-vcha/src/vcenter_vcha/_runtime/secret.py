"""Text that must not be seen: passwords and tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class SupportsReveal(Protocol):
    """A text hidden behind `reveal()`: a `Secret` of this package, or of another that was generated like it."""

    def reveal(self) -> str:
        """The text itself."""


class Renewed:
    """A credential that a client gets, keeps and renews by itself (`OAuth2`)."""


def hides_text(value: object) -> bool:
    """Whether a value is a secret, whichever package it is from: each has a class of its own."""
    return isinstance(value, Secret) or callable(getattr(type(value), "reveal", None))


class Secret:
    """A text whose `repr` and `str` are `***`; `reveal()` gives it.  Used for `format: password` and for tokens."""

    __slots__ = ("_text",)

    def __init__(self, text: str | SupportsReveal) -> None:
        self._text: str = text if isinstance(text, str) else text.reveal()

    def reveal(self) -> str:
        """The text itself.  Raises ValueError for a secret that came out of a pickle, which has no text."""
        if not hasattr(self, "_text"):
            raise ValueError("a secret is left out of pickles; this one came out of one")
        return self._text

    def __reduce__(self) -> tuple[Any, ...]:
        return _without_text, ()

    def __copy__(self) -> Secret:
        return self

    def __deepcopy__(self, _: Any) -> Secret:
        return self

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Secret):
            import hmac  # costs more than two files of ours, and clients hardly ever compare secrets

            mine, its = (getattr(secret, "_text", None) for secret in (self, other))
            if mine is None or its is None:
                return mine is its
            return hmac.compare_digest(mine.encode("utf-8", "surrogatepass"), its.encode("utf-8", "surrogatepass"))
        return NotImplemented

    def __hash__(self) -> int:
        return hash((Secret, getattr(self, "_text", None)))

    def __bool__(self) -> bool:
        return bool(getattr(self, "_text", True))

    def __str__(self) -> str:
        return "***"

    def __repr__(self) -> str:
        return "Secret('***')"


def _without_text() -> Secret:
    return Secret.__new__(Secret)


class _NoText:
    """What was given for a secret and is no text; it may hold one all the same."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __repr__(self) -> str:
        return f"<{self._kind}>"


def hidden(value: T) -> T:
    """What was given for a secret, so that nobody who prints the frame sees the text; what holds none stays."""
    found: Any = value
    if isinstance(value, str):
        found = Secret(value)
    elif isinstance(value, bytes | bytearray | memoryview):
        found = _NoText(type(value).__name__)
    kept: T = found
    return kept


class Concealed(dict[str, T]):
    """A mapping whose values are not printed."""

    def __repr__(self) -> str:
        return f"<{', '.join(map(str, self))}>"

    def __rich_repr__(self) -> Iterator[str]:
        yield from map(str, self)


def concealed(values: Any) -> Any:
    """A mapping whose values are not printed; what is none is refused later."""
    return Concealed(values) if isinstance(values, Mapping) else values


def enc_hook(value: Any) -> Any:
    """What msgspec calls for a value it cannot encode itself: a secret's text, an `OpenModel` as it says."""
    if hides_text(value):
        return value.reveal()
    encode = getattr(type(value), "__encode__", None)
    if encode is not None:
        return encode(value)
    raise NotImplementedError(f"a value of type {type(value).__name__} has no JSON form")


def dec_hook(kind: Any, value: Any) -> Any:
    """What msgspec calls for a type it does not know: a secret takes a text, the others decode themselves."""
    if kind is Secret:
        if isinstance(value, str) or hides_text(value):
            return Secret(value)
        raise TypeError(f"Expected `str`, got `{json_name(value)}`")
    made_of = getattr(kind, "__args__", None)
    if made_of is not None:  # a generic one, which decodes by what it is made of
        return kind.__origin__.__decode__(value, *made_of)
    decode = getattr(kind, "__decode__", None)
    if decode is not None:
        return decode(value)
    raise NotImplementedError(f"no decoder for {kind!r}")


def json_name(value: Any) -> str:
    """What JSON calls the type of a value, as msgspec writes it."""
    if value is None:
        return "null"
    return "object" if isinstance(value, dict) else "array" if isinstance(value, list) else type(value).__name__
