"""Views that two emitters need, made once: the code and `surface.txt` show the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from vcsdk.ir import Api

V = TypeVar("V")


class Memo:
    """Values by key for the API they were last made of; another API empties it."""

    def __init__(self) -> None:
        self._api: Api | None = None
        self._values: dict[Hashable, object] = {}

    def get(self, api: Api, key: Hashable, make: Callable[[], V]) -> V:
        """The value made before of this very API under this key, else what `make` gives."""
        if self._api is not api:
            self._api, self._values = api, {}
        if key not in self._values:
            self._values[key] = make()
        value: V = self._values[key]  # type: ignore[assignment]  # one key, one type of value
        return value
