"""Where the nodes of a YAML text stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from vcsdk.load.pointer import escape, parent, split
from vcsdk.load.positions import Duplicate, Place
from vcsdk.load.yaml_events import Nodes


class NodePositions:
    """Positions in YAML text whose nodes were numbered while it was read."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes
        self._children: dict[int, dict[str, int]] = {}

    def _below(self, number: int) -> dict[str, int]:
        """The nodes right below one, by their keys or places in the sequence."""
        known = self._children.get(number)
        if known is None:
            keys, ends = self._nodes.keys, self._nodes.ends
            known, child = {}, number + 1
            while child < ends[number]:
                key = keys[child]
                known[str(len(known)) if key is None else key] = child
                child = ends[child] or child + 1
            self._children[number] = known
        return known

    def find(self, pointer: str) -> Place:
        """The place of a node, or of the nearest node above it that exists."""
        number = 0
        for token in split(pointer):
            found = self._below(number).get(token)
            if found is None:
                break
            number = found
        nodes = self._nodes
        return Place(nodes.key_offsets[number], nodes.offsets[number], not nodes.ends[number])

    def duplicates(self) -> Iterator[Duplicate]:
        """None: a text with duplicate keys is read otherwise."""
        return iter(())


class YamlPositions:
    """Positions in YAML text, from one pass of libyaml's composer."""

    def __init__(self, text: str) -> None:
        self._root: Any = yaml.compose(text, yaml.CSafeLoader)
        self._found: dict[str, tuple[Any, Place]] = {}

    @staticmethod
    def _place(node: Any, key: Any = None) -> Place:
        value = node.start_mark.index
        return Place(key.start_mark.index if key is not None else value, value, isinstance(node, yaml.ScalarNode))

    def _lookup(self, pointer: str) -> tuple[Any, Place] | None:
        if pointer == "":
            return self._root, self._place(self._root)
        if pointer in self._found:
            return self._found[pointer]
        above = self._lookup(parent(pointer))
        if above is None:
            return None
        node, token = above[0], split(pointer)[-1]
        found: tuple[Any, Place] | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == token:
                    found = value, self._place(value, key)
        elif isinstance(node, yaml.SequenceNode) and token.isdigit() and int(token) < len(node.value):
            value = node.value[int(token)]
            found = value, self._place(value)
        if found is not None:
            self._found[pointer] = found
        return found

    def find(self, pointer: str) -> Place:
        """The place of a node, or of the nearest node above it that exists (one that came in by a merge key `<<`)."""
        found = self._lookup(pointer)
        while found is None:
            pointer = parent(pointer)
            found = self._lookup(pointer)
        return found[1]

    def duplicates(self) -> Iterator[Duplicate]:
        """Every key that repeats one before it in the same mapping; merged keys (`<<`) may be overridden."""
        pending, met = [("", self._root)], set()
        while pending:
            pointer, node = pending.pop()
            if id(node) in met:
                continue
            met.add(id(node))
            seen: dict[str, int] = {}
            if isinstance(node, yaml.SequenceNode):
                pending += [(f"{pointer}/{index}", value) for index, value in enumerate(node.value)]
            elif isinstance(node, yaml.MappingNode):
                for key, value in node.value:
                    text, offset = str(key.value), key.start_mark.index
                    if text in seen and text != "<<":
                        yield Duplicate(pointer, text, seen[text], offset)
                    seen.setdefault(text, offset)
                    pending.append((f"{pointer}/{escape(text)}", value))
