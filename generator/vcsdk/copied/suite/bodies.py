"""The bodies that a test sends: some are written whole, the others are a sample with one property changed."""

from __future__ import annotations

import enum
import json
from collections.abc import Iterator, Mapping, Sequence

import pytest

from .target import ABSENT

_LONGEST = 60
_NO_JSON = (b"{", b'{"a": 1', b"[1,]", b"\xff\xfe")


class Missing(enum.Enum):
    """Stands for "this property is not there"."""

    MISSING = "missing"


MISSING = Missing.MISSING
Names = tuple[str, ...]
Path = str | Names
"""Where a property is: names with dots between them; a tuple of names where one has a dot in it, or is empty."""


def with_bodies(*bodies: object) -> pytest.MarkDecorator:
    """Run a test with each of these bodies as its argument `body`; `ABSENT` sends none."""
    return pytest.mark.parametrize("body", [_whole(body) for body in bodies])


def with_malformed_bodies(
    sample: object,
    *,
    whole: Sequence[object] = (),
    parts: Mapping[Path, object] = {},
    changed: Mapping[Path, Sequence[object]] = {},
) -> pytest.MarkDecorator:
    """Run a test with each of these bodies as its argument `body`.

    Args:
        sample: What is changed, one property at a time.
        whole: Bodies that are sent as they are; `ABSENT` sends none.
        parts: Optional objects that the sample lacks.  One is put in where a change lies inside it.
        changed: The values that a property has instead of its own; `MISSING` takes the property away.

    Raises:
        ValueError: A row changes nothing, lies in no object, takes away what is not there, or is there twice; nothing
            is changed in a part.
    """
    put_in = {_names(path): part for path, part in parts.items()}
    rows: dict[Names, Sequence[object]] = {}
    for path, values in changed.items():
        names = _names(path)
        if names in rows:
            raise ValueError(f"{'.'.join(names)}: there are two rows of it")
        rows[names] = values
    for part in put_in:
        if not any(len(row) > len(part) and row[: len(part)] == part for row in rows):
            raise ValueError(f"{'.'.join(part)}: nothing is changed in this part")
    cases = [_whole(body) for body in whole]
    cases += [pytest.param(body, id=name) for row in rows.items() for name, body in _bodies(sample, put_in, *row)]
    return pytest.mark.parametrize("body", cases)


def with_broken_json(member: Mapping[str, object] = {}) -> pytest.MarkDecorator:
    """Run a test with contents that are no JSON, or not for everyone, as its argument `content`.

    `member` is a name with its value: an object has it twice (RFC 8259, section 4), and it is NaN (section 6).
    """
    contents = [*_NO_JSON]
    for name, value in member.items():
        pair = f"{json.dumps(name)}: {json.dumps(value)}"
        contents += [f"{{{pair}, {pair}}}".encode(), f"{{{json.dumps(name)}: NaN}}".encode()]
    return pytest.mark.parametrize("content", contents, ids=repr)


def _whole(body: object) -> pytest.ParameterSet:
    return pytest.param(body, id="no body" if body is ABSENT else _text(body))


def _bodies(
    sample: object, parts: Mapping[Names, object], path: Names, values: Sequence[object]
) -> Iterator[tuple[str, object]]:
    dotted = ".".join(path)
    if not values:
        raise ValueError(f"{dotted}: no value is given")
    for value in values:
        name = f"{dotted} missing" if value is MISSING else f"{dotted} = {_text(value)}"
        yield name, _put(sample, parts, path, 1, value)


def _put(sample: object, parts: Mapping[Names, object], path: Names, depth: int, value: object) -> object:
    """The sample, which stands at `path[: depth - 1]`, with the value at `path`."""
    name, here = path[depth - 1], path[:depth]
    dotted = ".".join(path)
    if not isinstance(sample, dict):
        raise ValueError(f"{dotted}: the sample has no object that {name!r} could be in")
    if name in sample and here in parts:
        raise ValueError(f"{dotted}: the sample has the part {'.'.join(here)} already")
    if here != path:
        if name not in sample and here not in parts:
            raise ValueError(f"{dotted}: neither the sample nor a part has {'.'.join(here)}")
        inner = sample[name] if name in sample else parts[here]
        return {**sample, name: _put(inner, parts, path, depth + 1, value)}
    if value is MISSING:
        if name not in sample:
            raise ValueError(f"{dotted}: what is not there cannot be taken away")
        return {key: kept for key, kept in sample.items() if key != name}
    if name in sample and json.dumps(sample[name]) == json.dumps(value):
        raise ValueError(f"{dotted}: {_text(value)} is its value in the sample")
    return {**sample, name: value}


def _names(path: Path) -> Names:
    return tuple(path.split(".")) if isinstance(path, str) else path


def _text(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
