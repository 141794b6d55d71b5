"""What clients wrote where no identifier stands: the settings of an API, or of one of its resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vcsdk.ir import Operation
from vcsdk.simulator.kinds import Does
from vcsdk.simulator.properties import is_stepwise, patched, stepped
from vcsdk.simulator.representation import Representation

LARGEST_NUMBER = 1000
"""How many settings are kept; beyond it, the one that was written first goes."""

Context = Mapping[str, str]
_Key = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class _Written:
    """A value; with `described`, only what differs from what the description shows."""

    value: Any
    described: bool


class Settings:
    """The settings by their place: the operation that reads them, and the resources that its path names by kind."""

    def __init__(self, show: Representation) -> None:
        self._show = show
        self._written: dict[_Key, _Written] = {}

    def clear(self) -> None:
        """Back to what the description shows."""
        self._written.clear()

    def forget(self, kind: str, identifier: str) -> None:
        """Forget the settings of a resource that is gone."""
        gone = [key for key in self._written if (kind, identifier) in key[1]]
        for key in gone:
            del self._written[key]

    def write(self, reader: Operation, context: Context, does: Does, body: Any) -> None:
        """Keep what a body says, as far as the reading operation can show it."""
        key = _key(reader, context)
        before = self._written.pop(key, _Written({}, described=True))
        if does is Does.DELETE:
            return
        if does is Does.UPDATE and is_stepwise(body) and isinstance(before.value, Mapping):
            self._written[key] = _Written(stepped(before.value, body), before.described)
            return
        said = self._said(reader, body)
        if does is Does.UPDATE and isinstance(said, Mapping):
            self._written[key] = _Written(patched(before.value, said), before.described)
        else:
            self._written[key] = _Written(said, described=False)
        if len(self._written) > LARGEST_NUMBER:
            del self._written[next(iter(self._written))]

    def shown(self, reader: Operation, context: Context, described: Any) -> Any:
        """The value that the reading operation answers; `described` is what the description alone would."""
        written = self._written.get(_key(reader, context))
        schema = self._show.schema(reader)
        if written is None or schema is None:
            return described
        return self._show.setting(written.value, schema, described, whole=not written.described)

    def _said(self, reader: Operation, body: Any) -> Any:
        """What a body says: itself, or its only member where that is a specification or the value itself."""
        known = self._show.properties(reader)
        if isinstance(body, Mapping) and len(body) == 1 and not known.keys() & body.keys():
            (inner,) = body.values()
            return inner
        return body


def _key(reader: Operation, context: Context) -> _Key:
    return reader.key, tuple(sorted(context.items()))
