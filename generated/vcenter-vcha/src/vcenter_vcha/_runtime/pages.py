"""Pages of lists: what a method gives that answers one, and the ways through those behind it.

A page is what the method gives anyway, a list or a model, of a class derived from its own, with the method `pages`.
Nothing is imported here that only a walk needs: modules of resources name these classes.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

if TYPE_CHECKING:
    from .call import Caller
    from .drive_async import AsyncDriver
    from .drive_sync import SyncDriver
    from .operation import Paging
    from .paging import Fetched, Walk
    from .settings import Timeout

Item = TypeVar("Item")
Page = TypeVar("Page")
Item_co = TypeVar("Item_co", covariant=True)
Page_co = TypeVar("Page_co", covariant=True)


class Place:
    """Where a page stands: what it answers, and who asked and how; shown nowhere, for it may hold a key."""

    __slots__ = ("caller", "driver", "fetched", "timeout")

    def __init__(self, fetched: Fetched, caller: Caller, driver: Any, timeout: Timeout | None) -> None:
        self.fetched: Fetched = fetched
        self.caller: Caller = caller
        self.driver: Any = driver
        self.timeout: Timeout | None = timeout

    def __repr__(self) -> str:
        return "<Place>"


class Paged(Generic[Item]):
    """A page of a list."""

    __slots__ = ()

    def pages(self, *, max_pages: int | None = None) -> Pages[Item, Self]:
        """Go through it and all pages behind it: by items, or with `by_page()` by pages.

        A page is asked for when the one before it is used up, with the arguments, settings and repetitions of the call
        that gave this one, which is not asked for again.

        Args:
            max_pages: How many pages there may be, this one included; None for any number.

        Raises:
            ArgumentError: The number is none, or this page was not answered by a server.
        """
        return Pages(self, _bound(self, max_pages))


class AsyncPaged(Generic[Item]):
    """A page of a list, for asyncio."""

    __slots__ = ()

    def pages(self, *, max_pages: int | None = None) -> AsyncPages[Item, Self]:
        """Go through it and all pages behind it with `async for`; see `Paged.pages`."""
        bound = _bound(self, max_pages)

        async def first() -> Self:
            return self

        return AsyncPages(first, bound)


class PagedList(list[Item], Paged[Item]):
    """A list that is a page of a longer one."""

    __slots__ = ("__page__",)

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)  # the client stays behind


class AsyncPagedList(list[Item], AsyncPaged[Item]):
    """A list that is a page of a longer one, for asyncio."""

    __slots__ = ("__page__",)

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)


class Pages(Generic[Item_co, Page_co]):
    """The items of a list, page by page.  Each `for` begins at the first page, which is there already."""

    def __init__(self, first: Page_co, bound: int | None) -> None:
        self._first = first
        self._bound = bound

    def __iter__(self) -> Iterator[Item_co]:
        for page in self.by_page():
            yield from _items(page)

    def by_page(self) -> Iterator[Page_co]:
        """The pages as the method gives them, with all that stands in them beside the items.

        Raises:
            PagingError: A page does not lead to the next one.
        """
        page, count = self._first, 1
        yield page
        place = _place(page)
        if place is None:
            return
        walk = _walk(place, page)
        while self._bound is None or count < self._bound:
            wanted = walk.after(place.fetched, page)
            if wanted is None:
                return
            page = fetch(place.caller, place.driver, wanted, place.timeout)
            count += 1
            yield page
            following = _place(page)
            if following is None:
                return
            place = following


class AsyncPages(Generic[Item_co, Page_co]):
    """The items of a list, page by page, for asyncio.  The first page is asked for once."""

    def __init__(self, first: Callable[[], Awaitable[Page_co]], bound: int | None) -> None:
        self._first = first
        self._bound = bound

    async def __aiter__(self) -> AsyncIterator[Item_co]:
        async for page in self.by_page():
            for item in _items(page):
                yield item

    async def by_page(self) -> AsyncIterator[Page_co]:
        """The pages as the method gives them; see `Pages.by_page`."""
        page, count = await self._first(), 1
        yield page
        place = _place(page)
        if place is None:
            return
        walk = _walk(place, page)
        while self._bound is None or count < self._bound:
            wanted = walk.after(place.fetched, page)
            if wanted is None:
                return
            page = await afetch(place.caller, place.driver, wanted, place.timeout)
            count += 1
            yield page
            following = _place(page)
            if following is None:
                return
            place = following


class PagedCall(Coroutine[Any, Any, Page], Generic[Item, Page]):
    """A call that is awaited for a page of a list, or whose `pages` are walked through without that.

    It is a coroutine to asyncio, and nothing is sent before it is awaited.
    """

    __slots__ = ("_page", "_running", "_start")

    def __init__(self, start: Callable[[], Coroutine[Any, Any, Page]]) -> None:
        self._start = start
        self._running: Coroutine[Any, Any, Page] | None = None
        self._page: list[Page] = []

    def pages(self, *, max_pages: int | None = None) -> AsyncPages[Item, Page]:
        """Go through it and all pages behind it with `async for`: by items, or with `by_page()` by pages.

        A page is asked for when the one before it is used up, with the arguments, settings and repetitions of the call.

        Args:
            max_pages: How many pages there may be; None for any number.

        Raises:
            ArgumentError: The number is none.
        """
        return AsyncPages(self._first, _checked(max_pages))

    async def _first(self) -> Page:
        if self._page:
            return self._page[0]
        # One that failed is made again: no coroutine is awaited twice.
        return await (self if self._running is None else self._run())

    async def _run(self) -> Page:
        page = await self._start()
        self._page.append(page)
        return page

    def _coroutine(self) -> Coroutine[Any, Any, Page]:
        if self._running is None:
            self._running = self._run()
        return self._running

    def __await__(self) -> Generator[Any, Any, Page]:
        return self._coroutine().__await__()

    def send(self, value: Any) -> Any:
        """As a coroutine's."""
        return self._coroutine().send(value)

    def throw(self, *error: Any) -> Any:
        """As a coroutine's."""
        return self._coroutine().throw(*error)

    def close(self) -> None:
        """As a coroutine's; one that was not awaited sends nothing."""
        if self._running is not None:
            self._running.close()

    def __repr__(self) -> str:
        return "<PagedCall>"


