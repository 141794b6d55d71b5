"""What a description says of an operation that lists things."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Listing:
    """An operation that lists things.

    `items` is where its answer has them, `key` the property that tells them apart. `limit`, `offset`, `page` and
    `cursor` name the parameters for pages, "" for none; `sizes` are the limits that are allowed (0 for any), `first`
    the number of the first page (-1 if nobody knows), `next` where an answer has the next cursor. `filters` are
    parameters with the property that they choose by, `orders` queries with the property that they order by and `up`,
    `down` or "" for either; a property is where an item has it. `life` is the name of the life whose things they are,
    "" where the suite makes none. `choices` are the listed values of filters that the property may have, too. `linked`
    says that the header `Link` of an answer leads to the next page.
    """

    operation: str
    items: tuple[str, ...] = ()
    key: str = ""
    limit: str = ""
    sizes: tuple[int, int] = (0, 0)
    offset: str = ""
    page: str = ""
    first: int = -1
    cursor: str = ""
    next: tuple[str, ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    orders: tuple[tuple[str, tuple[str, ...], str], ...] = ()
    life: str = ""
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    linked: bool = False

    @property
    def size(self) -> int:
        """The smallest page that may be asked for."""
        return max(self.sizes[0], 1)
