"""How the pages of a list are asked for, as the description says it or the configuration does."""

from __future__ import annotations

import enum

import msgspec

from vcsdk.ir.types import Type

Path = tuple[str, ...]
"""The names of properties from the answer's value on."""


class PagingKind(enum.StrEnum):
    """What leads to the next page: its number, how many items to pass over, a cursor, or its address.

    The address stands in the body (`next`) or in the header `Link` (`link`).
    """

    PAGE = "page"
    OFFSET = "offset"
    CURSOR = "cursor"
    NEXT = "next"
    LINK = "link"


class Paging(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of an operation's answer, which has `item`s under `items`.

    `parameter` and `size` are names of the query, "" for none.  `first` is the first page or offset, None where only
    the caller or the answer tells; `full` how many items a page has where the call does not say.  `next` leads to the
    next cursor or address; `total`, `pages`, `more`, `last` and `number` to how many items and pages there are, whether
    more follow, whether this is the last, and its number.  `short`: one with fewer items than asked for is the last.
    """

    kind: PagingKind
    items: Path
    item: Type
    parameter: str = ""
    size: str = ""
    first: int | None = None
    full: int | None = None
    next: Path = ()
    total: Path = ()
    pages: Path = ()
    more: Path = ()
    last: Path = ()
    number: Path = ()
    short: bool = False


class PageSettings(msgspec.Struct, frozen=True):
    """What the configuration says of an operation's pages; None leaves it inferred, and `off` says there are none."""

    off: bool = False
    kind: PagingKind | None = None
    parameter: str | None = None
    size: str | None = None
    items: Path | None = None
    next: Path | None = None
    first: int | None = None
    short: bool = False


class Unclear(Exception):
    """What can be read in two ways, or does not fit what the configuration says; the text says why."""
