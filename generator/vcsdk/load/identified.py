"""References by `$id`, and by anchors of what has one, become references into the one document.

After JSON Schema 2020-12, core, 8.2 (`$id`, `$anchor`) and RFC 3986, 5 (what an address is relative to).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from vcsdk.load.pointer import as_reference, exists, find, from_fragment, parent
from vcsdk.load.walk import Index, walk

__all__ = ["Identified", "may_identify", "resolve_identified"]

_HERE = "file:///"
"""What addresses are relative to in a document that does not say where it is."""


def may_identify(text: str) -> bool:
    """False where a text certainly names nothing by `$id` and refers to nothing by `$dynamicRef`."""
    return "$id" in text or "$dynamicRef" in text


def resolve_identified(data: dict[str, Any], kind: str = "document") -> Identified:
    """Spell references to what an `$id` names as pointers from the root of `data`, in place.

    `$id`s go where that was done: they would give the pointers another root.  A reference that no `$id` answers to
    stays as it is written, as one to a file or into the document.  `kind` is the kind of node that `data` is.
    """
    found = Identified(data, kind)
    if found.settle():
        for pointer in found.roots:
            if pointer:
                find(data, pointer).pop("$id", None)
    return found


class Identified:
    """The schemas of a document that have addresses, and the names within each.

    `roots` are the pointers of such schemas with their addresses, "" that of the document; `named` are places by
    address and anchor, None where two claim to be one.  `dynamic` are the places of each `$dynamicAnchor` by what they
    are the anchors of (`scope`).
    """

    def __init__(self, data: dict[str, Any], kind: str) -> None:
        self.index: Index = walk(data, is_31=True, kind=kind)
        self._data = data
        self.roots: dict[str, str] = {"": _address(_HERE, data.get("$self"))}
        self.named: dict[tuple[str, str], str | None] = {(self.roots[""], ""): ""}
        self.dynamic: dict[str, dict[str, str]] = {}
        self._near: dict[tuple[str, str], str] = {}
        self._schemas = {pointer for pointer, _ in self.index.nodes["schema"]}
        for pointer, schema in self.index.nodes["schema"]:
            self._note(pointer, schema)

    def _note(self, pointer: str, schema: dict[str, Any]) -> None:
        identity = schema.get("$id")
        anchors = {word: schema[word] for word in ("$anchor", "$dynamicAnchor") if isinstance(schema.get(word), str)}
        if isinstance(identity, str) and identity.startswith("#"):
            anchors["$id"] = identity[1:]  # as drafts before 2019-09 wrote an anchor
        elif isinstance(identity, str) and identity:
            self.roots[pointer] = _address(self.base(parent(pointer)), identity)
            self._name(self.roots[pointer], "", pointer)
        base = self.base(pointer)
        for word, name in anchors.items():
            self._name(base, name, pointer)
            self._near.setdefault((self.scope(pointer), name), pointer)
            if word == "$dynamicAnchor":
                self.dynamic.setdefault(name, {}).setdefault(self.scope(pointer), pointer)

    def _name(self, address: str, name: str, pointer: str) -> None:
        self.named[address, name] = pointer if self.named.get((address, name), pointer) == pointer else None

    def root(self, pointer: str) -> str:
        """The pointer of the schema with an address that a node belongs to, "" for the document."""
        while pointer not in self.roots:
            pointer = parent(pointer)
        return pointer

    def scope(self, pointer: str) -> str:
        """The pointer of the schema whose anchors are a node's own.

        That is the one with an address that it belongs to; without one it is the whole schema, a component's or that of
        a body: many schemas of a document have anchors of one name.
        """
        root = self.root(pointer)
        if root:
            return root
        tokens = pointer.split("/")
        for length in range(2, len(tokens)):
            if (above := "/".join(tokens[:length])) in self._schemas:
                return above
        return pointer

    def base(self, pointer: str) -> str:
        """What addresses at a node are relative to."""
        return self.roots[self.root(pointer)]

    def place(self, reference: str, pointer: str) -> str | None:
        """The pointer that a reference at a node means; None where no `$id` and no anchor says so."""
        address, _, fragment = reference.partition("#")
        root = self.root(pointer)
        within = _address(self.roots[root], address)
        fragment = from_fragment(fragment)
        if fragment and not fragment.startswith("/"):
            near = self._near.get((self.scope(pointer), fragment)) if not address else None
            return near if near is not None else self.named.get((within, fragment))
        start = root if not address else self.named.get((within, ""))
        if start is None:
            return None
        if not address and not exists(self._data, start + fragment):
            # Many write pointers from the root of the document although an `$id` has them begin elsewhere.
            return None
        return start + fragment

    def settle(self) -> bool:
        """Spell what `$id`s answer to as pointers; True where there was any."""
        changed = False
        if len(self.roots) == 1:
            return changed
        for holder, key, pointer in self._references():
            place = self.place(holder[key], pointer)
            if place is not None and holder[key] != as_reference(place):
                holder[key] = as_reference(place)
                changed = True
        return changed

    def _references(self) -> Iterator[tuple[dict[str, Any], str, str]]:
        """What holds each reference, its key there, and the pointer of the node that it belongs to."""
        for reference in self.index.references:
            yield reference.node, "$ref", reference.pointer
        for pointer, node in self.index.nodes["discriminator"]:
            mapping = node.get("mapping")
            if not isinstance(mapping, dict):
                continue
            for name, target in mapping.items():
                if isinstance(target, str) and not self._is_a_name(target):
                    yield mapping, name, pointer

    def _is_a_name(self, target: str) -> bool:
        components = self._data.get("components")
        schemas = components.get("schemas") if isinstance(components, dict) else None
        return isinstance(schemas, dict) and target in schemas


def _address(base: str, relative: Any) -> str:
    """An address in full, without its fragment (RFC 3986, 5.2), whatever its scheme is."""
    if not isinstance(relative, str) or not relative:
        return base
    try:
        relative = urldefrag(relative).url
        scheme = urlsplit(base).scheme
        if not urlsplit(relative).scheme and scheme not in ("http", "https", "file"):
            # The standard library resolves nothing against schemes that it does not know.
            known: str = urljoin(urlunsplit(urlsplit(base)._replace(scheme="http")), relative)
            return str(urlunsplit(urlsplit(known)._replace(scheme=scheme)))
        return str(urljoin(base, relative))
    except ValueError:  # brackets that hold no address
        return str(relative)