def fetch(caller: Caller, driver: SyncDriver, wanted: Fetched, timeout: Timeout | None) -> Any:
    """A page.  What is answered and is neither a list nor a model is none, and comes as it is."""
    from .page_flow import fetching

    value, fetched = driver.run(fetching(caller, wanted, timeout))
    return _page(value, Place(fetched, caller, driver, timeout), PagedList, Paged)


async def afetch(caller: Caller, driver: AsyncDriver, wanted: Fetched, timeout: Timeout | None) -> Any:
    """The same for asyncio."""
    from .page_flow import fetching

    value, fetched = await driver.run(fetching(caller, wanted, timeout))
    return _page(value, Place(fetched, caller, driver, timeout), AsyncPagedList, AsyncPaged)


_classes: dict[tuple[type, type], type] = {}


def _page(value: Any, place: Place, of_list: type, mixin: type) -> Any:
    if type(value) is list:
        page: Any = of_list(value)
        page.__page__ = place
        return page
    if hasattr(value, "__known__"):  # an open model
        page = object.__new__(_class(type(value), mixin))
        object.__setattr__(page, "_values", value._values)
        object.__setattr__(page, "__page__", place)
        return page
    if not hasattr(type(value), "__struct_fields__"):
        return value
    names = value.__struct_fields__
    page = _class(type(value), mixin)(**{name: getattr(value, name) for name in names})
    page.__page__ = place
    return page


def _class(base: Any, mixin: Any) -> Any:
    """A class that is the base's to whoever compares, prints, copies or pickles, and has pages."""
    known = _classes.get((base, mixin))
    if known is not None:
        return known
    own = {"__module__": base.__module__, "__qualname__": base.__qualname__, "__doc__": base.__doc__}
    more: dict[str, Any] = {"__reduce__": _reduce, "__eq__": _equal, "__ne__": _unequal, "__hash__": None}
    name = "pages"
    fields = getattr(base, "__known__", base).__struct_fields__
    while name in fields:
        name += "_"
    more[name] = mixin.pages
    bases = (base, mixin)
    if hasattr(base, "__known__"):  # an open model, whose metaclass would make a struct of it
        made = type.__new__(type(base), base.__name__, bases, {**own, **more})
    else:
        made = type(base)(base.__name__, bases, {**own, **more}, dict=True)
    return _classes.setdefault((base, mixin), made)


def _plain(value: Any) -> Any:
    """A page as a value of its own class."""
    if _place(value) is None:
        return value
    base = type(value).__bases__[0]
    if hasattr(base, "__known__"):
        plain: Any = object.__new__(base)
        object.__setattr__(plain, "_values", value._values)
        return plain
    return base(**{name: getattr(value, name) for name in value.__struct_fields__})


def _reduce(self: Any) -> Any:
    return _plain(self).__reduce__()


def _equal(self: Any, other: object) -> Any:
    return _plain(self) == _plain(other)


def _unequal(self: Any, other: object) -> Any:
    return _plain(self) != _plain(other)


def _place(page: Any) -> Place | None:
    found = getattr(page, "__page__", None)
    return found if isinstance(found, Place) else None


def _paging(place: Place) -> Paging:
    paging = place.fetched.prepared.operation.paging
    assert paging is not None  # noqa: S101  the page is one
    return paging


def _items(page: Any) -> list[Any]:
    place = _place(page)
    if place is None:
        return []
    from .paging import items_of

    return items_of(_paging(place), page)


def _walk(place: Place, page: Any) -> Walk:
    from .paging import Walk

    return Walk(place.caller.facts, place.caller.line.bases, _paging(place), place.fetched, page)


def _bound(page: Any, max_pages: int | None) -> int | None:
    from .errors import ArgumentError

    if _place(page) is None:
        raise ArgumentError("pages: this page was made and not answered, so that nothing leads on from it")
    return _checked(max_pages)


def _checked(max_pages: int | None) -> int | None:
    from .errors import ArgumentError

    if max_pages is not None and (not isinstance(max_pages, int) or isinstance(max_pages, bool) or max_pages < 1):
        raise ArgumentError("max_pages: expected a whole number from 1 on, or None")
    return max_pages
