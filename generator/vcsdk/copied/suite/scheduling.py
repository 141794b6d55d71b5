"""How pytest-xdist hands out tests one by one, in work that grows with their number and not with its square.

Its scheduler for groups looks through everything that it has handed out with each test that ends, and through all tests
with each that it hands out: of 20,000 tests that took longer than the requests of a run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, SupportsIndex


class Collection(list[str]):
    """The ids of the tests that a worker has collected; where one stands is looked up."""

    def __init__(self, ids: Sequence[str]) -> None:
        super().__init__(ids)
        self._places: dict[str, int] = {}
        for place, each in enumerate(ids):
            self._places.setdefault(each, place)

    def index(self, value: str, *bounds: SupportsIndex) -> int:
        """As of any list.

        Raises:
            ValueError: It is not in the list.
        """
        place = self._places.get(value)
        return super().index(value, *bounds) if bounds or place is None else place


class Scheduling:
    """Another scheduler of pytest-xdist, for groups, that forgets what has ended."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        """Whatever is not changed here."""
        return getattr(self._inner, name)

    def add_node_collection(self, node: Any, collection: Sequence[str]) -> None:
        """Keep what a worker has collected so that it is found."""
        self._inner.add_node_collection(node, collection)
        collections = self._inner.registered_collections
        if node in collections:
            collections[node] = Collection(collections[node])

    def mark_test_complete(self, node: Any, item_index: int, duration: float = 0) -> None:
        """Forget the group once all of it has ended."""
        self._inner.mark_test_complete(node, item_index, duration)
        work: dict[str, dict[str, bool]] = self._inner.assigned_work[node]
        ended = [group for group, tests in work.items() if all(tests.values())]
        for group in ended:
            del work[group]
