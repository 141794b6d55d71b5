"""What the templates of the client package see: Python source, but for what is named `doc`, `path` or `value`."""

from __future__ import annotations

import msgspec

from vcsdk.emitters.client.paging import PageClass
from vcsdk.emitters.imports import from_lines


class OperationView(msgspec.Struct, frozen=True):
    """A method and the constant behind it.

    `facts` are the arguments of `Operation(…)`, `parameters` and `async_parameters` those of the method, `call` those
    of the transport's method `verb`.  `hidden` are statements that hide secrets before anything can be raised,
    `prepare` is one before the call, or ""; `result` names the value that is returned.  `also` are other names of the
    method.  `deprecated` is the decorator that says so, "" where nothing is deprecated.  `paged`: the asynchronous
    method gives what is awaited, and is no coroutine function.
    """

    name: str
    constant: str
    facts: tuple[str, ...]
    parameters: tuple[str, ...]
    async_parameters: tuple[str, ...]
    returns: str
    result: str
    async_returns: str
    hidden: tuple[str, ...]
    prepare: str
    verb: str
    call: tuple[str, ...]
    doc: str
    also: tuple[str, ...] = ()
    deprecated: str = ""
    paged: bool = False


class ChildView(msgspec.Struct, frozen=True):
    """A sub-resource: the property that leads to it, and its class; the async class is "Async" before that.

    `alias` is what the class is called where the property stands; `hides`: it stands in place of one of the runtime's.
    """

    name: str
    module: str
    class_name: str
    alias: str
    doc: str
    hides: bool = False

    @property
    def async_alias(self) -> str:
        """What the async class is called where the property stands."""
        return f"Async{self.alias}"

    def import_lines(self, folder: str) -> list[str]:
        """The import of both classes; `folder` is that of the resources, seen from the importing module."""
        names = {self.class_name: self.alias, f"Async{self.class_name}": self.async_alias}
        return from_lines(f"{folder}{self.module}", names)


class ResourceView(msgspec.Struct, frozen=True):
    """A node of the call tree, as two classes with a base each."""

    class_name: str
    base: str
    async_base: str
    doc: str
    operations: tuple[OperationView, ...]
    children: tuple[ChildView, ...]


class ResourceModuleView(msgspec.Struct, frozen=True):
    """A module of resources: finished import lines, then constants and classes."""

    doc: str
    imports: tuple[str, ...]
    lazy_imports: tuple[str, ...]
    resources: tuple[ResourceView, ...]
    pages: tuple[PageClass, ...] = ()


class TaskView(msgspec.Struct, frozen=True):
    """An operation that starts a task: its Python path, module and constant."""

    path: str
    module: str
    constant: str


class ConstructionView(msgspec.Struct, frozen=True):
    """A constructor: its parameters, and what it gives to the runtime: where the API is, and the items of two mappings.

    `settings` are the last parameters, `async_settings` those of the asynchronous one, `passed` what hands them on;
    `hidden` are statements that hide what was given, before anything can be raised.
    """

    parameters: tuple[str, ...]
    settings: tuple[str, ...]
    async_settings: tuple[str, ...]
    passed: tuple[str, ...]
    target: str
    hidden: tuple[str, ...]
    credentials: str
    variables: str
    doc: str


class EnvironmentView(msgspec.Struct, frozen=True):
    """The class method that makes a client by the environment; `hidden` as in a constructor, `made` the client."""

    parameters: tuple[str, ...]
    settings: tuple[str, ...]
    async_settings: tuple[str, ...]
    returns: str
    hidden: tuple[str, ...]
    made: str
    doc: str


class ClientView(msgspec.Struct, frozen=True):
    """The client class; `imports`, `lazy_imports`, `fact_imports` and `facts` are Python source.

    `construction` is None where the client takes what the runtime's takes.
    """

    class_name: str
    doc: str
    class_doc: str
    async_class_doc: str
    imports: tuple[str, ...]
    fact_imports: tuple[str, ...]
    facts: tuple[str, ...]
    children: tuple[ChildView, ...]
    tasks: tuple[TaskView, ...]
    lazy_imports: tuple[str, ...] = ()
    construction: ConstructionView | None = None
    environment: EnvironmentView | None = None


class ErrorView(msgspec.Struct, frozen=True):
    """A class of the family: wire value, usual HTTP status or 0, all statuses, the classes it derives from."""

    name: str
    bases: tuple[str, ...]
    value: str
    status: int
    statuses: tuple[int, ...]
    doc: str


class ErrorsView(msgspec.Struct, frozen=True):
    """The module `errors`: `runtime` is what it re-exports, `names` all it offers."""

    doc: str
    base: str
    runtime: tuple[str, ...]
    classes: tuple[ErrorView, ...]
    names: tuple[str, ...]
