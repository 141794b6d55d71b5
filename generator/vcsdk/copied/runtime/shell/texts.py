"""From what is typed to a value of a declared type."""

from __future__ import annotations

import datetime
import enum
import os
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import UnionType
from typing import IO, Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from ..nested import located
from ..secret import Secret, dec_hook
from ..serialize import plain
from ..upload import Upload
from ..values import Base64, Duration
from ..variables import secret_in
from .usage import UsageError

_TIMES = (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)
_TEXTS: tuple[Any, ...] = (str, bytes, Base64, *_TIMES, uuid.UUID)


def members(kind: Any) -> tuple[Any, ...]:
    """The types that an annotation stands for, without null and absence."""
    if get_origin(kind) in (Union, UnionType):
        return tuple(each for part in get_args(kind) for each in members(part))
    return () if kind in (type(None), msgspec.UnsetType) else (kind,)


def bare(kind: Any) -> Any:
    """A type without its bounds."""
    return bare(get_args(kind)[0]) if get_origin(kind) is Annotated else kind


def item_of(kind: Any) -> Any:
    """The type of an item, for a type that is lists and nothing else; else None."""
    found = [bare(each) for each in members(kind)]
    if not found or any(get_origin(each) not in (list, Sequence) or not get_args(each) for each in found):
        return None
    return Union[tuple(get_args(each)[0] for each in found)]  # noqa: UP007


def is_flag(kind: Any) -> bool:
    """Whether there are two values only, true and false."""
    found = [bare(each) for each in members(kind)]
    return bool(found) and all(each is bool for each in found)


def is_secret(kind: Any) -> bool:
    """Whether a secret is declared."""
    return any(bare(each) is Secret for each in members(kind))


def is_file(kind: Any) -> bool:
    """Whether a file may be given: as a part of a form, or as a body."""
    return any(each is Upload or get_origin(each) is IO for each in members(kind))


def is_plain(kind: Any) -> bool:
    """Whether each value is one text on a command line, in one reading only: no JSON, nor a text beside a number."""
    found = list(map(bare, members(kind)))
    return bool(found) and (all(map(_is_text, found)) or all(map(_is_number, found)))


def _is_text(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return all(isinstance(value, str) for value in get_args(kind))
    return kind in _TEXTS or kind is Duration or (isinstance(kind, type) and issubclass(kind, enum.StrEnum))


def _is_number(kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return all(isinstance(value, int) for value in get_args(kind))
    if kind in (bool, int, float) or getattr(kind, "of", None) in (int, float):
        return True
    return isinstance(kind, type) and issubclass(kind, enum.IntEnum)


def listed(kind: Any) -> tuple[str, ...]:
    """The values that a type lists, as texts; () where it lists none."""
    found: list[str] = []
    for each in map(bare, members(kind)):
        if get_origin(each) is Literal:
            found += [str(value) for value in get_args(each)]
        elif isinstance(each, type) and issubclass(each, enum.Enum):
            found += [str(member.value) for member in each]
    return tuple(dict.fromkeys(found))


def read(text: str, kind: Any, flag: str) -> Any:
    """The value that a text stands for.

    A type of files takes a path; a secret is named, never typed; what is no single text is JSON, `@FILE` or `-`, and
    where that may be a text as well, what is no JSON is the text.

    Raises:
        UsageError: It is none; the message has no value in it.
    """
    if is_secret(kind):
        return Secret(named_secret(text, flag))
    if is_file(kind):
        return _file(text, kind, flag)
    if is_plain(kind):
        return _fit(text, kind, flag, typed=True)
    return _fit(_json(text, kind, flag), kind, flag)


def named_secret(text: str, flag: str) -> str:
    """A secret by where it is: `@FILE`, `-` for the standard input, `env:NAME`; one line end behind it is no part.

    Raises:
        UsageError: It is not there, or typed: others could read it in the list of processes.
    """
    if text.startswith("env:"):
        value = os.environ.get(text[4:])
        if value is None:
            raise UsageError(f"{flag}: the environment has no variable of this name")
        return value
    if text != "-" and not text.startswith("@"):
        raise UsageError(f"{flag}: is a secret, which others could read here: give @FILE, - or env:NAME")
    found = secret_in(_content(text, flag), flag)
    if isinstance(found, Secret):
        return found.reveal()
    raise UsageError(str(found))


def _content(text: str, flag: str) -> bytes:
    """What stands in `@FILE`, or in the standard input."""
    if text == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(text[1:]).read_bytes()
    except OSError as error:
        raise UsageError(f"{flag}: {text[1:]}: {error.strerror}") from None
    except ValueError:
        raise UsageError(f"{flag}: this is no path") from None


def _file(text: str, kind: Any, flag: str) -> Any:
    """An open file: of a path in a form; of `@FILE` in a body, which may be typed as well."""
    in_form = not any(get_origin(each) is Iterable for each in members(kind))
    if text == "-":
        return sys.stdin.buffer
    if not in_form and not text.startswith("@"):
        others = [each for each in members(kind) if each not in (bytes, str, Upload) and get_origin(each) is None]
        return _json(text, Union[tuple(others)], flag) if others and text[:1] in ("{", "[") else text.encode()  # noqa: UP007
    path = text.removeprefix("@") if not in_form else text
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise UsageError(f"{flag}: {path}: {error.strerror}") from None
    except ValueError:
        raise UsageError(f"{flag}: this is no path") from None


def _json(text: str, kind: Any, flag: str) -> Any:
    given = _content(text, flag) if text == "-" or text.startswith("@") else text.encode("utf-8", "surrogatepass")
    try:
        return msgspec.json.decode(given.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        if any(map(_is_text, map(bare, members(kind)))) and not text.startswith("@"):
            return text
    raise UsageError(f"{flag}: expected JSON, @FILE with JSON, or - for the standard input")


def _fit(value: Any, kind: Any, flag: str, *, typed: bool = False) -> Any:
    """The value as one of the types; a number that is `typed` is a text still."""
    refused: Exception | None = None
    for strict in (True, False) if typed else (True,):
        for each in members(kind):
            try:
                return msgspec.convert(value, each, strict=strict, dec_hook=dec_hook)
            except msgspec.ValidationError as error:
                refused = refused or error
            except (TypeError, NotImplementedError):
                return value  # a type that only the client knows how to check
    if refused is None:
        return value
    said, place, _ = located(refused)
    said = said.replace("`", "")
    raise UsageError(f"{flag}{place}: {said[:1].lower()}{said[1:]}")


def as_dict(value: Any, flag: str) -> dict[str, Any]:
    """An argument as plain JSON, to put parts into.  Raises UsageError where it has no parts."""
    found = plain(value)
    if not isinstance(found, dict):
        raise UsageError(f"{flag}: what it leads into was given as something else")
    return found


def fields_of(kind: Any) -> Iterator[tuple[str, str, Any, bool]]:
    """Python name, wire name, type and necessity of each field of the first model that a type stands for."""
    for each in map(bare, members(kind)):
        struct = getattr(each, "__known__", each)
        if isinstance(struct, type) and issubclass(struct, msgspec.Struct):
            for field in msgspec.structs.fields(struct):
                if field.encode_name != " ":
                    yield field.name, field.encode_name, field.type, field.required
            return


def values_of(kind: Any) -> Any:
    """The type of the values, for a type that is a mapping; else None."""
    for each in map(bare, members(kind)):
        origin = get_origin(each)
        if origin in (dict, Mapping) or getattr(origin, "__name__", "") == "Pairs":
            return get_args(each)[1]
    return None
