"""Descriptions as people read them in a docstring: OpenAPI's are CommonMark, in which HTML may stand."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(
    r"(?P<kept>```(?:(?!```).)*```|`[^`\n]+`)|(?P<comment><!--(?:(?!<!--|-->).)*-->)"
    r"|<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*)(?P<more>(?:\s[^<>]*)?)/?>"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)",
    re.DOTALL,
)
_ENTRY = re.compile(r"\n- {2,}")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"(https?:[^"<>\s]+)"|'(https?:[^'<>\s]+)')""", re.IGNORECASE)
_APART = frozenset(
    (
        *("p", "div", "ul", "ol", "dl", "pre", "table", "thead", "tbody", "blockquote", "section", "hr"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "details", "summary", "center"),
    )
)
_LINES = {"br": "\n", "li": "\n- ", "dt": "\n- ", "dd": ": ", "tr": "\n- ", "td": " ", "th": " "}
_MARKS = {
    **dict.fromkeys(("code", "tt", "kbd", "samp", "var"), "`"),
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "cite"), "*"),
}
_NOTHING = frozenset(
    ("a", "span", "font", "small", "big", "u", "sub", "sup", "img", "abbr", "del", "ins", "mark", "nobr")
)
_ALONE = frozenset(("br", "hr", "img", "p", "li", "dt", "dd", "tr", "td", "th"))
"""Tags that need no end."""


def described(node: Mapping[str, Any]) -> str:
    """The description of a node, readable; "" where it has none."""
    text = node.get("description")
    return "" if text is None else readable(str(text))


def readable(text: str) -> str:
    """A text without HTML: paragraphs and lists as lines, code and emphasis as CommonMark, characters as they are.

    What only looks like HTML stays: names that are no tags (`<api_key>`), tags that never end, and code.
    """
    if "<" not in text and "&" not in text:
        return text
    tags = [(found["tag"].lower(), bool(found["end"])) for found in _TOKEN.finditer(text) if found["tag"]]
    whole = {tag for tag, ends in tags if ends}.intersection(tag for tag, ends in tags if not ends)
    links: list[str] = []
    made = _TOKEN.sub(lambda found: _plain(found, whole, links), text)
    if made == text:
        return text
    return re.sub(r"[ \t]*\n[ \t]*\n\s*", "\n\n", _ENTRY.sub("\n- ", made)).strip()


def _plain(found: re.Match[str], whole: set[str], links: list[str]) -> str:
    if found["kept"]:
        return found[0]
    if found["comment"]:
        return ""
    if found["entity"]:
        return html.unescape(found[0]).replace("\N{NO-BREAK SPACE}", " ")
    tag = found["tag"].lower()
    if tag not in _ALONE and tag not in whole:
        return found[0]
    if tag in _APART:
        return "\n\n"
    if tag in _LINES:
        return "" if found["end"] else _LINES[tag]
    if tag in _MARKS:
        return _MARKS[tag]
    if tag == "a":
        return _link(found, links)
    return "" if tag in _NOTHING else found[0]


def _link(found: re.Match[str], links: list[str]) -> str:
    """Behind the text of a link stands where it leads."""
    if not found["end"]:
        href = _HREF.search(found["more"])
        links.append((href[1] or href[2]) if href is not None else "")
        return ""
    address = links.pop() if links else ""
    return f" ({html.unescape(address)})" if address else ""
