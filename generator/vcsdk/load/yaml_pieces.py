"""Takes over what an earlier run read of a large YAML text, piece by piece: only pieces that changed are read again."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from vcsdk import cache
from vcsdk.access import real
from vcsdk.load.keys import UnquotedKey
from vcsdk.load.limits import MAX_NODES
from vcsdk.load.pointer import join, split
from vcsdk.load.positions import Duplicate, Place
from vcsdk.load.yaml_bodies import Body, bodies
from vcsdk.load.yaml_events import Nodes, Read, parse_part
from vcsdk.load.yaml_positions import NodePositions

_FROM = 1_000_000
"""Characters from which on a text is looked for."""
_SIZE = 16


class _Piece(msgspec.Struct, array_like=True):
    """Some entries of a mapping: data, the number of nodes, and the nodes, numbered from `first`, offset by `base`."""

    data: bytes
    count: int
    first: int
    base: int
    nodes: bytes


class _Kept(msgspec.Struct, array_like=True):
    toolkit: str
    pieces: dict[bytes, _Piece]


class Pieces(msgspec.Struct):
    """A text that was put together: its data, the places of its nodes, and whether some of it had to be read."""

    data: Any
    positions: PiecePositions
    fresh: bool


def recall(text: str, file: str) -> Pieces | None:
    """The data of a text, of which an earlier run has read the most; None where it must be read as a whole."""
    if len(text) < _FROM:
        return None
    known = _known(file)
    found = bodies(text) if known else []
    if not found:
        return None
    skeleton, shifts = _skeleton(text, found)
    read = parse_part(skeleton, 0, 0)
    if read is None:
        return None
    used: dict[bytes, _Piece] = {}
    parts: list[_Part] = []
    count = len(read.nodes.ends)
    for body in found:
        holder = read.data
        for name in body.path[:-1]:
            holder = holder.get(name) if isinstance(holder, dict) else None
        place = NodePositions(read.nodes).find(join("", *body.path))
        # Only where the holder has nothing else is the mapping its value.
        if not isinstance(holder, dict) or holder.get(body.path[-1], "") is not None:
            return None
        if place.key + _shift(shifts, place.key) != body.key or not place.scalar:
            return None
        whole: dict[str, Any] = {}
        part = _Part(body, {})
        entries = 0
        for start, piece_text, key in _pieces(text, body):
            piece = known.get(key) or _read(piece_text, body.indent)
            if piece is None:
                return None
            used[key] = piece
            data = msgspec.msgpack.decode(piece.data)
            whole.update(data)
            entries += len(data)
            count += piece.count
            part.homes.update(dict.fromkeys(data, (start, piece)))
        if entries != len(whole) or count > MAX_NODES:
            return None
        holder[body.path[-1]] = whole
        parts.append(part)
    fresh = not used.keys() <= known.keys()
    if fresh:
        _keep(file, used)
    return Pieces(read.data, PiecePositions(read.nodes, shifts, parts), fresh)


def remember(text: str, file: str, read: Read) -> None:
    """Keep the pieces of a text that was read as a whole."""
    if len(text) < _FROM or not read.block:
        return
    pieces: dict[bytes, _Piece] = {}
    for body in bodies(text):
        holder = read.data
        number = 0
        positions = NodePositions(read.nodes)
        for name in body.path:
            holder = holder.get(name) if isinstance(holder, dict) else None
            number = positions.below(number).get(name, 0)
        if not isinstance(holder, dict) or not number or read.nodes.key_offsets[number] != body.key:
            continue
        children = positions.below(number)
        starts = {read.nodes.key_offsets[child]: child for child in children.values()}
        names = [*holder]
        order = {child: place for place, child in enumerate(children.values())}
        firsts = [starts[cut + body.indent] for cut in body.cuts if cut + body.indent in starts]
        if len(firsts) != len(body.cuts) or len(names) != len(children):
            continue
        lasts = [*firsts[1:], read.nodes.ends[number]]
        for (start, _, key), first, last in zip(_pieces(text, body), firsts, lasts, strict=True):
            upper = order.get(last, len(names))
            data = {name: holder[name] for name in names[order[first] : upper]}
            piece = _piece(data, read.nodes, first, last, start)
            if piece is not None:
                pieces[key] = piece
    if pieces:
        _keep(file, pieces)


def _read(text: str, indent: int) -> _Piece | None:
    read = parse_part(text, indent, indent // 2)
    return _piece(read.data, read.nodes, 1, len(read.nodes.ends), 0) if read is not None else None


def _piece(data: Any, nodes: Nodes, first: int, last: int, base: int) -> _Piece | None:
    keys = nodes.keys[first:last]
    if any(type(key) is UnquotedKey for key in keys):
        # The form in which pieces are kept does not tell them from text.
        return None
    try:
        encoded = msgspec.msgpack.encode(data)
        places = (nodes.key_offsets[first:last], nodes.offsets[first:last], nodes.ends[first:last])
        kept = msgspec.msgpack.encode((keys, *(place.tobytes() for place in places)))
    except (OverflowError, UnicodeEncodeError):
        return None
    return _Piece(encoded, last - first, first, base, kept)


def _pieces(text: str, body: Body) -> Iterator[tuple[int, str, bytes]]:
    """Start, text and digest of each piece."""
    for start, end in zip(body.cuts, (*body.cuts[1:], body.end), strict=True):
        piece = text[start:end]
        yield start, piece, hashlib.blake2b(b"%d " % body.indent + piece.encode(), digest_size=_SIZE).digest()


def _skeleton(text: str, found: Sequence[Body]) -> tuple[str, list[tuple[int, int]]]:
    """The text without its long mappings; from which of its offsets on how much is missing."""
    parts, shifts, before, missing = [], [], 0, 0
    for body in found:
        parts.append(text[before : body.start])
        before = body.end
        missing += body.end - body.start
        shifts.append((body.end - missing, missing))
    return "".join([*parts, text[before:]]), shifts


def _shift(shifts: Sequence[tuple[int, int]], offset: int) -> int:
    return next((missing for start, missing in reversed(shifts) if offset >= start), 0)


class _Part(msgspec.Struct):
    """A long mapping; `homes` tells by key where the piece with it starts, and the piece."""

    body: Body
    homes: dict[str, tuple[int, _Piece]]


class PiecePositions:
    """Positions in a text that was put together."""

    def __init__(self, skeleton: Nodes, shifts: Sequence[tuple[int, int]], parts: Sequence[_Part]) -> None:
        self._skeleton = NodePositions(skeleton)
        self._shifts = shifts
        self._parts = parts
        self._known: dict[int, NodePositions] = {}

    def find(self, pointer: str) -> Place:
        """The place of a node, or of the nearest node above it that exists."""
        tokens = split(pointer)
        for part in self._parts:
            body, depth = part.body, len(part.body.path)
            if tuple(tokens[:depth]) != body.path:
                continue
            home = part.homes.get(tokens[depth]) if len(tokens) > depth else None
            if home is None:
                return Place(body.key, body.start + body.indent, False)
            start, piece = home
            return _moved(self._in(start, piece).find(join("", *tokens[depth:])), start - piece.base)
        place = self._skeleton.find(pointer)
        return Place(self._placed(place.key), self._placed(place.value), place.scalar)

    def duplicates(self) -> Iterator[Duplicate]:
        """None: a text with duplicate keys is read otherwise."""
        return iter(())

    def _placed(self, offset: int) -> int:
        return offset + _shift(self._shifts, offset)

    def _in(self, start: int, piece: _Piece) -> NodePositions:
        known = self._known.get(start)
        if known is None:
            keys, *places = msgspec.msgpack.decode(piece.nodes)
            key_offsets, offsets, ends = (array("I", place) for place in places)
            shift = piece.first - 1
            numbered = array("I", [len(ends) + 1, *(end and end - shift for end in ends)])
            nodes = Nodes([None, *keys], array("I", [0]) + key_offsets, array("I", [0]) + offsets, numbered)
            known = self._known[start] = NodePositions(nodes)
        return known


def _moved(place: Place, by: int) -> Place:
    return Place(place.key + by, place.value + by, place.scalar)


def _name(file: str) -> str:
    return f"{hashlib.sha256(str(real(Path(file))).encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.pieces"


def _toolkit() -> str:
    return f"{cache.toolkit()} {yaml.__version__} {array('I').itemsize}"


def _known(file: str) -> Mapping[bytes, _Piece]:
    try:
        kept = msgspec.msgpack.decode(cache.read(_name(file)) or b"", type=_Kept)
    except msgspec.MsgspecError:
        return {}
    return kept.pieces if kept.toolkit == _toolkit() else {}


def _keep(file: str, pieces: Mapping[bytes, _Piece]) -> None:
    cache.write(_name(file), msgspec.msgpack.encode(_Kept(_toolkit(), dict(pieces))))
