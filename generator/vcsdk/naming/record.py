"""The names of a release: what a later generation of the same API keeps.

Each symbol stands under what does not depend on its neighbours: an operation under its request, a class under the name
of its component, and where that goes under its shape and the places that use it.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from vcsdk.ir.requests import Key


class OperationNames(msgspec.Struct, frozen=True):
    """A method.

    `path` is its Python path, `also` are other names for it beside `path`.  `arguments` are their names by place and
    name on the wire; a path parameter's is its number.  `uses` are the classes in the body and in each answer.
    """

    key: Key
    operation_id: str
    path: str
    arguments: Mapping[tuple[str, str], str] = {}
    uses: Mapping[str, tuple[str, ...]] = {}
    also: tuple[str, ...] = ()


class ClassNames(msgspec.Struct, frozen=True):
    """A class or alias of `models`.

    `component` is the name of the schema in the description, None for one that stands inside another or an operation.
    `shape` tells schemas of other content apart.  `fields` are attributes by name on the wire, `members` those of an
    enumeration by value, `more` the attribute for further properties.  `uses` are the classes in each property, under
    "" those of the whole.  `type` is what an alias stands for, and what
    the values of an enumeration are.  `also` are other names for it, each with its module.
    """

    name: str
    module: str
    kind: str
    component: str | None = None
    shape: str = ""
    base: str = ""
    fields: Mapping[str, str] = {}
    members: Mapping[str, str] = {}
    more: str = ""
    uses: Mapping[str, tuple[str, ...]] = {}
    type: str = ""
    also: tuple[tuple[str, str], ...] = ()


class WebhookNames(msgspec.Struct, frozen=True):
    """A function for a request that the server makes; `uses` are the classes in its body."""

    name: str
    uses: Mapping[str, tuple[str, ...]] = {}


class ResourceNames(msgspec.Struct, frozen=True):
    """A node of the call tree: its class, and the module of that."""

    path: str
    class_name: str
    module: str


class Record(msgspec.Struct, frozen=True):
    """All names of a release.

    `operations` are by request as `request_key` tells it and operationId, `classes` by name, `resources` by path;
    `keywords` of the client by what they stand for, `webhooks` by name and method.
    """

    operations: Mapping[tuple[Key, str], OperationNames] = {}
    classes: Mapping[str, ClassNames] = {}
    resources: Mapping[str, ResourceNames] = {}
    keywords: Mapping[tuple[str, ...], str] = {}
    webhooks: Mapping[tuple[str, str], WebhookNames] = {}


EMPTY = Record()
"""The record of what was never released: it keeps nothing."""
