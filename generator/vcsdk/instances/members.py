"""Which names an object may have besides its properties, and which schema the value of a name has to fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vcsdk.instances.joining import is_nothing
from vcsdk.ir.patterns import sample

Accepts = Callable[[Any, Any], bool]
"""Whether a value is valid against a schema: `accepts(schema, value)`."""

_TRIED = 40


class Members:
    """The members of objects of a flat schema."""

    def __init__(self, flat: Mapping[str, Any], accepts: Accepts) -> None:
        self._properties = flat.get("properties", {})
        patterns = flat.get("patternProperties")
        self._patterns: Mapping[str, Any] = patterns if isinstance(patterns, dict) else {}
        rest = flat.get("additionalProperties", flat.get("unevaluatedProperties", {}))
        self._rest = {} if rest is True else False if is_nothing(rest) else rest
        self._name = flat.get("propertyNames", {})
        self._accepts = accepts

    @property
    def are_described(self) -> bool:
        """True where the schema says what members without a name of their own are."""
        return (isinstance(self._rest, dict) and bool(self._rest)) or bool(self._patterns)

    def schema(self, name: str) -> Any:
        """What the value of a name has to fit; False where there may be none by it."""
        if not self.may_be_called(name):
            return False
        found = [self._properties[name]] if name in self._properties else []
        found += [schema for pattern, schema in self._patterns.items() if self._accepts({"pattern": pattern}, name)]
        if not found:
            return self._rest
        return found[0] if len(found) == 1 else {"allOf": found}

    def may_be_called(self, name: str) -> bool:
        """Whether a name fits `propertyNames`."""
        return self._name in (True, {}) or self._accepts(self._name, name)

    def names(self) -> Iterator[str]:
        """Names for members that nothing asks for by name, each once."""
        met = set(self._properties)
        for name in self._proposed():
            if name not in met and not is_nothing(self.schema(name)):
                met.add(name)
                yield name

    def _proposed(self) -> Iterator[str]:
        if self._rest is not False:
            yield from (f"key{number}" for number in range(1, _TRIED))
        named = self._name if isinstance(self._name, dict) else {}
        listed = [named["const"]] if "const" in named else named.get("enum", [])
        yield from (name for name in listed if isinstance(name, str))
        patterns = [*self._patterns, *([named["pattern"]] if isinstance(named.get("pattern"), str) else [])]
        least = named.get("minLength", 0)
        for length in range(least, least + _TRIED):
            # What a pattern leaves open is longer each time, so that the names differ.
            yield from (name for pattern in patterns if (name := sample(pattern, shortest=length)) is not None)
        most = named.get("maxLength", _TRIED)
        yield from ("x" * length for length in range(least, min(most, least + _TRIED) + 1))
        for pattern in patterns:
            yield from (name for text in ("a", "b", "1", "2", "A") if (name := _ending(pattern, text)) is not None)


def _ending(pattern: str, text: str) -> str | None:
    """A name with a match that ends in this text, where the pattern leaves its end open."""
    found = sample(pattern)
    return None if found is None or pattern.endswith("$") else f"{found}{text}"
