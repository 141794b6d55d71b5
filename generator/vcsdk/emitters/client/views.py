"""What the templates of the client class and of the exception family see."""

from __future__ import annotations

import msgspec

from vcsdk.emitters.client.call_views import ChildView


class TaskView(msgspec.Struct, frozen=True):
    """An operation that starts a task: its Python path, module and constant."""

    path: str
    module: str
    constant: str


class ClientView(msgspec.Struct, frozen=True):
    """The client class; `imports`, `fact_imports` and `facts` are Python source."""

    class_name: str
    doc: str
    class_doc: str
    async_class_doc: str
    imports: tuple[str, ...]
    fact_imports: tuple[str, ...]
    facts: tuple[str, ...]
    children: tuple[ChildView, ...]
    tasks: tuple[TaskView, ...]


class ErrorView(msgspec.Struct, frozen=True):
    """A class of the family: wire value, HTTP status (0 if none is usual) and the classes it derives from."""

    name: str
    bases: tuple[str, ...]
    value: str
    status: int
    doc: str


class ErrorsView(msgspec.Struct, frozen=True):
    """The module `errors`: `runtime` is what it re-exports, `names` all it offers."""

    doc: str
    base: str
    runtime: tuple[str, ...]
    classes: tuple[ErrorView, ...]
    names: tuple[str, ...]
