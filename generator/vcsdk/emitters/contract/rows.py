"""Request bodies as a test module writes them: literals, and a row for each property that is changed."""

from __future__ import annotations

import json

import msgspec

from vcsdk.emitters.contract.cases import Bodies, Path
from vcsdk.emitters.filters import python_literal
from vcsdk.ir import MISSING, Json, Missing


class Rows(msgspec.Struct, frozen=True):
    """What a test's bodies are made of: bodies that are written whole, and the entries of the two mappings.

    `names` are those that the module imports for them.
    """

    whole: list[str]
    parts: list[str]
    changed: list[str]
    names: frozenset[str]


def wellformed_rows(bodies: Bodies, sample: Json) -> Rows:
    """The rows of a test whose bodies are all accepted, in a class whose `BODY` is the sample."""
    base = "**BODY, " if sample else ""
    changed = [
        f"{{{base}{python_literal(path[-1])}: {_value(value)}}}"
        for path, values in bodies.changed.items()
        for value in values
    ]
    return Rows([*_whole(bodies, sample), *changed], [], [], _names(bodies, "with_bodies"))


def malformed_rows(bodies: Bodies, sample: Json) -> Rows:
    """The rows of a test whose bodies are all refused, in a class whose `BODY` is the sample."""
    return Rows(
        whole=_whole(bodies, sample),
        parts=[f"{_place(path)}: {python_literal(part)}" for path, part in bodies.parts.items()],
        changed=[f"{_place(path)}: [{', '.join(map(_value, values))}]" for path, values in bodies.changed.items()],
        names=_names(bodies, "with_broken_json", "with_malformed_bodies"),
    )


def _whole(bodies: Bodies, sample: Json) -> list[str]:
    own = json.dumps(sample)
    written = ["BODY" if json.dumps(value) == own else python_literal(value) for value in bodies.whole]
    return ["ABSENT", *written] if bodies.absent else written


def _names(bodies: Bodies, *decorators: str) -> frozenset[str]:
    missing = any(MISSING in values for values in bodies.changed.values())
    return frozenset([*decorators, *(["ABSENT"] if bodies.absent else ()), *(["MISSING"] if missing else ())])


def _value(value: Json | Missing) -> str:
    return "MISSING" if isinstance(value, Missing) else python_literal(value)


def _place(path: Path) -> str:
    """A path as text with dots, or as a tuple where the dots would not say which names it has."""
    if all(name and "." not in name for name in path):
        return python_literal(".".join(path))
    return f"({', '.join(map(python_literal, path))}{',' * (len(path) == 1)})"
