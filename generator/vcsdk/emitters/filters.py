"""Filters that carry untrusted text into source code, configuration and prose without letting it break out."""

from __future__ import annotations

import functools
import json
import keyword
import math
import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_LABEL = re.compile(r"(?:\*{0,2}\w+(?: \([^)]*\))?:|[-*+]|\d+[.)]) ")
_BULLET = re.compile(r"(?:[-*+]|\d+[.)]) ")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_PLAIN = re.compile(r"[\n -~]*")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_ROOM_FOR_WORDS = 20
_REPR_IS_LITERAL = frozenset({str, int, bool, bytes, type(None)})


def clean(text: str) -> str:
    """The text with plain line ends, without control, bidirectional, invisible and lone-surrogate characters."""
    if text.isascii() and (text.isprintable() or _PLAIN.fullmatch(text)):
        return text
    text = _LINE_ENDS.sub("\n", text).expandtabs(4)
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNPRINTABLE)


def reflow(text: str) -> str:
    """The text with each paragraph on one line, for `docstring` and `comment` to wrap; lists keep their lines."""
    paragraphs = re.split(r"\n\s*\n", clean(text).strip())
    return "\n\n".join(_join(paragraph) for paragraph in paragraphs if paragraph.strip())


def _join(paragraph: str) -> str:
    lines: list[str] = []
    for raw in paragraph.splitlines():
        line = " ".join(raw.split())
        if lines and not _BULLET.match(line):
            lines[-1] += " " + line
        else:
            lines.append(line)
    return "\n".join(lines)


def wrap(text: str, width: int) -> list[str]:
    """The text's lines, none longer than `width` where a space allows it.

    A long line goes on under its own indentation; an entry of an `Args:` section (`name: text`) or of a list that is
    indented goes on four columns further in.
    """
    lines: list[str] = []
    for line in clean(text).strip("\n").splitlines():
        body = line.lstrip(" ")
        if len(line) <= width:
            lines.append(line.rstrip())
            continue
        margin = " " * (len(line) - len(body))
        hanging = margin + "    " if margin and _LABEL.match(body) else margin
        lines += _fill(body, margin, hanging, max(width, len(hanging) + _ROOM_FOR_WORDS))
    return lines


def _fill(body: str, margin: str, hanging: str, width: int) -> list[str]:
    """The words of one long line in lines of `width`; what stands between words stays where the line goes on.

    Does what `textwrap.wrap` does without breaking words, in a fraction of the time: most of what is emitted is prose.
    """
    lines: list[str] = []
    rest, before = body.strip(" "), margin
    while len(before) + len(rest) > width:
        room = width - len(before)
        end = rest.rfind(" ", 0, room + 1)
        if end < 0:
            end = rest.find(" ")
        if end < 0:
            break
        lines.append(before + rest[:end].rstrip(" "))
        rest, before = rest[end:].lstrip(" "), hanging
    lines.append(before + rest)
    return lines


@functools.lru_cache(maxsize=512)  # the sync and the async method share theirs
def docstring(text: str, indent: int = 0, width: int = 120) -> str:
    """A docstring literal, quotes included, for a place that is `indent` columns in; "" for no text.

    Lines are kept and wrapped, not joined; see `reflow`.  Backslashes and quotes are escaped, so that the literal's
    value is the cleaned text and nothing in it ends the literal.
    """
    text = clean(text).strip()
    if not text:
        return ""
    if "\n" not in text and indent + len(line := _escape(text)) + 6 <= width:
        return f'"""{line}"""'
    # Wrapping comes before escaping, so that no escape sequence is torn.
    lines = [_escape(line) for line in _wrap_after_quotes(text, width - indent)]
    margin = " " * indent
    body = "\n".join([lines[0], *((margin + line if line else "") for line in lines[1:])])
    return f'"""{body}\n{margin}"""'


def _wrap_after_quotes(text: str, width: int) -> list[str]:
    """Lines as `wrap` makes them, the first one shorter by the opening quotes in front of it."""
    first, *rest = text.split("\n", 1)
    head = wrap("xxx" + first, width)
    head[0] = head[0][3:]
    return head + (["", *wrap(rest[0], width)] if rest and rest[0].startswith("\n") else wrap("".join(rest), width))


def _escape(line: str) -> str:
    line = line.replace("\\", "\\\\")
    # A quote at the end would run into the closing ones.
    return line.replace('"', '\\"') if '"""' in line or line.endswith('"') else line


def comment(text: str, indent: int = 0, width: int = 120) -> str:
    """The text as `# ` lines, the first without its indentation (the template has written it); "" for no text."""
    if not clean(text).strip():
        return ""
    lines = ("# " + line if line else "#" for line in wrap(text, width - indent - 2))
    return ("\n" + " " * indent).join(lines)


def python_literal(value: object) -> str:
    """A Python expression for a JSON value, bytes or a tuple of such; invisible characters are escaped.

    Raises:
        TypeError: The value is of another type.
    """
    if type(value) in _REPR_IS_LITERAL:
        return repr(value)
    match value:
        case int():
            return int.__repr__(value)
        case float():
            return float.__repr__(value) if math.isfinite(value) else f'float("{value}")'
        case str():
            # A subclass (an enum member) could bring its own repr.
            return str.__repr__(value)
        case bytes():
            return bytes.__repr__(value)
        case list():
            return "[" + ", ".join(map(python_literal, value)) + "]"
        case tuple():
            return "(" + "".join(python_literal(item) + ", " for item in value) + ")"
        case dict():
            return "{" + ", ".join(f"{python_literal(k)}: {python_literal(v)}" for k, v in value.items()) + "}"
    raise TypeError(f"no literal for a value of type {type(value).__name__}")


def toml(value: str | int | bool | list[str] | tuple[str, ...]) -> str:
    """A TOML value: a basic string, a number, a boolean or an array of strings."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # What is left after `clean` is a TOML basic string when it is a JSON string.
        return json.dumps(clean(value), ensure_ascii=False)
    return "[" + ", ".join(map(toml, value)) + "]"


def markdown(text: str) -> str:
    """The text as one line of Markdown prose in which nothing is markup, a link or HTML."""
    return _MARKDOWN.sub(r"\\\1", " ".join(clean(text).split()))


def code_span(text: str) -> str:
    """The text as a Markdown code span on one line, whatever back-ticks it holds."""
    line = " ".join(clean(text).split())
    if "`" not in line:
        return f"`{line}`"
    longest = max(len(run) for run in re.findall("`+", line))
    fence = "`" * (longest + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def identifier(name: str) -> str:
    """The name itself, once it is sure to be one Python identifier; settles nothing, naming has done that.

    Raises:
        ValueError: It is not an identifier, or a reserved word.
    """
    if not name.isidentifier() or keyword.iskeyword(name):
        raise ValueError(f"{name!r} is not a Python identifier")
    return name
