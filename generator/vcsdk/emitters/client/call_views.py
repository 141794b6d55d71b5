"""What the templates of resources and clients see; fields hold Python source unless they are named `doc`."""

from __future__ import annotations

import msgspec

from vcsdk.emitters.imports import from_lines


class OperationView(msgspec.Struct, frozen=True):
    """A method and the constant behind it.

    `facts` are the arguments of `Operation(…)`, `parameters` and `async_parameters` those of the method, `call` those
    of the transport's method `verb`.  `prepare` is a statement before the call, or ""; `result` names the value that is
    returned.
    """

    name: str
    constant: str
    facts: tuple[str, ...]
    parameters: tuple[str, ...]
    async_parameters: tuple[str, ...]
    returns: str
    result: str
    async_returns: str
    prepare: str
    verb: str
    call: tuple[str, ...]
    doc: str


class ChildView(msgspec.Struct, frozen=True):
    """A sub-resource: the property that leads to it, and its class; the async class is "Async" before that.

    `alias` is what the class is called where the property stands.
    """

    name: str
    module: str
    class_name: str
    alias: str
    doc: str

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
