"""Pages of lists: the facts of an operation that has them, and what its method gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

import msgspec

from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.client.results import result_type
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.emitters.models.structs import is_class
from vcsdk.ir import In, Nullable, Operation, Schema, Struct, Type, Union
from vcsdk.ir.finite import all_fields
from vcsdk.ir.pages import Path
from vcsdk.ir.paging import page_media
from vcsdk.ir.resolving import resolve
from vcsdk.ir.types import Array, Map

_WAYS = ("items", "next", "total", "pages", "more", "last", "number")


class PageClass(msgspec.Struct, frozen=True):
    """A model that is a page: what type checkers know of it beside the model.

    `name` is what it is called in its module; `base` and what is below are spelled there.  `mixins` are the runtime's
    classes with the method `pages`, one for asyncio; () where the model has a property of that name, and `method` is
    another, which gives `gives` or, for asyncio, `async_gives`.
    """

    name: str
    base: str
    mixins: tuple[str, ...] = ()
    method: str = ""
    gives: str = ""
    async_gives: str = ""

    @property
    def async_name(self) -> str:
        """What its twin for asyncio is called."""
        return f"Async{self.name}"


def page_struct(operation: Operation, schemas: Mapping[str, Schema]) -> Struct | None:
    """The model that an operation answers a page as; None where it is a list."""
    found = resolve(page_type(operation), schemas)
    return found if isinstance(found, Struct) and is_class(found, schemas) else None


def page_type(operation: Operation) -> Type:
    """The type of the answer that is a page."""
    media = page_media(operation)
    if media is None or media.type is None:
        raise TypeError(operation.key)
    return media.type


def has_pages(operation: Operation, schemas: Mapping[str, Schema]) -> bool:
    """Whether a method gives pages: what it answers is a list or a model."""
    if operation.paging is None or operation.method == "HEAD":
        return False
    whole = resolve(page_type(operation), schemas)
    return isinstance(whole, Array) or page_struct(operation, schemas) is not None


def page_names(
    operations: Iterable[Operation], schemas: Mapping[str, Schema], taken: Collection[str]
) -> dict[str, str]:
    """What the page class of each operation is called in a module whose names are `taken`; one for equal pages."""
    names: dict[tuple[str, Type], str] = {}
    found = {}
    for operation in operations:
        struct = page_struct(operation, schemas) if has_pages(operation, schemas) else None
        if struct is None or operation.paging is None:
            continue
        page = (struct.key, operation.paging.item)
        if page not in names:
            name = f"{identifier(struct.name)}Page"
            used = {*taken, *names.values(), *(f"Async{each}" for each in names.values())}
            while name in used or f"Async{name}" in used:
                name += "_"
            names[page] = name
        found[operation.key] = names[page]
    return found


def page_classes(operations: Iterable[Operation], names: Mapping[str, str], types: Annotator) -> tuple[PageClass, ...]:
    """The page classes of a module, each once."""
    found = {}
    for operation in operations:
        name, paging = names.get(operation.key), operation.paging
        struct = page_struct(operation, types.schemas) if name is not None else None
        if name is None or paging is None or struct is None or name in found:
            continue
        fields = {identifier(field.name) for field in all_fields(struct, types.schemas)}
        if struct.additional is not None:
            fields.add(identifier(struct.additional_name))
        method = "pages"
        while method in fields:
            method += "_"
        base, item = types.schema(struct.key), types.spell(paging.item)
        if method == "pages":
            mixins = tuple(f"{types.runtime(mixin)}[{item}]" for mixin in ("Paged", "AsyncPaged"))
            found[name] = PageClass(name, base, mixins)
        else:
            self_ = types.use("typing", "Self")
            gives, async_gives = (f"{types.runtime(each)}[{item}, {self_}]" for each in ("Pages", "AsyncPages"))
            found[name] = PageClass(name, base, method=method, gives=gives, async_gives=async_gives)
    return tuple(found.values())


def paged_returns(operation: Operation, types: Annotator, names: Mapping[str, str] | None) -> tuple[str, str]:
    """What the method gives, and what its asynchronous twin does.

    With `names` in a module that has these page classes; without as people say it: `Paged[ResourceList, Resource]`,
    which is a `ResourceList`.
    """
    paging, result = operation.paging, result_type(operation)
    if paging is None or result is None:
        raise TypeError(operation.key)
    whole, item = page_type(operation), types.spell(paging.item)
    members = result.members if isinstance(result, Union) else (result,)
    if names is None:
        spelled = _joined(members, whole, types, lambda bare: f"Paged[{types.spell(bare)}, {item}]")
        return spelled, spelled
    name = names.get(operation.key)
    if name is not None:
        sync, asynchronous = name, f"Async{name}"
    else:
        sync, asynchronous = (f"{types.runtime(prefix + 'PagedList')}[{item}]" for prefix in ("", "Async"))
    awaited = _joined(members, whole, types, lambda _: asynchronous)
    call = f"{types.runtime('PagedCall')}[{item}, {awaited}]"
    return _joined(members, whole, types, lambda _: sync), call


def paging_facts(operation: Operation, types: Annotator) -> str:
    """The `Paging(…)` of an operation's constant."""
    paging = operation.paging
    if paging is None:
        raise TypeError(operation.key)
    arguments = {p.wire_name: p.name for p in operation.parameters if p.location is In.QUERY}
    rows = [python_literal(paging.kind.value)]
    for name in _WAYS:
        path: Path = getattr(paging, name)
        if path:
            way = _attributes(page_type(operation), path, types.schemas)
            comma = "," if len(way) == 1 else ""
            rows.append(f"{name}=({', '.join(map(python_literal, way))}{comma})")
    if paging.parameter:
        rows.append(f"parameter={python_literal(arguments[paging.parameter])}")
    if paging.size:
        rows.append(f"size={python_literal(arguments[paging.size])}")
    rows += [f"{name}={value}" for name in ("first", "full") if (value := getattr(paging, name)) is not None]
    rows += ["short=True"] if paging.short else []
    return f"{types.runtime('Paging')}({', '.join(['kind=' + rows[0], *rows[1:]])})"


def _joined(members: Iterable[Type], whole: Type, types: Annotator, page: Callable[[Type], str]) -> str:
    """The members of a result as one annotation, the page among them spelled as a page; null stands last."""
    spelled: list[str] = []
    for member in members:
        if member != whole:
            spelled.append(types.spell(member))
            continue
        spelled.append(page(_bare(member)))
        if types.accepts_none(member):
            spelled.append("None")
    parts = [each for each in dict.fromkeys(spelled) if each != "None"]
    return " | ".join([*parts, *(["None"] if "None" in spelled else [])])


def _bare(type_: Type) -> Type:
    """A type without null."""
    return type_.type if isinstance(type_, Nullable) else type_


def _attributes(whole: Type, path: Path, schemas: Mapping[str, Schema]) -> Path:
    """A way through a value: attributes of models, and keys of what is none."""
    found = []
    current: Type | Schema = resolve(whole, schemas)
    for name in path:
        inner: Type | None = None
        shown = name
        if isinstance(current, Struct):
            field = next((each for each in all_fields(current, schemas) if each.wire_name == name), None)
            if field is not None:
                inner = field.type
                shown = identifier(field.name) if is_class(current, schemas) else name
            else:
                inner = current.additional
        elif isinstance(current, Map):
            inner = current.values
        found.append(shown)
        current = resolve(inner, schemas) if inner is not None else current
    return tuple(found)
