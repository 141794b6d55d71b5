"""Several descriptions of one API become one document."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from vcsdk.diagnostics import Diagnostics, Level
from vcsdk.load import foundations, renames
from vcsdk.load.document import Document
from vcsdk.load.extensions import is_extension
from vcsdk.load.grammar import METHODS, OTHERS, SECTIONS, operations_in, put
from vcsdk.load.labels import as_name
from vcsdk.load.limits import written_out
from vcsdk.load.omission import Omission
from vcsdk.load.path_items import essence_of, moved_parameters, whole
from vcsdk.load.pointer import escape, join, last, parent, unescape
from vcsdk.load.sameness import classes, essence

_KINDS = {f"/components/{section}": kind for kind, section in SECTIONS.items()} | {"/webhooks": "path_item"}
_SETTLED = ("openapi", "info", "servers", "security", "tags", "paths")
_LEADING = ("externalDocs", "jsonSchemaDialect", "$self")
"""Fields of which the first description that has one decides."""


def merge(documents: Sequence[Document], labels: Sequence[str], diagnostics: Diagnostics) -> Document:
    """One document that has what each of these has, and knows where each node was written.

    Components that are the same are one.  Of different ones with the same name, those that most descriptions have keep
    it, and the others get the label of their description behind it.  Operations with the same request are one if
    they say the same.  Where the servers differ in their paths, each path key begins with its own.

    Args:
        documents: As `load` gives them, well formed, each of their references resolving.  They are used up: the result
            has their nodes.
        labels: What tells them apart (`load.labels`), each behind the one before, so that naming the descriptions in
            another order changes nothing.
        diagnostics: Receives an error for what cannot be one API, with both places, and a note for each new name.
            Of two operations that are one request and differ, the result has the first; its omissions have the other.
    """
    return _Merge(documents, labels, diagnostics).run()


class _Merge:
    """Nodes are known by their pointer; path keys in it are those of the result.

    `_nodes` and `_operations` have each node by the number of the document; `_homes` is where nodes of a document are
    that the result has elsewhere, `_places` where the result has those that it takes from a document, and `_inherited`
    the same for one node that several of the result inherit.
    """

    def __init__(self, documents: Sequence[Document], labels: Sequence[str], diagnostics: Diagnostics) -> None:
        self._documents = documents
        self._labels = labels
        self._diagnostics = diagnostics
        self._version = foundations.version(documents, diagnostics)
        self._prefixes, self._servers = foundations.servers(documents, diagnostics)
        self._security = foundations.security(documents)
        self._nodes = self._named()
        self._paths: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        self._operations: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        self._homes: list[dict[str, str]] = [{} for _ in documents]
        self._places: list[dict[str, str]] = [{} for _ in documents]
        self._inherited: list[tuple[int, str, str]] = []
        self._doubled: list[Omission] = [omission for document in documents for omission in document.omissions]

    def run(self) -> Document:
        """The one document."""
        self._lay_out_paths()
        shared = {name: found for name, found in {**self._nodes, **self._operations}.items() if len(found) > 1}
        told = classes(
            {name: self._essences(name, found) for name, found in shared.items()}, self._nodes, self._families()
        )
        chosen = self._chosen_nodes(told)
        for document, homes in zip(self._documents, self._homes, strict=True):
            renames.apply(document, homes)
        data = self._foundation()
        for home, (old, number) in chosen.items():
            *above, name = (unescape(token) for token in home.split("/")[1:])
            holder = data
            for token in above:
                holder = holder.setdefault(token, {})
            holder[name] = self._nodes[old][number]
        data["paths"] = {key: self._path_item(key, found, told) for key, found in self._paths.items()}
        sources = {name: source for document in self._documents for name, source in document.sources.items()}
        files = tuple(document.file for document in self._documents)
        merged = Document(data, files[0], self._version, sources, descriptions=files, omissions=tuple(self._doubled))
        for document, places in zip(self._documents, self._places, strict=True):
            merged.adopt(document, places)
        for number, old, new in self._inherited:
            merged.added(new, self._documents[number].origin(old))
        return merged

    def _named(self) -> dict[str, dict[int, Any]]:
        """Components, webhooks, and what else references may lead to."""
        found: dict[str, dict[int, Any]] = defaultdict(dict)
        known = (*_SETTLED, *_LEADING, "components", "webhooks")
        for number, document in enumerate(self._documents):
            maps = [(f"/components/{escape(s)}", nodes) for s, nodes in document.data.get("components", {}).items()]
            maps.append(("/webhooks", document.data.get("webhooks", {})))
            other = {k: v for k, v in document.data.items() if k not in known}
            for above, nodes in (*maps, ("", other)):
                if isinstance(nodes, dict):
                    for name, node in nodes.items():
                        found[join(above, name)][number] = node
                else:
                    found[above][number] = nodes
        return found

    def _families(self) -> dict[str, set[str]]:
        """The subtypes of each schema with a discriminator that all have who have the schema.

        The property names a subtype by its schema's name, so that two descriptions whose subtypes of one name differ
        mean two families.  What one of them has beyond the others joins the family of all.
        """
        found: dict[str, set[str]] = {}
        for number, document in enumerate(self._documents):
            children = renames.children_of(document.data)
            for base in children:
                schema = self._nodes.get(base, {}).get(number)
                if isinstance(schema, dict) and "discriminator" in schema:
                    below = set(renames.descendants(base, children))
                    found[base] = found[base] & below if base in found else below
        return found

    def _lay_out_paths(self) -> None:
        """Find each path item under its key in the result; where several have it, write each operation down whole."""
        for number, (document, prefix) in enumerate(zip(self._documents, self._prefixes, strict=True)):
            for key, item in document.data.get("paths", {}).items():
                new = key if is_extension(key) else prefix + key
                self._paths[new][number] = item
                if new != key:
                    self._homes[number][join("/paths", key)] = join("/paths", new)
        for key, found in self._paths.items():
            for number, item in found.items() if len(found) > 1 and not is_extension(key) else ():
                for tokens, _ in operations_in(item):
                    operation = whole(self._documents[number], item, join("", *tokens))
                    self._operations[join("/paths", key, *tokens)][number] = operation

    def _essences(self, name: str, found: dict[int, Any]) -> dict[int, Any]:
        if name in self._operations:
            return {number: essence_of(operation) for number, operation in found.items()}
        kind = _KINDS.get(parent(name))
        return {number: essence(kind, node) if kind is not None else node for number, node in found.items()}

    def _chosen_nodes(self, told: dict[str, dict[int, int]]) -> dict[str, tuple[str, int]]:
        """Each node of the result by its pointer: its pointer and document; fills `_homes` and `_places`."""
        chosen: dict[str, tuple[str, int]] = {}
        for name, found in self._nodes.items():
            variants = _variants(found, told.get(name, {}))
            for position, variant in enumerate(variants):
                home = name if position == 0 else self._free(f"{name}_{as_name(self._labels[variant[0]])}", chosen)
                best = _fullest(found, variant)
                chosen[home] = (name, best)
                self._places[best][name] = home
                if position:
                    self._homes_of(variant, name, home, variants[0])
        return chosen

    def _homes_of(self, variant: list[int], name: str, home: str, first: list[int]) -> None:
        for number in variant:
            self._homes[number][name] = home
        here, there = self._documents[variant[0]], self._documents[first[0]]
        place = there.locate(there.origin(name))
        message = f"`{last(name)}` is something else in {place}; this one is called `{last(home)}`"
        self._diagnostics.add(here.diagnose(Level.NOTE, "same-component", message, name, key=True))

    def _free(self, wanted: str, chosen: dict[str, Any]) -> str:
        name, number = wanted, 1
        while name in chosen or name in self._nodes:
            number += 1
            name = f"{wanted}_{number}"
        return name

    def _foundation(self) -> dict[str, Any]:
        documents = self._documents
        data: dict[str, Any] = {
            "openapi": max(str(document.data.get("openapi", "")) for document in documents),
            "info": foundations.information([document.data.get("info") for document in documents]),
        }
        tags = foundations.tags(documents)
        parts = {"servers": self._servers or None, "security": self._security, "tags": tags or None}
        for key, value in parts.items():
            if value is not None:
                data[key] = value
        for document in reversed(documents):
            data |= {key: document.data[key] for key in _LEADING if key in document.data}
        for key in data:
            first = next((n for n, document in enumerate(documents) if key in document.data), 0)
            self._places[first][f"/{key}"] = f"/{key}"
        return data

    def _path_item(self, key: str, found: dict[int, dict[str, Any]], told: dict[str, dict[int, int]]) -> Any:
        first = min(found)
        home = join("/paths", key)
        self._places[first][self._old(home, first)] = home
        if len(found) == 1 or is_extension(key):
            return found[first]
        shared = (*METHODS, OTHERS, "parameters", "servers")
        fields = {field: value for number in sorted(found, reverse=True) for field, value in found[number].items()}
        item = {field: value for field, value in fields.items() if field not in shared}
        named = dict.fromkeys(tokens for each in found.values() for tokens, _ in operations_in(each))
        for tokens in sorted(named, key=lambda tokens: METHODS.index(tokens[0]) if len(tokens) == 1 else len(METHODS)):
            place = join("", *tokens)
            pointer = home + place
            operations = self._operations[pointer]
            variants = _variants(operations, told.get(pointer, {}))
            best = _fullest(operations, variants[0])
            self._places[first].setdefault(self._old(home, first) + place, "")
            for other in variants[1:]:
                self._refuse(tokens, key, variants[0][0], other[0])
            # What stood once beside several operations stands in each of them now, and may be mended there.
            item = put(item, tokens, written_out(operations[best]))
            self._places[best][self._old(home, best) + place] = pointer
            for new, old in moved_parameters(self._documents[best], found[best], place):
                self._inherited.append((best, self._old(home, best) + old, home + new))
        return item

    def _old(self, home: str, number: int) -> str:
        """The pointer of a path item in its own document."""
        prefix = escape(self._prefixes[number])
        return "/paths/" + home.removeprefix("/paths/").removeprefix(prefix)

    def _refuse(self, tokens: Sequence[str], key: str, first: int, other: int) -> None:
        here, there = self._documents[other], self._documents[first]
        places = [self._old(join("/paths", key), number) + join("", *tokens) for number in (other, first)]
        request = f"{tokens[-1].upper()} {key}"
        place = there.locate(there.origin(places[1]))
        message = f"this and {place} are the same request and do not say the same: {request}"
        hint = "leave one of them out with an overlay, or make them say the same"
        found = here.diagnose(Level.ERROR, "same-request", message, places[0], hint, key=True)
        self._diagnostics.add(found)
        origin = here.origin(places[0])
        self._doubled.append(Omission("operation", request, origin, found.rule, message, origin))


def _variants(found: dict[int, Any], told: dict[int, int]) -> list[list[int]]:
    """The numbers of the documents whose nodes are the same, those of most documents first, then by label."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number in found:
        groups[told.get(number, 0)].append(number)
    return sorted(groups.values(), key=lambda numbers: (-len(numbers), numbers[0]))


def _fullest(found: dict[int, Any], numbers: list[int]) -> int:
    """Of equal nodes the one that says most about itself; the first of those that say as much."""
    if len(numbers) == 1:
        return numbers[0]
    return max(numbers, key=lambda number: (len(json.dumps(found[number])), -number))
