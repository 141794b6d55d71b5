"""Holds the emitted text to the description: what was declared and what really stands in the files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from typing import Any

import msgspec

from vcsdk import parallel
from vcsdk.diagnostics import Diagnostic, Diagnostics, Level
from vcsdk.emitters import reuse, usable
from vcsdk.emitters.file import File
from vcsdk.emitters.tried import Tried
from vcsdk.emitters.untyped import Untyped, untyped
from vcsdk.ir import Operation
from vcsdk.load import Document
from vcsdk.load.extensions import entries
from vcsdk.load.grammar import operations_in
from vcsdk.load.omission import Omission
from vcsdk.load.pointer import escape, join
from vcsdk.pipeline import Described

_KEYWORD_RULES = frozenset(("unchecked-keyword", "unchecked-pattern", "unchecked-bound", "unsupported-part"))
_NO_BODY = "does one exist? an example in the description is taken where it fits"
_ENTRY = re.compile(r"^class (\w+)\b|^    (?:async )?def (\w+)\(", re.MULTILINE)
_SYMBOL = re.compile(r"^class (\w+)\b|^(?:    )?(\w+): TypeAlias = |^(\w+) = ", re.MULTILINE)
_CONSTANT = re.compile(r"^\w+ = Operation\((.*?)^\)", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"""^\s*name=(["'])([\w.]+)\1,""", re.MULTILINE)
_ANSWERS = re.compile(r"^\s*answers=\{.*", re.MULTILINE | re.DOTALL)
_STATUS = re.compile(r"""(["'])(\d\d\d|\dXX|default)\1:""")


class Tally(msgspec.Struct, frozen=True):
    """How many there are in the description, and how many of them in the output."""

    declared: int
    emitted: int

    def as_dict(self) -> dict[str, int]:
        """The form reports carry."""
        return {"declared": self.declared, "emitted": self.emitted}


class Completeness(msgspec.Struct, frozen=True):
    """Operations, their documented answers, and the schemas under `components.schemas`.

    What the configuration skips does not count as declared; `left_out` is what was left out besides.  `unusable` counts
    what stands in the output, but cannot be imported, decoded or annotated.  `untyped` may be anything in the output
    although the description says more, and `unchecked` counts the keywords that the models do not check.
    """

    operations: Tally
    responses: Tally
    schemas: Tally
    left_out: tuple[Omission, ...] = ()
    unusable: int = 0
    untyped: tuple[Untyped, ...] = ()
    unchecked: int = 0

    @property
    def complete(self) -> bool:
        """True if everything declared was emitted, and can be used."""
        tallies = (self.operations, self.responses, self.schemas)
        return not self.left_out and not self.unusable and all(tally.declared == tally.emitted for tally in tallies)


def account(described: Described, files: Sequence[File], diagnostics: Diagnostics) -> Completeness:
    """Count what was declared, independently of the IR, and find each thing again in the emitted client package.

    What is missing is added to `diagnostics` as an error `not-emitted`, what cannot be used as `not-usable`, and a
    body of which contract tests send none as a warning `no-fitting-body`.
    """
    with accounting(described, files, beside=False) as counted:
        return counted(files, diagnostics)


@contextmanager
def accounting(
    described: Described, client: Sequence[File], *, beside: bool = True
) -> Iterator[Callable[[Sequence[File], Diagnostics], Completeness]]:
    """The same, begun with what the client's emitters made; the block gets what ends it with all files.

    `beside` uses the package in another process while the block goes on, where there is a core for it.
    """
    texts = _Output(described, client).texts
    known = _known(described, texts)
    needed, only = (known.needed, known.anew) if known is not None else (texts, None)
    with _tried(needed, only, len(described.api.operations), beside=beside) as tried:

        def counted(files: Sequence[File], diagnostics: Diagnostics) -> Completeness:
            output = _Output(described, files)

            def broken() -> list[usable.Unusable]:
                # What is written counts, whatever was said to be made.
                if output.texts != texts:
                    return usable.of_texts(output.texts)
                found = tried()
                if known is not None and not found:
                    known.remember()
                return found

            return _counted(described, output, broken, files, diagnostics)

        yield counted


def _known(described: Described, texts: Mapping[str, str]) -> Tried | None:
    """What an earlier run tried of the same package; None where trying everything takes no longer than looking."""
    if not reuse.worthwhile(described.api):
        return None
    return Tried(reuse.kept_under(described.document.sources, described.config), texts)


def _tried(
    texts: Mapping[str, str], only: Collection[str] | None, operations: int, *, beside: bool
) -> AbstractContextManager[Callable[[], list[usable.Unusable]]]:
    if only is not None and not only:
        return nullcontext(list)
    if beside and parallel.worthwhile(operations):
        return usable.tried_apart(texts, only)
    return parallel.beside(lambda: usable.of_texts(texts, only), beside and parallel.possible(), usable.ended)


def _counted(
    described: Described,
    output: _Output,
    broken: Callable[[], Sequence[usable.Unusable]],
    files: Sequence[File],
    diagnostics: Diagnostics,
) -> Completeness:
    document = described.document

    def missing(message: str, pointer: str) -> None:
        hint = "this is a mistake of the toolkit; please report it with the description"
        diagnostics.add(document.diagnose(Level.ERROR, "not-emitted", message, pointer, hint))

    built = {(o.path, o.method, o.key.removeprefix("#")): o for o in described.api.operations}
    operations = responses = emitted_operations = emitted_responses = 0
    for path, method, pointer, node in declared_operations(document):
        statuses = [status for status, _ in entries(node.get("responses"))]
        operations += 1
        responses += len(statuses)
        operation = built.get((path, method, pointer))
        if operation is None or not output.has_method(operation):
            missing(f"{method} {path} has no method in the output", pointer)
        else:
            emitted_operations += 1
        answers = output.answers(operation) if operation is not None else frozenset()
        for status in statuses:
            if status in answers:
                emitted_responses += 1
            else:
                missing(f"the answer {status} of {method} {path} is not in the output", pointer)
    schemas = document.data.get("components", {}).get("schemas", {})
    emitted_schemas = 0
    for key in schemas:
        pointer = f"/components/schemas/{escape(key)}"
        if output.has_symbol(f"#{pointer}"):
            emitted_schemas += 1
        else:
            missing(f"the schema `{key}` is not in the output", pointer)
    # Counting goes on while the package is tried.
    unusable = broken()
    for module, name, said in unusable:
        part = ".".join(filter(None, (module, name)))
        message = f"{f'`{part}` of the output' if part else 'the package'} cannot be used: {said}"
        hint = "this is a mistake of the toolkit; please report it with the description"
        place = output.pointer(module, name)
        diagnostics.add(document.diagnose(Level.ERROR, "not-usable", message, place, hint))
    unsent = {key for file in files for key in file.unsent}
    for operation in described.api.operations:
        if operation.key in unsent:
            message = f"no body that fits the schema was found for `{operation.python_path}`: contract tests send none"
            place = operation.key.removeprefix("#")
            diagnostics.add(document.diagnose(Level.WARNING, "no-fitting-body", message, place, _NO_BODY))
    left_out = document.left_out
    kinds = Counter(omission.kind for omission in left_out)
    return Completeness(
        Tally(operations + kinds["operation"], emitted_operations),
        Tally(responses + sum(omission.answers for omission in left_out), emitted_responses),
        Tally(len(schemas) + kinds["schema"], emitted_schemas),
        left_out,
        len(unusable),
        untyped(described),
        len(unchecked(described)),
    )


def unchecked(described: Described) -> list[Diagnostic]:
    """The findings about keywords that the generated models do not check; what is left out is no keyword."""
    document = described.document
    places = {document.diagnose(Level.NOTE, o.rule, o.reason, o.because).location for o in document.omissions}
    return [d for d in described.diagnostics if d.rule in _KEYWORD_RULES and d.location not in places]


def declared_operations(document: Document) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Path without fragment, method, pointer and node of every operation of a normalised document."""
    for key, item in entries(document.data.get("paths")):
        pointer, node = f"/paths/{escape(key)}", item
        while "$ref" in node:
            pointer, node = document.resolve(node["$ref"])
        for tokens, operation in operations_in(node):
            yield key.partition("#")[0], tokens[-1].upper(), join(pointer, *tokens), operation


class _Output:
    """What stands in the Python text of the client package."""

    def __init__(self, described: Described, files: Sequence[File]) -> None:
        self._api = described.api
        package = described.config.package
        root = f"src/{package.module}/"
        self._texts = {
            str(file.path).removeprefix(root).removesuffix(".py").replace("/", "."): file.content
            for file in files
            if file.package == package.distribution and file.kind == "python" and str(file.path).startswith(root)
        }
        self._methods: dict[str, set[tuple[str, str]]] = {}
        self._symbols: dict[str, set[str]] = {}

    @property
    def texts(self) -> dict[str, str]:
        """The modules that were made for this API, by their names."""
        own = {name: text for name, text in self._texts.items() if not name.startswith("_runtime.")}
        return {"" if name == "__init__" else name: text for name, text in own.items()}

    def pointer(self, module: str, name: str) -> str:
        """Where what a module has under a name is described, as near as can be told."""
        places = [(s.module, s.name, key) for key, s in self._api.schemas.items()]
        for operation in self._api.operations:
            resource = self._api.resources.get(operation.resource)
            if resource is not None:
                names = (f"{each}.{operation.name}" for each in (resource.class_name, f"Async{resource.class_name}"))
                places += [(resource.module, each, operation.key) for each in names]
        near = [key for home, _, key in places if home == module]
        exact = [key for home, called, key in places if (home, called) == (module, name)]
        return next(iter((*exact, *near)), "").removeprefix("#")

    def has_method(self, operation: Operation) -> bool:
        """True if the synchronous and the asynchronous class of its resource have the method."""
        resource = self._api.resources.get(operation.resource)
        if resource is None:
            return False
        if resource.module not in self._methods:
            self._methods[resource.module] = _methods(self._texts.get(resource.module, ""))
        names = (resource.class_name, f"Async{resource.class_name}")
        return self._methods[resource.module].issuperset((name, operation.name) for name in names)

    def has_symbol(self, key: str) -> bool:
        """True if the schema is a class or an alias in its module."""
        schema = self._api.schemas.get(key)
        if schema is None:
            return False
        if schema.module not in self._symbols:
            found = _SYMBOL.findall(self._texts.get(schema.module, ""))
            self._symbols[schema.module] = {name for names in found for name in names if name}
        return schema.name in self._symbols[schema.module]

    def answers(self, operation: Operation) -> frozenset[str]:
        """The statuses that the operation's constant knows."""
        return self._answers.get(operation.python_path, frozenset())

    @cached_property
    def _answers(self) -> dict[str, frozenset[str]]:
        answers = {}
        for module in {resource.module for resource in self._api.resources.values()}:
            for constant in _CONSTANT.findall(self._texts.get(module, "")):
                name, row = _NAME.search(constant), _ANSWERS.search(constant)
                if name is not None and row is not None:
                    answers[name[2]] = frozenset(status for _, status in _STATUS.findall(row[0]))
        return answers


def _methods(text: str) -> set[tuple[str, str]]:
    """Class and name of each method."""
    found, current = set(), ""
    for class_name, method in _ENTRY.findall(text):
        if class_name:
            current = class_name
        else:
            found.add((current, method))
    return found
