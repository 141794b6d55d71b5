"""Keeps passwords and session tokens out of everything a run writes."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

MASK = "[masked]"
PART = 8
"""So many characters of a secret in a row are masked like the whole of it."""
_SHORTEST = 4
_SHORTEST_DERIVED = 8
_HEAD = 8
_FEW = 500
_PIECE = 1 << 16
_HALVES = "surrogatepass"
"""JSON can escape half a surrogate pair, so a server's token may hold one."""
# By kind of spelling: so many characters hold a part, and where pieces of `_HEAD` begin, so that one is in every part.
_PLAIN, _BASE64, _HEX, _PERCENT, _UNICODE = (PART, 1), (11, 4), (2 * PART, 8), (3 * PART, 16), (6 * PART, 40)
# Of what is spelled in another way than a run or a framework writes by itself, no parts are looked for.
_WHOLE = (1 << 20, 1 << 20)

Public = Callable[[], Iterable[str]]


class Secrets:
    """The secret values of a run, masked by exact value, and in parts of eight characters, wherever they appear.

    Values shorter than four characters are not masked: hiding them would blank unrelated text.  A part that also stands
    in what everybody may read (`public`, asked for once it matters) is no secret, nor is one that does so but for a
    sign at either end: what a run writes joins names by such.  The whole of a secret is masked wherever it stands.
    """

    def __init__(self, public: Public = tuple) -> None:
        self._values: dict[str, None] = {}
        self._forms: set[str] = set()
        # By how they begin: a run signs in thousands of times, and every answer is searched.
        self._heads: dict[str, set[str]] = {}
        self._short: set[str] = set()
        self._pieces: dict[str, tuple[tuple[str, int], ...]] = {}
        self._listener: Callable[[str], object] | None = None
        self._public = public
        self._texts: tuple[str, ...] | None = None
        self._composed: list[str] = []
        self._is_known: dict[str, bool] = {}

    def add(self, value: str) -> None:
        """Remember a secret with every spelling it takes in what a run writes (see `spellings`)."""
        if len(value) < _SHORTEST or value in self._values:
            return
        self._values[value] = None
        for form, (least, step) in _spelled(value):
            self._forms.add(form)
            head = form[:_HEAD]
            self._heads.setdefault(head, set()).add(form)
            if len(head) < _HEAD:
                self._short.add(head)
                continue
            whole = ((form, min(least, len(form))),)
            for piece in {form[at : at + _HEAD] for at in range(0, len(form) - _HEAD + 1, step)}:
                self._pieces[piece] = self._pieces[piece] + whole if piece in self._pieces else whole
        if self._listener is not None:
            self._listener(value)

    def add_login(self, username: str, password: str) -> None:
        """Remember a password, and the `Authorization: Basic` value it makes with the user's name."""
        self.add(password)
        self.add(base64.b64encode(f"{username}:{password}".encode("utf-8", _HALVES)).decode())

    def tell(self, listener: Callable[[str], object]) -> None:
        """Call `listener` with every secret, those that are known and those to come."""
        self._listener = listener
        for value in self._values:
            listener(value)

    def open_to_all(self, public: Public) -> None:
        """Take what everybody may read from here from now on."""
        self._public, self._texts = public, None
        self._is_known.clear()

    def also_public(self, texts: Iterable[str]) -> None:
        """Take what a run itself makes of names, whatever was answered, for what everybody may read."""
        self._composed.append("\n".join(texts))
        self._is_known.clear()

    def mask(self, text: str) -> str:
        """The text with every secret and every part of one replaced."""
        for form in sorted(self._standing_in(text), key=lambda form: (-len(form), form)):
            text = text.replace(form, MASK)
        spans = _merged(self._parts_in(text))
        for start, end in reversed(spans):
            text = text[:start] + MASK + text[end:]
        return text

    def shown_in(self, text: str) -> bool:
        """True if any secret appears in the text as a whole."""
        return any(stands_in(form, text) for form in self._standing_in(text))

    def left_in(self, text: str) -> bool:
        """True if a text that was masked before it was written still shows a secret, or a part of one.

        What is too short to be told from other text counts only as a word.
        """
        if any(not self._is_public(text[start:end]) for start, end in self._parts_in(text)):
            return True
        return any(_is_a_word(form, text) and not self._is_public(form) for form in self._forms if len(form) < _HEAD)

    def _standing_in(self, text: str) -> Iterator[str]:
        likely: Iterable[str] = self._forms
        if len(self._forms) > _FEW:
            likely = chain.from_iterable(self._heads[head] for head in sorted(self._found(self._heads, text)))
        return (form for form in likely if form in text)

    def _parts_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Where parts of secrets stand that nobody else may read, each as long as it is there."""
        seen: set[tuple[int, int]] = set()
        for piece in self._found(self._pieces, text):
            for form, least in self._pieces[piece]:
                for span in _spans(piece, form, text):
                    if span in seen or span[1] - span[0] < least:
                        continue
                    seen.add(span)
                    if not self._is_public(text[span[0] : span[1]]):
                        yield span

    def _found(self, heads: Mapping[str, object], text: str) -> set[str]:
        """Which of the beginnings stand in the text."""
        found = {head for head in self._short if head in heads and head in text}
        # Piece by piece, so that a large text does not become as many small ones at once.
        for start in range(0, len(text), _PIECE):
            piece = text[start : start + _PIECE + _HEAD]
            found |= heads.keys() & {piece[at : at + _HEAD] for at in range(len(piece))}
        return found

    def _is_public(self, fragment: str) -> bool:
        if fragment not in self._is_known:
            if self._texts is None:
                self._texts = tuple(self._public())
            inner = fragment[_is_sign(fragment[:1]) : len(fragment) - _is_sign(fragment[-1:])]
            said = {fragment, inner} if len(inner) >= PART - 2 else {fragment}
            texts = (*self._texts, *self._composed)
            self._is_known[fragment] = any(each in text for each in said for text in texts)
        return self._is_known[fragment]

    def __repr__(self) -> str:
        return f"<{len(self._values)} masked secrets>"


def spellings(value: str) -> set[str]:
    """The value as it stands in JSON (also JSON within JSON), Python, URLs, HTML, XML, base64 and hexadecimal.

    Also with every character escaped, and base64 within base64.
    """
    return {form for form, _ in _spelled(value)}


def masked(value: Any, mask: Callable[[str], str], but: Container[str] = ()) -> Any:
    """A value of JSON with every text in it masked, `but` those that stand under these names."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: member if key in but else masked(member, mask, but) for key, member in value.items()}
    return [masked(item, mask, but) for item in value] if isinstance(value, (list, tuple)) else value


