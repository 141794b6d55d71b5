"""YAML text to plain data and the places of its nodes in one pass over libyaml's events, without a tree of nodes.

What descriptions are made of is read here: block and flow collections of untagged scalars.  Anything else (anchors,
tags, merge keys, mistakes) is left to `yaml_data`, which reads everything and explains what it refuses.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

import msgspec
import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # not in its list of names

from vcsdk import parallel
from vcsdk.load.keys import UnquotedKey
from vcsdk.load.limits import MAX_DEPTH, MAX_NODES
from vcsdk.load.yaml_data import MERGE, STARTS, resolve
from vcsdk.load.yaml_halves import middle

_HALVED_FROM = 1_000_000
"""Characters from which on a second process pays."""


class Nodes(msgspec.Struct):
    """Where the nodes of a text stand; they are numbered in the order of the text, the root is 0.

    Attributes:
        keys: The key of each node in its mapping; None in a sequence.
        key_offsets: Where the key stands; the node itself where it has none.
        offsets: Where the node stands.
        ends: The number of the first node behind it and what is below it; 0 for a scalar.
    """

    keys: list[str | None]
    key_offsets: array[int]
    offsets: array[int]
    ends: array[int]


class Read(msgspec.Struct):
    """A text as data, and its nodes; `block` tells a root that is a mapping in block style, without indentation."""

    data: Any
    nodes: Nodes
    block: bool


def parse(text: str) -> Read | None:
    """The data of a YAML text with one document; None where `yaml_data.parse` must read it.

    Raises:
        ValueError: A number is too long to read.
    """
    split = middle(text) if len(text) >= _HALVED_FROM and parallel.possible() else None
    if split is None:
        return _parse(text, 0)
    with parallel.beside(lambda: _parse(text[split:], split), pays=True) as second:
        first = _parse(text[:split], 0)
        return _joined(first, second()) or _parse(text, 0)


def _joined(first: Read | None, second: Read | None) -> Read | None:
    """One mapping of two that follow each other; None where they are not that."""
    if first is None or second is None or not first.block or not second.block:
        return None
    if not first.data.keys().isdisjoint(second.data):
        return None
    first.data.update(second.data)
    nodes, behind = first.nodes, second.nodes
    shift = len(nodes.ends) - 1
    nodes.ends.extend([end and end + shift for end in behind.ends[1:]])
    nodes.ends[0] = len(nodes.ends)
    nodes.keys += behind.keys[1:]
    nodes.key_offsets += behind.key_offsets[1:]
    nodes.offsets += behind.offsets[1:]
    return first


def _parse(text: str, base: int) -> Read | None:
    try:
        return _read(text, base)
    except yaml.YAMLError:
        return None


def _read(text: str, base: int) -> Read | None:  # noqa: PLR0912, PLR0915  one loop: calls would double its time
    event: Callable[[], Any] = CParser(text).get_event
    names: dict[str, str] = {}
    keys: list[str | None] = []
    key_offsets, offsets, ends = array("I"), array("I"), array("I")
    key: str | None = None
    key_offset = 0
    holder: Any = None
    in_mapping = block = False
    above: list[tuple[Any, bool, int, str | None]] = []
    root: Any = None
    number, documents = -1, 0
    while True:
        found = event()
        kind = type(found)
        if kind is yaml.ScalarEvent:
            if found.tag is not None or found.anchor is not None:
                return None
            value = found.value
            if in_mapping and key is None:
                # Few keys stand in most places, and are kept once.
                key = names.setdefault(value, value)
                if found.implicit[0] and value[:1] in STARTS and type(plain := resolve(value)) is not str:
                    if plain is MERGE:
                        return None
                    # Only a status among `responses` is told from text: see `yaml_data.plain_keys`.
                    key = UnquotedKey(value) if above[-1][3] == "responses" else key
                if key in holder:
                    return None
                key_offset = found.start_mark.index + base
                continue
            if found.implicit[0] and value[:1] in STARTS:
                value = resolve(value)
                if value is MERGE:
                    return None
            offset = found.start_mark.index + base
            offsets.append(offset)
            ends.append(0)
            if in_mapping:
                holder[key] = value
                keys.append(key)
                key_offsets.append(key_offset)
                key = None
            elif holder is None:
                root = value
                keys.append(None)
                key_offsets.append(offset)
            else:
                holder.append(value)
                keys.append(None)
                key_offsets.append(offset)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if found.tag is not None or found.anchor is not None or len(above) >= MAX_DEPTH - 2:
                return None
            if in_mapping and key is None:
                return None
            mapping = kind is yaml.MappingStartEvent
            value = {} if mapping else []
            offset = found.start_mark.index + base
            keys.append(key)
            key_offsets.append(offset if key is None else key_offset)
            offsets.append(offset)
            above.append((holder, in_mapping, number, key))
            number = len(ends)
            ends.append(0)
            if in_mapping:
                holder[key] = value
            elif holder is None:
                root = value
                block = mapping and not found.flow_style and found.start_mark.column == 0
            else:
                holder.append(value)
            holder, in_mapping, key = value, mapping, None
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            ends[number] = len(ends)
            holder, in_mapping, number, key = above.pop()
            key = None
        elif kind is yaml.DocumentStartEvent:
            documents += 1
        elif kind is yaml.DocumentEndEvent:
            block = block and not found.explicit
        elif kind is yaml.StreamEndEvent:
            whole = documents == 1 and len(ends) <= MAX_NODES
            return Read(root, Nodes(keys, key_offsets, offsets, ends), block) if whole else None
        elif kind is not yaml.StreamStartEvent:
            return None
