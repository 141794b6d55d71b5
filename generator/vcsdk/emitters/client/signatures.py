"""The signatures of methods: what each parameter takes, and what is given back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from vcsdk.emitters.annotations import Annotator
from vcsdk.emitters.client.givens import widened
from vcsdk.emitters.client.paging import has_pages, paged_returns
from vcsdk.emitters.client.results import result_type, streams, without_task
from vcsdk.emitters.filters import identifier, python_literal
from vcsdk.ir import ANY, Argument, Array, Kind, Map, Media, Nullable, Operation, Ref, Scalar, Struct, Type, Union
from vcsdk.ir.finite import all_fields
from vcsdk.ir.media import MERGE_PATCH, MULTIPART, TEXT, essence, is_event_stream, is_raw, sent
from vcsdk.ir.unions import flatten, json_kind


class Keyword(msgspec.Struct, frozen=True):
    """A parameter of a method; `default` is None where it has to be given.

    `declared` is the annotation of the declared type alone, where the method takes more.  It can be given by keyword,
    and `by_place` too.
    """

    name: str
    annotation: str
    default: str | None = None
    declared: str = ""
    by_place: bool = False

    @property
    def source(self) -> str:
        """The parameter as a signature has it."""
        default = f" = {self.default}" if self.default is not None else ""
        return f"{self.name}: {self.annotation}{default}"


class Signatures(msgspec.Struct, frozen=True):
    """Writes signatures in the spelling of `types`: that of a module, or the plain one.

    `twins` are the operations that answer at once, by what they share with the one that starts a task.  `pages` are the
    page classes of the module by operation key, None in the plain spelling, which has declared types alone.
    """

    types: Annotator
    twins: Mapping[tuple[object, ...], Operation]
    pages: Mapping[str, str] | None = None

    def result(self, operation: Operation) -> Type | None:
        """What the method gives back, or what its task does: the type of the twin that answers at once."""
        if operation.task:
            twin = self.twins.get(without_task(operation))
            return result_type(twin) if twin is not None else None
        return result_type(operation)

    def returns(self, operation: Operation) -> tuple[str, str]:
        """What the method returns, and what its asynchronous twin does once it is awaited.

        Where there are pages, the twin in a module gives what is awaited, and is no coroutine function.
        """
        # A local variable is declared so, too, among arguments that may be called `str` or `date`.
        arguments = {identifier(argument.name) for argument in operation.arguments}
        types = self.types.within({*self.types.shadowed, *arguments})
        if self.is_paged(operation):
            return paged_returns(operation, types, self.pages)
        result = self.result(operation)
        spelled = types.spell(result) if result is not None else "None"
        if not operation.task:
            found = streams(operation)
            both = [[_stream(types, media, prefix) for media in found] for prefix in ("", "Async")]
            rest = [spelled] if result is not None or not found else []
            sync, asynchronous = (" | ".join(dict.fromkeys([*streamed, *rest])) for streamed in both)
            return sync, asynchronous
        return f"{types.runtime('Task')}[{spelled}]", f"{types.runtime('AsyncTask')}[{spelled}]"

    def is_paged(self, operation: Operation) -> bool:
        """Whether what the method gives has pages."""
        return has_pages(operation, self.types.schemas)

    def keywords(self, operation: Operation, *, asynchronous: bool = False) -> Iterator[Keyword]:
        """The operation's arguments, those of the path first, then `timeout`."""
        for argument in operation.arguments:
            declared, default = self._argument(operation, argument, asynchronous=asynchronous)
            annotation = declared
            if self.pages is not None and argument.source != "content-type":
                annotation = widened(declared, argument.type, self.types)
            told = declared if annotation != declared else ""
            by_place = argument.source == "path" and default is None
            yield Keyword(identifier(argument.name), annotation, default, told, by_place)
        yield Keyword("timeout", f"{self.types.builtin('float')} | None", "None")

    def is_file(self, operation: Operation, argument: Argument) -> bool:
        """True for a file of a multipart form, or a list of files."""
        if argument.source != "field" or operation.body is None or not self._files(argument.type):
            return False
        return any(essence(media.content_type) == MULTIPART for media in operation.body.content)

    def _argument(self, operation: Operation, argument: Argument, *, asynchronous: bool) -> tuple[str, str | None]:
        if argument.source == "content-type" and operation.body is not None:
            offered = ", ".join(python_literal(media.content_type) for media in sent(operation.body))
            return f"{self.types.use('typing', 'Literal')}[{offered}]", python_literal(argument.default)
        special = self._raw(operation, argument, asynchronous=asynchronous)
        if special:
            return (special, None) if argument.required else (f"{special} | None", "None")
        if argument.source in ("field", "body") and is_merge_patch(operation):
            return self._patched(argument)
        if argument.source == "body" and self._holds_files(operation, argument.type):
            # A model holds bytes; what is read piece by piece, or has a name, stands in a dict.
            given = Union((argument.type, Map(ANY)))
            return (self.types.spell(given), None) if argument.required else self.types.absent(given)
        if argument.required:
            return self.types.spell(argument.type), None
        if argument.source in ("field", "body"):
            return self.types.absent(argument.type)
        return self.types.optional(argument.type), "None"

    def _raw(self, operation: Operation, argument: Argument, *, asynchronous: bool) -> str:
        """The annotation of what is sent piece by piece: a raw body or a file of a form; "" for anything else."""
        offered = sent(operation.body) if operation.body is not None and argument.source == "body" else ()
        if any(is_raw(media.content_type) for media in offered):
            content = self.types.runtime("AsyncContent" if asynchronous else "Content")
            spelled = [
                content if is_raw(media.content_type) else self.types.spell(media.type or ANY) for media in offered
            ]
            if any(media.type == TEXT and is_raw(media.content_type) for media in offered):
                spelled.append(self.types.builtin("str"))
            return " | ".join(dict.fromkeys(spelled))
        if self.is_file(operation, argument):
            part = self.types.runtime("FilePart")
            several = isinstance(self._bare(argument.type), Array)
            return f"{self.types.builtin('list')}[{part}]" if several else part
        return ""

    def _patched(self, argument: Argument) -> tuple[str, str | None]:
        """RFC 7396: null takes a property away, whatever the schema says of its values; in a model none can stand."""
        type_ = Union((argument.type, Map(ANY))) if self._is_object(argument.type) else argument.type
        if argument.required:
            return self.types.spell(type_), None
        return self.types.absent(Nullable(type_) if argument.source == "field" else type_)

    def _is_object(self, type_: Type) -> bool:
        members = flatten(type_, self.types.schemas)
        return any(isinstance(m, Ref) and json_kind(m, self.types.schemas) == "object" for m in members)

    def _holds_files(self, operation: Operation, type_: Type) -> bool:
        """True for a whole form with files among its fields."""
        if operation.body is None or all(essence(media.content_type) != MULTIPART for media in operation.body.content):
            return False
        bare = self._bare(type_)
        struct = self.types.schemas.get(bare.key) if isinstance(bare, Ref) else None
        if not isinstance(struct, Struct):
            return isinstance(bare, Map) and self._files(bare.values)
        fields = [field.type for field in all_fields(struct, self.types.schemas)]
        return any(map(self._files, [*fields, *([] if struct.additional is None else [struct.additional])]))

    def _files(self, type_: Type) -> bool:
        inner = self._bare(type_)
        inner = self._bare(inner.items) if isinstance(inner, Array) else inner
        return isinstance(inner, Scalar) and inner.kind is Kind.BINARY

    def _bare(self, type_: Type) -> Type:
        """The type without null and without names."""
        found = [member for member in flatten(type_, self.types.schemas) if member != Scalar(Kind.NULL)]
        return found[0] if len(found) == 1 else type_


def is_merge_patch(operation: Operation) -> bool:
    """True for an operation that can send a JSON Merge Patch (RFC 7396)."""
    return operation.body is not None and any(
        essence(media.content_type) == MERGE_PATCH for media in operation.body.content
    )


def _stream(types: Annotator, media: Media, prefix: str) -> str:
    name = "EventStream" if is_event_stream(media.content_type) else "ItemStream"
    return f"{types.runtime(prefix + name)}[{types.spell(media.type if media.type is not None else ANY)}]"