def texts_below(folder: Path) -> Iterator[str]:
    """The texts of a package: its modules and its description."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".py", ".json", ".jinja", ".css", ".js") and path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")


def _spelled(value: str) -> Iterator[tuple[str, tuple[int, int]]]:
    escaped, content = json.dumps(value)[1:-1], value.encode("utf-8", _HALVES)
    plain = {
        value,
        escaped,
        json.dumps(escaped)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        escaped.replace("/", "\\/"),
        repr(value)[1:-1],
        repr(content)[2:-1],
        html.escape(value),
        html.escape(value, quote=False),
        html.escape(value, quote=False).replace('"', "&quot;"),
        html.escape(value, quote=False).replace('"', "&#34;").replace("'", "&#39;"),
        html.escape(escaped, quote=False).replace('"', "&#34;").replace("'", "&#39;"),
        quote(content),
        quote(content, safe=""),
        quote_plus(content),
        quote(quote(content, safe=""), safe=""),
    }
    plain |= {_lower_percent(form) for form in plain if "%" in form}
    yield from ((form, _PLAIN) for form in plain)
    every = "".join(f"%{byte:02X}" for byte in content)
    units = value.encode("utf-16-be", _HALVES).hex()
    escapes = "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
    derived: tuple[tuple[tuple[int, int], set[str]], ...] = (
        (_BASE64, set(_base64_forms(content))),
        (_HEX, {content.hex(), content.hex().upper()}),
        (_PERCENT, {every, every.lower()}),
        (_UNICODE, {escapes, re.sub(r"[a-f]", lambda digit: digit[0].upper(), escapes)}),
        (_WHOLE, {*_escaped_forms(value, content), *_wrapped_forms(content)}),
    )
    for kind, forms in derived:
        yield from ((form, kind) for form in forms if len(form) >= _SHORTEST_DERIVED and form not in plain)


def _escaped_forms(value: str, content: bytes) -> Iterator[str]:
    """Each character as a reference of HTML and XML, each byte as an escape, or in hexadecimal with signs between."""
    yield "".join(f"&#{ord(char)};" for char in value)
    for form in ("02x", "02X"):
        digits = [format(byte, form) for byte in content]
        points = [format(ord(char), form) for char in value]
        yield "".join(rf"\x{each}" for each in digits)
        yield "".join(rf"\u{{{each}}}" for each in points)
        yield from ("".join(f"&#{sign}{each};" for each in points) for sign in "xX")
        yield from (sign.join(digits) for sign in ":- ")


def _wrapped_forms(content: bytes) -> Iterator[str]:
    """The base64 of what is base64 or hexadecimal already."""
    for inner in {*_base64_forms(content), content.hex(), content.hex().upper()}:
        if len(inner) >= _SHORTEST_DERIVED:
            yield from _base64_forms(inner.encode())


def _lower_percent(text: str) -> str:
    """`%2F` as `%2f`: RFC 3986 takes both."""
    parts = text.split("%")
    return "%".join([parts[0], *(part[:2].lower() + part[2:] for part in parts[1:])])


def _base64_forms(value: bytes) -> Iterator[str]:
    """What is sure to stand in the base64 of any text that holds the value, at each of the three alignments.

    Characters that also depend on the bytes before or behind the value are left out.
    """
    for offset in range(3):
        shifted = b"\0" * offset + value
        first = -(-offset * 8 // 6)
        last = len(shifted) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(shifted).decode()[first:last]


def _spans(piece: str, form: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the text agrees with the form around a piece of it, as far as it does."""
    for at in _places(piece, text):
        for own in _places(piece, form):
            before, behind = 0, len(piece)
            while before < min(at, own) and text[at - before - 1] == form[own - before - 1]:
                before += 1
            while at + behind < len(text) and own + behind < len(form) and text[at + behind] == form[own + behind]:
                behind += 1
            yield at - before, at + behind


def _places(piece: str, text: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def stands_in(value: str, text: str) -> bool:
    """True if the text shows a value; a short one only as a word of its own, for parts of others are often alike."""
    if len(value) >= _HEAD:
        return value in text
    return any(map(str.isalnum, value)) and _is_a_word(value, text)


def _is_sign(character: str) -> bool:
    return bool(character) and not character.isalnum()


def _is_a_word(form: str, text: str) -> bool:
    """True if it stands there with nothing around that could be part of the same word; a number never does."""
    if form.isdecimal():
        return False
    sides = ((text[at - 1 : at], text[at + len(form) : at + len(form) + 1]) for at in _places(form, text))
    return any(not before.isalnum() and not behind.isalnum() for before, behind in sides)
