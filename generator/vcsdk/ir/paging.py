"""Which operations answer a list page by page, and how: from the names and types of parameters and properties alone.

Nothing is guessed.  What can be read in two ways has no pages, and the reason is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from vcsdk.ir.finite import all_fields
from vcsdk.ir.media import is_json, is_stream
from vcsdk.ir.operations import In, Media, Operation, Parameter
from vcsdk.ir.page_answer import Leaf, PageAnswer, plain
from vcsdk.ir.pages import PageSettings, Paging, PagingKind, Path, Unclear
from vcsdk.ir.resolving import resolve
from vcsdk.ir.schemas import Missing, Schema, Struct
from vcsdk.ir.types import Array, Json, Kind, Scalar, Type

LIMITS = ("limit", "pagesize", "perpage", "maxresults", "maxitems")
OFFSETS = ("offset", "skip")
PAGES = ("page", "pagenumber", "pageno")
CURSORS = ("cursor", "pagetoken", "nexttoken", "continuationtoken", "after")
"""The names of parameters that leave no doubt."""

_SIZES = (*LIMITS, "pagelimit", "itemsperpage", "resultsperpage", "maxpagesize")
_LOOSE_SIZES = ("size", "top", "count")
"""Sizes of a page beside its number or offset; alone they may be anything."""
_OFFSETS = (*OFFSETS, "pageoffset")
_PAGES = (*PAGES, "pageindex")
_SURE_CURSORS = (*CURSORS[:-1], "nextcursor", "pagecursor", "nextpagetoken", "marker")
_CURSORS = (*_SURE_CURSORS, "after", "pageafter", "continue")
_NEXT = (
    *("nextcursor", "nextpagetoken", "nexttoken", "nextcontinuationtoken", "nextmarker", "nextpagecursor"),
    "endcursor",
)
_NUMBERS = (*PAGES, "pageindex", "currentpage")
_TOTALS = ("total", "totalcount", "totalitems", "totalelements", "totalresults", "totalrecords", "totalhits")
_PAGE_TOTALS = ("totalpages", "totalpagecount", "lastpage")
_MORE = ("hasmore", "hasnext", "hasnextpage", "hasmorepages", "morepages", "moreresults")
_LAST = ("last", "islast", "islastpage", "lastpage")
_TOLD = frozenset((*_NEXT, *_NUMBERS, *_TOTALS, *_PAGE_TOTALS, *_MORE, *_LAST))
_COUNTS = (Kind.INTEGER, Kind.NUMBER)
_READS = ("GET", "QUERY")


def paging_of(
    operation: Operation, schemas: Mapping[str, Schema], settings: PageSettings | None = None
) -> tuple[Paging | None, str]:
    """The pages of an operation's answer, or None and why; "" where nothing speaks of pages.

    Args:
        operation: What is asked for.
        schemas: All declared schemas by key.
        settings: What the configuration says; what it leaves open is inferred.
    """
    if settings is not None and settings.off:
        return None, ""
    try:
        return _Reading(operation, schemas, settings or PageSettings()).paging(), ""
    except Unclear as reason:
        return None, str(reason)


def page_media(operation: Operation) -> Media | None:
    """The JSON of a success in which a page may stand; None where there is none."""
    content = operation.success.content if operation.success is not None else ()
    if operation.task or any(is_stream(media.content_type) for media in content):
        return None
    return next((media for media in content if is_json(media.content_type) and media.type is not None), None)


def named(
    query: Sequence[Parameter], names: Sequence[str], schemas: Mapping[str, Schema], kinds: Sequence[Kind]
) -> Parameter | None:
    """The one parameter with one of these names, where it is of one of these kinds."""
    found = [p for p in query if plain(p.wire_name) in names]
    return found[0] if len(found) == 1 and _kind(found[0].type, schemas) in kinds else None


class _Reading:
    """One operation, looked at; what the configuration says of it stands before what names and types say."""

    def __init__(self, operation: Operation, schemas: Mapping[str, Schema], settings: PageSettings) -> None:
        self._operation = operation
        self._schemas = schemas
        self._settings = settings
        self._asked = settings != PageSettings()
        self._query = [p for p in operation.parameters if p.location is In.QUERY]

    def paging(self) -> Paging | None:
        """The pages; None where nothing speaks of them.  Raises Unclear."""
        media = page_media(self._operation)
        if media is None or media.type is None or self._operation.method not in (*_READS, "POST"):
            return self._none("it answers no JSON that could be a page")
        answer = PageAnswer(media.type, self._schemas)
        if not self._asked and not self._has_signs(answer):
            return None
        items, item = self._items(answer)
        if item is None:
            return self._none("its answer has no list")
        if not self._asked and not self._asks_for_pages and self._is_thing(answer, items):
            return None
        base = Paging(
            kind=PagingKind.PAGE,
            items=items,
            item=item,
            more=answer.only(_MORE, Kind.BOOLEAN),
            last=answer.only(_LAST, Kind.BOOLEAN),
            short=self._settings.short,
        )
        query = self._choosing(item)
        base = self._sized(base, query)
        found = self._by_cursor(base, query, answer) or self._by_address(base, answer)
        found = found or self._by_link(base) or self._by_count(base, query, answer)
        return found if found is not None else self._none("nothing in it leads to another page")

    def _none(self, reason: str) -> Paging | None:
        if self._asked:
            raise Unclear(reason)
        return None

    def _tries(self, *kinds: PagingKind) -> bool:
        """Whether pages of one of these kinds may be meant."""
        return self._settings.kind is None or self._settings.kind in kinds

    def _has_signs(self, answer: PageAnswer) -> bool:
        reads = self._operation.method in _READS
        return self._asks_for_pages or (reads and (self._has_link or answer.has_address))

    @property
    def _asks_for_pages(self) -> bool:
        """Whether the query has a number, an offset or a cursor of a page."""
        return any(plain(p.wire_name) in (*_PAGES, *_OFFSETS, *_CURSORS) for p in self._query)

    def _is_thing(self, answer: PageAnswer, items: Path) -> bool:
        """Whether the answer is one thing that has a list, and no list: what links lead to from it is no page."""
        if not items:
            return False
        addressed = self._operation.path.endswith("}")
        if not answer.has_address:
            # A size is asked of lists alone; a thing may be behind its name, whatever stands beside its list.
            sized = any(plain(p.wire_name) in _SIZES for p in self._query)
            return not sized and (addressed or not answer.is_only_list(items, _TOLD))
        return addressed and not answer.is_only_list(items, _TOLD)

    @property
    def _has_link(self) -> bool:
        success = self._operation.success
        return success is not None and any(header.wire_name.lower() == "link" for header in success.headers)

    def _items(self, answer: PageAnswer) -> tuple[tuple[str, ...], Type | None]:
        if self._settings.items is None:
            return answer.items()
        found = answer.at(self._settings.items)
        if not isinstance(found, Array):
            raise Unclear(f"`{'.'.join(self._settings.items) or 'its answer'}` is no list")
        return self._settings.items, found.items

    def _choosing(self, item: Type) -> list[Parameter]:
        """The parameters that do not choose among the items by a property of theirs."""
        struct = resolve(item, self._schemas)
        fields = {f.wire_name for f in all_fields(struct, self._schemas)} if isinstance(struct, Struct) else set()
        return [p for p in self._query if p.wire_name not in fields]

    def _parameter(self, name: str) -> Parameter:
        found = next((p for p in self._query if p.wire_name == name), None)
        if found is None:
            raise Unclear(f"it has no parameter `{name}` in its query")
        return found

    def _sized(self, base: Paging, query: list[Parameter]) -> Paging:
        size = named(query, _SIZES, self._schemas, _COUNTS)
        if size is None and any(named(query, names, self._schemas, _COUNTS) for names in (_PAGES, _OFFSETS)):
            size = named(query, _LOOSE_SIZES, self._schemas, _COUNTS)
        if self._settings.size is not None:
            size = self._parameter(self._settings.size)
        return base if size is None else replace(base, size=size.wire_name, full=_whole(size.default))

    def _by_cursor(self, base: Paging, query: list[Parameter], answer: PageAnswer) -> Paging | None:
        settings = self._settings
        if not self._tries(PagingKind.CURSOR) or (settings.kind is None and settings.parameter is not None):
            return None
        kinds = (Kind.STRING, Kind.INTEGER, Kind.UUID)
        cursors = [p for p in query if plain(p.wire_name) in _CURSORS and _kind(p.type, self._schemas) in kinds]
        if settings.parameter is not None:
            cursors = [self._parameter(settings.parameter)]
        leaves = [leaf for leaf in answer.leaves if leaf.is_of(*kinds) and not leaf.is_address]
        pairs = [(p, leaf) for p in cursors for leaf in leaves if _leads_on(leaf, p)]
        if settings.kind is not None and settings.next is not None:
            pairs = [(p, Leaf(settings.next, answer.at(settings.next))) for p in cursors]
        exact = [(p, leaf) for p, leaf in pairs if leaf.name in (f"next{plain(p.wire_name)}", plain(p.wire_name))]
        if len(pairs) > 1 and len(exact) == 1:
            pairs = exact
        if len(pairs) > 1:
            names = " or ".join(dict.fromkeys(leaf.shown for _, leaf in pairs))
            parameters = " or ".join(dict.fromkeys(f"`{p.wire_name}`" for p, _ in pairs))
            raise Unclear(f"the next cursor may be {names} of its answer, for {parameters}")
        if pairs:
            return replace(base, kind=PagingKind.CURSOR, parameter=pairs[0][0].wire_name, next=pairs[0][1].path)
        either = next((leaf for leaf in leaves if leaf.name == "next" and leaf.is_of(Kind.STRING)), None)
        sure = any(plain(p.wire_name) in _SURE_CURSORS for p in cursors)
        if settings.kind is None and sure and either is not None:
            raise Unclear(f"{either.shown} of its answer may be a cursor or an address")
        if settings.kind is not None:
            raise Unclear("nothing in its answer is known for the next cursor")
        return None

    def _by_address(self, base: Paging, answer: PageAnswer) -> Paging | None:
        settings = self._settings
        if not self._tries(PagingKind.NEXT) or (settings.kind is None and settings.parameter is not None):
            return None
        if settings.next is not None:
            answer.at(settings.next)
            return replace(base, kind=PagingKind.NEXT, next=settings.next)
        found = next((leaf for leaf in answer.leaves if leaf.is_address), None)
        if found is not None and (settings.kind is not None or self._operation.method in _READS):
            return replace(base, kind=PagingKind.NEXT, next=found.path)
        if settings.kind is not None:
            raise Unclear("nothing in its answer is known for the next address")
        return None

    def _by_link(self, base: Paging) -> Paging | None:
        settings = self._settings
        if settings.kind is PagingKind.LINK:
            return replace(base, kind=PagingKind.LINK)
        inferred = settings.kind is None and settings.parameter is None and self._operation.method in _READS
        return replace(base, kind=PagingKind.LINK) if inferred and self._has_link else None

    def _by_count(self, base: Paging, query: list[Parameter], answer: PageAnswer) -> Paging | None:
        settings = self._settings
        page = self._counter(query, _PAGES, PagingKind.PAGE)
        offset = self._counter(query, _OFFSETS, PagingKind.OFFSET)
        if page is not None and offset is not None:
            raise Unclear(f"both `{page.wire_name}` and `{offset.wire_name}` count its pages")
        parameter = page or offset
        if parameter is None and settings.kind is not None:
            raise Unclear(f"no parameter of it is known to be a {settings.kind}")
        if parameter is None:
            return None
        if _kind(parameter.type, self._schemas) not in _COUNTS:
            raise Unclear(f"`{parameter.wire_name}` is no number")
        base = replace(base, parameter=parameter.wire_name, total=answer.only(_TOTALS, *_COUNTS))
        pages, number = answer.only(_PAGE_TOTALS, *_COUNTS), answer.only(_NUMBERS, *_COUNTS)
        told = base.total or pages or number or base.more or base.last
        if not base.size and not told and not self._asked:
            return None
        first = settings.first if settings.first is not None else self._first(parameter, is_page=page is not None)
        if page is None:
            return replace(base, kind=PagingKind.OFFSET, first=first or 0)
        if first is None and not parameter.required and not number:
            name = parameter.wire_name
            raise Unclear(f"whether the first page is `{name}=0` or `{name}=1` is not said")
        return replace(base, kind=PagingKind.PAGE, first=first, pages=pages, number=number)

    def _counter(self, query: list[Parameter], names: Sequence[str], kind: PagingKind) -> Parameter | None:
        settings = self._settings
        if not self._tries(kind):
            return None
        if settings.parameter is None:
            return named(query, names, self._schemas, _COUNTS)
        found = self._parameter(settings.parameter)
        if settings.kind is None and plain(found.wire_name) not in (*_PAGES, *_OFFSETS):
            raise Unclear(f"`kind` is missing: what `{found.wire_name}` means is not known")
        return found if settings.kind is not None or plain(found.wire_name) in names else None

    def _first(self, parameter: Parameter, *, is_page: bool) -> int | None:
        first = _whole(parameter.default)
        if first is not None or not is_page:
            return first
        type_ = resolve(parameter.type, self._schemas)
        least = type_.constraints.minimum if isinstance(type_, Scalar) else None
        return int(least) if least in (0, 1) else None


def _leads_on(leaf: Leaf, parameter: Parameter) -> bool:
    """Whether a property is the next value of a parameter; one of the same name is, where it stands in an answer."""
    return leaf.name in _NEXT or leaf.name == plain(parameter.wire_name)


def _whole(value: Json | Missing) -> int | None:
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
    return int(value) if whole and isinstance(value, int | float) else None


def _kind(type_: Type, schemas: Mapping[str, Schema]) -> Kind | None:
    found = resolve(type_, schemas)
    return found.kind if isinstance(found, Scalar) else None
